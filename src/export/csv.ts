/**
 * CSV as RFC 4180 has it: CRLF, quotes where needed, the same number of cells in every line. A spreadsheet that opens it
 * computes nothing: text that would begin a formula gets an apostrophe in front. Numbers stay numbers.
 */
import { requireFewCells } from './cell-limit';
import type { Cell } from './tables';

/** With the wide forms that spreadsheets take for the same signs, and behind blanks and marks that some of them skip. */
const sign = '[ \\u00a0\\u3000\\0\\u200b-\\u200f\\u2060\\ufeff]*[=+\\-@＝＋－＠]';
const beginsFormula = new RegExp(`^(${sign}|[\\t\\r\\n\\0])`);
/** Where commas are decimal points, a spreadsheet cuts lines at these and not at commas, and heeds no quotes inside. */
const beginsInside = new RegExp(`(\\r\\n|[;\\t\\r\\n])(?=${sign})`, 'g');
const number = /^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;

/**
 * Lines that are shorter than the longest are filled with empty cells.
 * @throws EngineError EXPORT_TOO_LARGE
 */
export function writeCsv(lines: readonly (readonly Cell[])[]): string {
  const width = lines.reduce((most, line) => Math.max(most, line.length), 1);
  requireFewCells(lines.length, width, 'The file');
  return lines
    .map((line) => Array.from({ length: width }, (_, at) => cellText(line[at] ?? null)).join(',') + '\r\n')
    .join('');
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const inside = cell.replace(beginsInside, "$1'");
  const safe = beginsFormula.test(cell) && !number.test(cell) ? `'${inside}` : inside;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
