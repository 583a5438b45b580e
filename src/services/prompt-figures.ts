/** Numbers of a text that its data does not hold: a model that computes or remembers is found out by them. */

interface Written {
  text: string;
  value: number;
  /** Places after the point. */
  places: number;
  /** Whether it stands there as one. */
  isPercentage: boolean;
}

const number = /(?<![\p{L}\d.,])([-−+]?\d[\d,]*(?:\.\d+)?)(\s*(?:%|percent|per cent))?/gu;
/** Counts of words and of things: no figures of a portfolio. */
const smallest = 10;

/** As they are written, each once. A rounded number is held by the one it is rounded from, a percentage by its fraction. */
export function figuresNotIn(data: unknown, text: string): string[] {
  const held = [...new Set(numbersOf(data))];
  const foreign = writtenIn(text)
    .filter(({ value, places }) => places > 0 || value > smallest)
    .filter((written) => !held.some((value) => isHeld(value, written)));
  return [...new Set(foreign.map((written) => written.text))];
}

function isHeld(held: number, { value, places, isPercentage }: Written): boolean {
  const tolerance = 0.5 * 10 ** -places + 1e-9 * value;
  // Not of every number: a date's 2 would hold 200 of anything.
  return Math.abs(held - value) <= tolerance || (isPercentage && Math.abs(held * 100 - value) <= tolerance);
}

/** Without signs: a fall of 3 % is −0.03. */
function numbersOf(data: unknown): number[] {
  if (typeof data === 'number') return [Math.abs(data)];
  if (typeof data === 'string') return writtenIn(data).map(({ value }) => value);
  if (typeof data !== 'object' || data === null) return [];
  // The places in a list are no figures of it.
  if (Array.isArray(data)) return data.flatMap(numbersOf);
  return Object.entries(data).flatMap(([name, value]) => [...numbersOf(name), ...numbersOf(value)]);
}

function writtenIn(text: string): Written[] {
  return [...text.matchAll(number)].map(([, found = '', percent]) => {
    const plain = found.replace(/^[-−+]/, '').replace(/,+$/, '');
    const [, decimals = ''] = plain.split('.');
    return {
      text: plain,
      value: Number(plain.replaceAll(',', '')),
      places: decimals.length,
      isPercentage: percent !== undefined,
    };
  });
}
