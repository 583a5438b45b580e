/** Handlers of `provider.fetch_news`, `news.search` and `news.compute_portfolio_impact`. */
import type { ResultOf, Catalogue } from '../../src/capabilities';
import type { Article } from '../../src/providers/news-api';
import { isKeyMissing } from '../../src/providers/require-key';
import { newsMentionsChart } from '../../src/services/chart-news';
import { withoutDuplicates } from '../../src/services/news-duplicates';
import { impactConvention, type NewsImpact, newsImpact } from '../../src/services/news-impact';
import { newsQueries } from '../../src/services/news-query';
import { sentimentConvention, sentimentOf } from '../../src/services/news-sentiment';
import { type Match, relevanceConvention, relevanceTo } from '../../src/services/relevance-of-article';
import type { Entity } from '../../src/services/relevance-terms';
import type { HandlersOf } from '../agent';
import { newsWindow } from './news-window';
import { fetchedFrom, type HarvesterServices } from './services';

type SearchResult = ResultOf<Catalogue['news.search']>;
type NewsItem = NonNullable<SearchResult['news_items']>[number];

const usualHours = 24;
const usualArticles = 10;
const usualItems = 50;
const usualThreshold = 0.05;
/** As many as one answer holds. */
const mostArticles = 100;
const source = 'provider:newsapi';
const noCompanies = new Set(['cash', 'index']);

export function newsHandlers({
  providers,
}: HarvesterServices): HandlersOf<'provider.fetch_news' | 'news.search' | 'news.compute_portfolio_impact'> {
  const findArticles = async (
    entities: readonly Entity[],
    window: { from: string; to: string },
    signal: AbortSignal,
  ): Promise<{ found: Article[]; not_read: number }> => {
    // All at once: one after another a slow provider would take longer than the step may.
    const answers = await Promise.all(
      newsQueries(entities).map((query) =>
        providers.newsApi.articles({ query, ...window, limit: mostArticles, signal }),
      ),
    );
    return {
      found: answers
        .flatMap(({ articles }) => articles)
        .sort((a, b) => compare(b.published_at, a.published_at) || compare(a.url, b.url)),
      not_read: answers.reduce((sum, { total }) => sum + Math.max(0, total - mostArticles), 0),
    };
  };

  return {
    'provider.fetch_news': async (
      { query, lookback_hours = usualHours, limit = usualArticles },
      { ctx, signal },
    ) => {
      const window = newsWindow(ctx.asof_date, lookback_hours, Date.now());
      const { total, articles } = await providers.newsApi.articles({ query, ...window, limit, signal });
      const shown = articles.map(({ content: _, ...article }) => article);
      return {
        result: { articles: shown, total_count: total, ...window, ...fetchedFrom('newsapi') },
        source,
        asof_date: window.to.slice(0, 10),
      };
    },

    'news.search': async (args, { ctx, signal }) => {
      const { lookback_hours = usualHours, limit = usualItems } = args;
      const window = newsWindow(ctx.asof_date, lookback_hours, Date.now());
      const entities = companiesOf(args.entities);
      const common = {
        entities: entities.map(({ symbol }) => symbol),
        ...window,
        ...fetchedFrom('newsapi'),
        convention: { sentiment: sentimentConvention, relevance: relevanceConvention },
      };
      try {
        const { found, not_read } = await findArticles(entities, window, signal);
        return {
          result: { ...searchResult(found, entities, limit), not_read, ...common, reasons: {} },
          source,
          asof_date: window.to.slice(0, 10),
        };
      } catch (error) {
        if (!isKeyMissing(error)) throw error;
        return { result: { ...notAvailable, ...common, reasons: whyNot('KEY_MISSING') } };
      }
    },

    'news.compute_portfolio_impact': async (args, { ctx: { asof_date } }) => {
      const { news_items, positions, min_threshold = usualThreshold } = args;
      const common = { min_threshold, convention: impactConvention };
      if (news_items === null) return { result: { ...noImpact, ...common }, asof_date };
      const impact = newsImpact(news_items, positions, min_threshold);
      return {
        result: {
          news_with_impact: impact.items,
          high_impact_count: impact.items.length,
          total_impact_score: impact.total_impact,
          weighted_impact: impact.net_impact,
          exposed_fraction: impact.exposed_fraction,
          overall_sentiment: impact.overall_sentiment,
          without_sentiment: impact.without_sentiment,
          entity_mentions: impact.entity_mentions.map(({ weightReason, ...mention }) => ({
            ...mention,
            reasons: {
              ...(weightReason !== null && { weight: weightReason }),
              ...(mention.sentiment === null && { sentiment: 'NO_OPINION_WORDS' }),
            },
          })),
          chart: newsMentionsChart(impact.entity_mentions, asof_date),
          ...common,
          reasons: reasonsOf(impact),
        },
        asof_date,
      };
    },
  };
}

const counts = { total_count: null, duplicates_removed: null, unmatched: null };
const notAvailable = { news_items: null, ...counts, not_read: null };

function whyNot(code: string): Record<string, string> {
  return Object.fromEntries(Object.keys(notAvailable).map((name) => [name, code]));
}

const none = {
  ...{ news_with_impact: null, high_impact_count: null, total_impact_score: null, weighted_impact: null },
  ...{ exposed_fraction: null, overall_sentiment: null, without_sentiment: null, chart: null },
};
const noImpact = {
  ...none,
  entity_mentions: [],
  reasons: Object.fromEntries(Object.keys(none).map((name) => [name, 'MISSING_INPUT'])),
};

function reasonsOf({ withoutTotals, withoutSentiment }: NewsImpact): Record<string, string> {
  const totals = ['total_impact_score', 'weighted_impact', 'exposed_fraction'];
  return {
    ...(withoutTotals && Object.fromEntries(totals.map((name) => [name, withoutTotals]))),
    ...(withoutSentiment && { overall_sentiment: withoutSentiment }),
  };
}

/** Each symbol once. */
function companiesOf(
  given: readonly { symbol: string; name?: string | null; asset_class?: string }[],
): Entity[] {
  const bySymbol = new Map<string, Entity>();
  for (const { symbol, name = null, asset_class } of given)
    if (!noCompanies.has(asset_class ?? '') && !bySymbol.has(symbol)) bySymbol.set(symbol, { symbol, name });
  return [...bySymbol.values()];
}

function searchResult(
  found: readonly Article[],
  entities: readonly Entity[],
  limit: number,
): Pick<SearchResult, keyof typeof counts | 'news_items'> {
  const unique = withoutDuplicates(found);
  const matchesOf = relevanceTo(entities);
  const items = unique
    .map((article) => readItem(article, matchesOf(article)))
    .filter(({ matches }) => matches.length > 0);
  return {
    news_items: items.slice(0, limit),
    total_count: items.length,
    duplicates_removed: found.length - unique.length,
    unmatched: unique.length - items.length,
  };
}

function readItem(article: Article, matches: Match[]): NewsItem {
  const { score, positive, negative } = sentimentOf(article);
  const { content: _, ...shown } = article;
  return {
    ...shown,
    matches,
    sentiment: score,
    positive_words: positive,
    negative_words: negative,
    reasons: {
      ...(score === null && { sentiment: 'NO_OPINION_WORDS' }),
      ...(article.description === null && { description: 'NOT_GIVEN' }),
      ...(article.author === null && { author: 'NOT_GIVEN' }),
      ...(article.source_name === null && { source_name: 'NOT_GIVEN' }),
    },
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
