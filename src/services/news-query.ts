/** Questions for a news search, each no longer than the provider takes. */
import { type Entity, isAmbiguous, termsOf } from './relevance-terms';

/** NewsAPI's limit of a question, in characters. */
export const longestQuery = 500;

/** `"AAPL" OR "Apple" OR …`; terms that are in quotation marks are searched for as they are. */
export function newsQueries(entities: readonly Entity[], longest = longestQuery): string[] {
  const texts = entities.flatMap(askedFor).map((text) => text.replaceAll('"', '').trim());
  const terms = [...new Set(texts)]
    .filter((text) => text !== '' && text.length <= longest - 2)
    .map((text) => `"${text}"`);
  const queries: string[] = [];
  for (const term of terms) {
    const last = queries.at(-1);
    const longer = last === undefined ? term : `${last} OR ${term}`;
    if (last !== undefined && longer.length <= longest) queries[queries.length - 1] = longer;
    else queries.push(term);
  }
  return queries;
}

/** Not `V` where `Visa` says the same: articles about everything else would take the places of its own. */
function askedFor(entity: Entity): string[] {
  const terms = termsOf(entity);
  const clear = terms.filter((term) => !isAmbiguous(term));
  return (clear.length > 0 ? clear : terms).map(({ text }) => text);
}
