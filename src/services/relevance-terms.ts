/** By which words an article is taken to speak of a company: its symbol and its name without the legal form. */

export interface Entity {
  symbol: string;
  /** `null`: only the symbol is looked for. */
  name: string | null;
}

export interface Term {
  text: string;
  kind: 'symbol' | 'name';
}

const legalForm =
  /[\s,]+(incorporated|inc|corporation|corp|company|companies|co|limited|ltd|plc|ag|s\.?a|n\.?v|se|l\.?p|llc|trust|holdings?|group|class [a-z])\.?$/i;
/** Shorter ones are words of their own. */
const shortestName = 3;
/** Such symbols are words in capitals, or less; only `$V` or `NYSE: V` names the company. */
const shortestBareSymbol = 3;

/** A name that is all legal form stays as it is. */
export function plainName(name: string): string {
  let rest = name.trim();
  for (;;) {
    const shorter = rest.replace(legalForm, '').replace(/[\s,&]+$/, '');
    if (shorter === rest || shorter === '') return rest;
    rest = shorter;
  }
}

export function termsOf({ symbol, name }: Entity): Term[] {
  const plain = name === null ? '' : plainName(name);
  return [
    { text: symbol, kind: 'symbol' as const },
    ...(plain.length >= shortestName && plain !== symbol ? [{ text: plain, kind: 'name' as const }] : []),
  ];
}

/**
 * Whether a text holds the term as whole words: `Apple's` does, `Pineapple` does not. A symbol counts in capitals alone; a
 * name as it is written, or all in capitals.
 */
export function mentions(text: string, { text: term, kind }: Term): boolean {
  const escaped = escape(term);
  if (kind === 'symbol' && term.length < shortestBareSymbol) {
    return new RegExp(`(\\$|\\b[A-Z]{3,10}:\\s?)${escaped}(?![\\p{L}\\p{N}])`, 'u').test(text);
  }
  const forms = kind === 'name' ? `(?:${escaped}|${escape(term.toUpperCase())})` : escaped;
  return new RegExp(`(?<![\\p{L}\\p{N}])${forms}(?![\\p{L}\\p{N}])`, 'u').test(text);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
