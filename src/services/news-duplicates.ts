/** The same story, told twice, is one. */

interface Told {
  url: string;
  title: string;
  published_at: string;
}

/** Of articles with one address or one title the first published stays; the order stays too. */
export function withoutDuplicates<T extends Told>(articles: readonly T[]): T[] {
  const kept = new Map<string, T>();
  const earliestFirst = [...articles].sort(
    (a, b) => compare(a.published_at, b.published_at) || compare(a.url, b.url),
  );
  const unique = new Set<T>();
  for (const article of earliestFirst) {
    const keys = [addressKey(article.url), titleKey(article.title)];
    if (keys.some((key) => kept.has(key))) continue;
    for (const key of keys) kept.set(key, article);
    unique.add(article);
  }
  return articles.filter((article) => unique.has(article));
}

/** What follows the path tells where the reader came from. */
function addressKey(url: string): string {
  return `url ${url
    .replace(/[?#].*$/s, '')
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '')
    .replace(/^https?:\/(www\.)?/i, '')
    .toLowerCase()}`;
}

/** Of `Opinion | Apple has to change` the rest is no title: with fewer words than this the end stays. */
const shortestTitle = 4;

/** Agencies' titles end with the name of whoever reprints them. */
function titleKey(title: string): string {
  // Blanks are made one first: a title of very many would take the search for its end very long.
  const whole = title.replace(/\s+/gu, ' ');
  const words = wordsOf(whole.replace(/ [-–—|] [^-–—|]{1,40}$/, ''));
  return `title ${(words.length < shortestTitle ? wordsOf(whole) : words).join(' ')}`;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
