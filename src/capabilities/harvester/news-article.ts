/** What an article looks like on the wire. */
import { Type } from '@sinclair/typebox';
import { Nullable, Reasons, StringEnum } from '../../contract/scalars';
import { closed, Instant } from './define';

export const articleMembers = {
  title: Type.String(),
  description: Nullable(Type.String()),
  url: Type.String({ description: 'of the article; the provider asks to link to it' }),
  source_name: Type.Union([Type.String(), Type.Null()], { description: 'who published it' }),
  author: Nullable(Type.String()),
  published_at: Instant('UTC'),
};

export const Article = Type.Object(articleMembers, closed);

const Match = Type.Object(
  {
    symbol: Type.String(),
    matched: StringEnum(['symbol', 'name'] as const, 'by which of the two it was found'),
    term: Type.String({ description: 'the words that were found' }),
    where: StringEnum(['title_alone', 'title', 'description', 'content'] as const, 'the best place of it'),
    relevance: Type.Number({ minimum: 0, maximum: 1, description: 'by the place, see `convention`' }),
  },
  closed,
);

/** An article that names at least one of the companies asked for. */
export const NewsItem = Type.Object(
  {
    ...articleMembers,
    matches: Type.Array(Match, { description: 'companies that it names, in the order asked for' }),
    sentiment: Type.Union([Type.Number({ minimum: -1, maximum: 1 }), Type.Null()], {
      description:
        '−1 to 1 by counting words, see `convention`; null: it has none of them (NO_OPINION_WORDS)',
    }),
    positive_words: Type.Array(Type.String(), {
      description: 'that were counted; `not gain` counts against',
    }),
    negative_words: Type.Array(Type.String()),
    reasons: Reasons,
  },
  { ...closed, title: 'NewsItem' },
);
