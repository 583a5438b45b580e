/** Any JSON value as people read it: members line by line, lists of objects as tables, the rest of what is long cut short. */
import { shorten } from './steps';
import { type Column, formatTable } from './table';

/** How much is shown. The whole is in `--json`. */
export interface ValueLimits {
  rows: number;
  width: number;
}

const cellWidth = 40;
const deepest = 4;

type Json = Record<string, unknown>;

/** One named value; ends without a newline. */
export function valueText(
  name: string,
  value: unknown,
  limits: ValueLimits,
  indent = '  ',
  depth = 0,
): string {
  if (isTable(value))
    return [`${indent}${name} (${String(value.length)})`, table(value, limits, `${indent}  `)].join('\n');
  if (isObject(value) && depth < deepest && Object.keys(value).length > 0) {
    return [`${indent}${name}`, membersText(value, limits, `${indent}  `, depth + 1)].join('\n');
  }
  return `${indent}${name}  ${shorten(scalar(value), limits.width - indent.length - name.length - 2)}`;
}

/** The members of an object: short ones first and aligned, as they are read together. */
export function membersText(object: Json, limits: ValueLimits, indent = '  ', depth = 0): string {
  const entries = Object.entries(object);
  const isShort = (value: unknown): boolean =>
    !isTable(value) && !(isObject(value) && depth < deepest && Object.keys(value).length > 0);
  const short = entries.filter(([, value]) => isShort(value));
  const width = Math.max(0, ...short.map(([name]) => name.length));
  const room = limits.width - indent.length - width - 2;
  return [
    ...short.map(([name, value]) =>
      `${indent}${name.padEnd(width)}  ${shorten(scalar(value), room)}`.trimEnd(),
    ),
    ...entries
      .filter(([, value]) => !isShort(value))
      .map(([name, value]) => valueText(name, value, limits, indent, depth)),
  ].join('\n');
}

function table(rows: readonly Json[], { rows: most, width }: ValueLimits, indent: string): string {
  const shown = rows.slice(0, most);
  const names = [...new Set(shown.flatMap((row) => Object.keys(row)))];
  const cells = names.map((name) => shown.map((row) => shorten(scalar(row[name]), cellWidth)));
  const columns = names.map((name, index): Column => ({
    title: name,
    align: isNumeric(cells[index] ?? []) ? 'right' : 'left',
  }));
  const fitting = fit(columns, cells, width - indent.length);
  const text = formatTable(
    columns.slice(0, fitting),
    shown.map((_, row) => cells.slice(0, fitting).map((column) => column[row] ?? '')),
    indent,
  );
  const left = [
    ...(rows.length > most ? [`${String(rows.length - most)} more rows`] : []),
    ...(fitting < names.length ? [`not shown: ${names.slice(fitting).join(', ')}`] : []),
  ];
  return left.length === 0 ? text : `${text}\n${indent}… ${left.join('; ')} (--json has all)`;
}

/** How many columns have room beside each other; at least one. */
function fit(columns: readonly Column[], cells: readonly (readonly string[])[], width: number): number {
  let used = 0;
  const wide = columns.findIndex(({ title }, index) => {
    used += Math.max(title.length, ...(cells[index] ?? []).map((cell) => cell.length)) + 2;
    return used - 2 > width;
  });
  return wide === -1 ? columns.length : Math.max(1, wide);
}

function isNumeric(cells: readonly string[]): boolean {
  return (
    cells.some((cell) => cell !== '') &&
    cells.every((cell) => cell === '' || cell === '–' || /^-?\d+(\.\d+)?$/.test(cell))
  );
}

function scalar(value: unknown): string {
  if (value === undefined) return '';
  if (value === null) return '–';
  return typeof value === 'string' ? value.replaceAll(/\s+/g, ' ') : JSON.stringify(value);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTable(value: unknown): value is Json[] {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}
