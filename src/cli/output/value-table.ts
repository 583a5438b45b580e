/** Lists of objects as tables; what has no room beside the rest stands below it, under the first column again. */
import { isEmpty, isObject, type Json, rounded, scalar } from './scalar';
import { shorten } from './steps';
import { type Column, formatAmount, formatTable } from './table';

/** How much is shown. The whole is in `--json`. */
export interface ValueLimits {
  rows: number;
  width: number;
}

const cellWidth = 40;
/** More tables below each other than this nobody reads together. */
const mostTables = 3;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Ends without a newline. */
export function valueTable(
  rows: readonly Json[],
  { rows: most, width }: ValueLimits,
  indent: string,
): string {
  const shown = rows.slice(0, most);
  const { tables, hidden } = layOut(columnsOf(shown), width - indent.length);
  const texts = tables.map((columns) =>
    formatTable(
      columns,
      shown.map((_, row) => columns.map(({ cells }) => cells[row] ?? '')),
      indent,
    ),
  );
  const left = [
    ...(rows.length > most ? [`${String(rows.length - most)} more rows`] : []),
    ...(hidden.length > 0 ? [`not shown: ${hidden.map(({ title }) => title).join(', ')}`] : []),
  ];
  const text = texts.join('\n\n');
  return left.length === 0 ? text : `${text}\n${indent}… ${left.join('; ')} (--json has all)`;
}

/** Columns as tables that have room; what is opaque takes what room is left, but no table of its own. */
function layOut(
  columns: readonly FilledColumn[],
  width: number,
): { tables: FilledColumn[][]; hidden: FilledColumn[] } {
  const [first, ...others] = columns;
  if (first === undefined) return { tables: [], hidden: [] };
  const tables = [[first]];
  const hidden: FilledColumn[] = [];
  for (const column of others) {
    const last = tables.at(-1) ?? [];
    if (widthOf([...last, column]) <= width) last.push(column);
    else if (column.isOpaque || tables.length === mostTables || widthOf([first, column]) > width) hidden.push(column);
    else tables.push([first, column]);
  }
  return { tables, hidden };
} // prettier-ignore

function widthOf(columns: readonly FilledColumn[]): number {
  const widths = columns.map(({ title, cells }) => Math.max(title.length, ...cells.map(({ length }) => length)));
  return widths.reduce((sum, one) => sum + one + 2, -2);
} // prettier-ignore

interface FilledColumn extends Column {
  cells: string[];
  /** What people cannot read at a glance. */
  isOpaque: boolean;
}

/** Ids, and after them what is no single value, stand last, where room may end. */
function columnsOf(rows: readonly Json[]): FilledColumn[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const opacity = new Map<string, number>();
  const columns = names
    .filter((name) => rows.some((row) => !isEmpty(row[name])))
    .map((title): FilledColumn => {
      const cells = rows.map((row) => shorten(cellText(row[title]), cellWidth));
      const isNested = rows.some((row) => typeof row[title] === 'object' && row[title] !== null);
      opacity.set(title, isNested ? 2 : cells.some((cell) => uuid.test(cell)) ? 1 : 0);
      const align = isNumeric(cells) ? 'right' : 'left';
      return { title, cells, align, isOpaque: opacity.get(title) !== 0 };
    });
  return columns.sort((a, b) => (opacity.get(a.title) ?? 0) - (opacity.get(b.title) ?? 0));
}

function isNumeric(cells: readonly string[]): boolean {
  return (
    cells.some((cell) => cell !== '' && cell !== '–') &&
    cells.every((cell) => cell === '' || cell === '–' || /^-?\d+(\.\d+)?(e[+-]\d+)?$/.test(cell))
  );
}

/** In a table decimals are rounded like numbers, so that more columns have room, and small objects lose their marks. */
function cellText(value: unknown): string {
  if (typeof value === 'string') return /^-?\d+\.\d{7,}$/.test(value) ? roundedDecimal(value) : scalar(value);
  if (Array.isArray(value)) return value.map(cellText).join(', ');
  if (!isObject(value) || typeof value['$schema'] === 'string') return scalar(value);
  return Object.entries(value)
    .map(([name, member]) => `${name}: ${cellText(member)}`)
    .join(', ');
}

/** Without passing through a float, but where it is too small for six places. */
function roundedDecimal(text: string): string {
  if (/^-?0\.0000/.test(text) && Number(text) !== 0) return rounded(Number(text));
  return formatAmount(text, 6)
    .replaceAll(',', '')
    .replace(/\.?0+$/, '');
}
