/** Every figure of a report that is not available, with its reason: nothing is left out in silence. */
import type { ReportParts } from './report-sections';

const mostRows = 200;

/** Reasons that say that there is no such figure, and not that one is missing. */
const nothingMissing: ReadonlySet<string> = new Set([
  'NOT_APPLICABLE',
  'NOT_RECOVERED',
  'PERIOD_UNDER_ONE_YEAR',
]);

/** Section, place of the figure, reason code: in the order of sections, equal lines once. */
export function missingIn(parts: ReportParts): string[][] {
  const rows = Object.entries(parts).flatMap(([section, value]) => reasonsBelow(value, '').map(([place, code]) => [section.replaceAll('_', ' '), place, code]));
  const distinct = [...new Map(rows.map((row) => [row.join('\n'), row])).values()];
  const left = distinct.length - mostRows;
  return left > 0 ? [...distinct.slice(0, mostRows), ['…', `${String(left)} more`, '']] : distinct;
} // prettier-ignore

function reasonsBelow(value: unknown, place: string): [place: string, code: string][] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value as Record<string, unknown>).flatMap(([name, member]) => {
    if (name === 'reasons' && member !== null && typeof member === 'object' && !Array.isArray(member)) {
      return Object.entries(member as Record<string, unknown>).flatMap(
        ([figure, code]): [string, string][] =>
          typeof code === 'string' && !nothingMissing.has(code) ? [[join(place, figure), code]] : [],
      );
    }
    return reasonsBelow(member, join(place, nameOf(member) ?? name));
  });
}

/** An item of a list goes by its own name rather than by its number. */
function nameOf(item: unknown): string | null {
  const { symbol, id, currency, period } = (item ?? {}) as Record<string, unknown>;
  for (const name of [symbol, id, currency, period]) if (typeof name === 'string') return name;
  return null;
}

function join(place: string, name: string): string {
  return place === '' ? name : `${place}.${name}`;
}
