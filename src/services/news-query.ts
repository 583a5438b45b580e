/** Questions for a news search, each no longer than the provider takes. */
import { type Entity, termsOf } from './relevance-terms';

/** NewsAPI's limit of a question, in characters. */
export const longestQuery = 500;

/** `"AAPL" OR "Apple" OR …`; terms that are in quotation marks are searched for as they are. */
export function newsQueries(entities: readonly Entity[], longest = longestQuery): string[] {
  const terms = [...new Set(entities.flatMap(termsOf).map(({ text }) => `"${text.replaceAll('"', '')}"`))];
  const queries: string[] = [];
  for (const term of terms) {
    const last = queries.at(-1);
    const longer = last === undefined ? term : `${last} OR ${term}`;
    if (last !== undefined && longer.length <= longest) queries[queries.length - 1] = longer;
    else queries.push(term);
  }
  return queries;
}
