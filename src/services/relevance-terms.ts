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
  /[\s,]+(common stock|common shares|ordinary shares|adr|incorporated|inc|corporation|corp|company|companies|co|limited|ltd|plc|ag|s\.?a|n\.?v|se|l\.?p|llc|trust|holdings?|group|class [a-z])\.?$/i;
/** Shorter ones are words of their own. */
const shortestName = 3;
/** Such symbols are words in capitals, or less; only `$V` or `NYSE: V` names the company. */
const shortestBareSymbol = 3;

/** A name that is all legal form stays as it is. Nobody writes `The Boeing gains`. */
export function plainName(name: string): string {
  let rest = name.trim().replace(/^the\s+(?=\S+\s)/i, '');
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

/** Whether a symbol as it stands is a word of its own, so that a search for it finds everything else. */
export function isAmbiguous({ text, kind }: Term): boolean {
  return kind === 'symbol' && text.length < shortestBareSymbol;
}

/**
 * Returns whether a text holds the term as whole words: `Apple's` does, `Pineapple` does not. A symbol counts in capitals
 * alone; a name as it is written, or all in capitals.
 */
export function mentionOf(term: Term): (text: string) => boolean {
  const escaped = escape(term.text);
  const pattern = isAmbiguous(term)
    ? new RegExp(`(\\$|\\b[A-Z]{3,10}:\\s?)${escaped}(?![\\p{L}\\p{N}])`, 'u')
    : new RegExp(`(?<![\\p{L}\\p{N}])${formsOf(term)}(?![\\p{L}\\p{N}])`, 'u');
  return (text) => pattern.test(text);
}

function formsOf({ text, kind }: Term): string {
  return kind === 'name' ? `(?:${escape(text)}|${escape(text.toUpperCase())})` : escape(text);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
