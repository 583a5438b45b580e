/** `provider.fetch_news` and `news.search`. */
import { Type } from '@sinclair/typebox';
import { Reasons, StringEnum } from '../../contract/scalars';
import { closed, define, fetched, fromProvider, Instant } from './define';
import { Article, NewsItem } from './news-article';

const window = {
  from: Instant('start of the window, UTC'),
  to: Instant('end of the window, UTC: now, or the end of the run’s day where that is past'),
};
const Limit = (otherwise: number) =>
  Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100,
      description: `the newest so many; left out: ${String(otherwise)}`,
    }),
  );
const LookbackHours = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 720, description: 'length of the window; left out: 24' }),
);

export const providerFetchNews = define({
  name: 'provider.fetch_news',
  summary:
    'Articles that NewsAPI finds for a question, the newest first; none is younger than the run’s day. Fails with PROVIDER_REFUSED (KEY_MISSING) without a key.',
  args: Type.Object(
    {
      query: Type.String({
        minLength: 1,
        maxLength: 500,
        description: 'words; phrases in quotation marks; AND, OR, NOT',
      }),
      lookback_hours: LookbackHours,
      limit: Limit(10),
    },
    closed,
  ),
  result: Type.Object(
    {
      articles: Type.Array(Article),
      total_count: Type.Integer({ minimum: 0, description: 'found by the provider' }),
      ...window,
      ...fetched,
    },
    closed,
  ),
  ...fromProvider,
  reads: ['asof_date'],
  displayTtlSeconds: 300,
});

const Entity = Type.Object(
  {
    symbol: Type.String({ minLength: 1 }),
    name: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    asset_class: Type.Optional(
      Type.String({ description: '`cash` and `index` are no companies and are left out' }),
    ),
  },
  { description: 'a company, or a position of a portfolio; its other members are left alone' },
);

export const newsSearch = define({
  name: 'news.search',
  summary:
    'Articles that name companies: with how much each is about which of them, and a sentiment by counting words. Not available without a key of NewsAPI (KEY_MISSING).',
  args: Type.Object(
    {
      entities: Type.Array(Entity, { maxItems: 200 }),
      lookback_hours: LookbackHours,
      limit: Limit(50),
    },
    closed,
  ),
  result: Type.Object(
    {
      news_items: Type.Union([Type.Array(NewsItem), Type.Null()], { description: 'the newest first' }),
      total_count: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
        description: 'items that name a company, also those beyond `limit`',
      }),
      duplicates_removed: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
        description: 'articles with the address or the title of an earlier one',
      }),
      unmatched: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
        description: 'articles that the provider found, but whose title and excerpt name no company',
      }),
      not_read: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
        description:
          'articles that the provider counts beyond the 100 newest of each question; nobody looked at them',
      }),
      entities: Type.Array(Type.String(), { description: 'symbols that were looked for' }),
      ...window,
      ...fetched,
      convention: Type.Object(
        {
          sentiment: Type.Object(
            {
              method: StringEnum(['lexicon'] as const),
              version: Type.String(),
              formula: Type.String(),
              words: Type.String(),
            },
            closed,
          ),
          relevance: Type.Object(
            {
              by_place: Type.Object(
                {
                  title_alone: Type.Number({ description: 'relevance, 0 to 1' }),
                  title: Type.Number({ description: 'relevance, 0 to 1' }),
                  description: Type.Number({ description: 'relevance, 0 to 1' }),
                  content: Type.Number({ description: 'relevance, 0 to 1' }),
                },
                closed,
              ),
              words: Type.String(),
            },
            closed,
          ),
        },
        closed,
      ),
      reasons: Reasons,
    },
    closed,
  ),
  ...fromProvider,
  policy: { startToCloseTimeout: '90s' },
  reads: ['asof_date'],
  displayTtlSeconds: 300,
});
