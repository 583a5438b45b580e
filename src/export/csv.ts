/**
 * CSV as RFC 4180 has it: CRLF, quotes where needed, the same number of cells in every line. A spreadsheet that opens it
 * computes nothing: text that would begin a formula gets an apostrophe in front. Numbers stay numbers.
 */
import type { Cell } from './tables';

/** With the wide forms that spreadsheets take for the same signs. */
const beginsFormula = /^[=+\-@\t\r\n＝＋－＠]/;
const number = /^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;

/** Lines that are shorter than the longest are filled with empty cells. */
export function writeCsv(lines: readonly (readonly Cell[])[]): string {
  const width = Math.max(1, ...lines.map((line) => line.length));
  return lines
    .map((line) => Array.from({ length: width }, (_, at) => cellText(line[at] ?? null)).join(',') + '\r\n')
    .join('');
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = beginsFormula.test(cell) && !number.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
