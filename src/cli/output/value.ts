/** Any JSON value as people read it: members line by line, lists of objects as tables, the rest of what is long cut short. */
import { shorten } from './steps';
import { type Column, formatAmount, formatTable } from './table';

/** How much is shown. The whole is in `--json`. */
export interface ValueLimits {
  rows: number;
  width: number;
}

const cellWidth = 40;
const deepest = 4;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Json = Record<string, unknown>;

/** One named value; ends without a newline. */
export function valueText(
  name: string,
  value: unknown,
  limits: ValueLimits,
  indent = '  ',
  depth = 0,
): string {
  if (isTable(value)) {
    return `${indent}${name} (${String(value.length)})\n${table(value, limits, `${indent}  `)}`;
  }
  if (isNested(value, depth)) {
    return `${indent}${name}\n${membersText(value, limits, `${indent}  `, depth + 1)}`;
  }
  return `${indent}${name}  ${shorten(scalar(value), limits.width - indent.length - name.length - 2)}`;
}

/** The members of an object: short ones first and aligned, as they are read together. Empty ones are left out. */
export function membersText(object: Json, limits: ValueLimits, indent = '  ', depth = 0): string {
  const entries = Object.entries(object).filter(([, value]) => !isEmpty(value));
  const isLong = (value: unknown): boolean => isTable(value) || isNested(value, depth);
  const short = entries.filter(([, value]) => !isLong(value));
  const width = Math.max(0, ...short.map(([name]) => name.length));
  const room = limits.width - indent.length - width - 2;
  return [
    ...short.map(([name, value]) =>
      `${indent}${name.padEnd(width)}  ${shorten(scalar(value), room)}`.trimEnd(),
    ),
    ...entries
      .filter(([, value]) => isLong(value))
      .map(([name, value]) => valueText(name, value, limits, indent, depth)),
  ].join('\n');
}

function table(rows: readonly Json[], { rows: most, width }: ValueLimits, indent: string): string {
  const shown = rows.slice(0, most);
  const columns = columnsOf(shown);
  const fitting = countFitting(columns, width - indent.length);
  const text = formatTable(
    columns.slice(0, fitting),
    shown.map((_, row) => columns.slice(0, fitting).map(({ cells }) => cells[row] ?? '')),
    indent,
  );
  const left = [
    ...(rows.length > most ? [`${String(rows.length - most)} more rows`] : []),
    ...(fitting < columns.length
      ? [
          `not shown: ${columns
            .slice(fitting)
            .map(({ title }) => title)
            .join(', ')}`,
        ]
      : []),
  ];
  return left.length === 0 ? text : `${text}\n${indent}… ${left.join('; ')} (--json has all)`;
}

interface FilledColumn extends Column {
  cells: string[];
}

/** What people cannot read at a glance stands last, where room may end. */
function columnsOf(rows: readonly Json[]): FilledColumn[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = names
    .filter((name) => rows.some((row) => !isEmpty(row[name])))
    .map((title): FilledColumn => {
      const cells = rows.map((row) => shorten(cellText(row[title]), cellWidth));
      return { title, cells, align: isNumeric(cells) ? 'right' : 'left' };
    });
  const opacity = ({ title, cells }: FilledColumn): number => {
    if (rows.some((row) => typeof row[title] === 'object' && row[title] !== null)) return 2;
    return cells.some((cell) => uuid.test(cell)) ? 1 : 0;
  };
  return columns.sort((a, b) => opacity(a) - opacity(b));
}

/** How many columns have room beside each other; at least one. */
function countFitting(columns: readonly FilledColumn[], width: number): number {
  let used = 0;
  const wide = columns.findIndex(({ title, cells }) => {
    used += Math.max(title.length, ...cells.map((cell) => cell.length)) + 2;
    return used - 2 > width;
  });
  return wide === -1 ? columns.length : Math.max(1, wide);
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
  if (!isObject(value) || typeof value['$schema'] === 'string') return scalar(value);
  return Object.entries(value)
    .map(([name, member]) => `${name}: ${cellText(member)}`)
    .join(', ');
}

/** Numbers are rounded for reading; outside of tables decimals, which are text, keep every digit. */
function scalar(value: unknown): string {
  if (value === undefined) return '';
  if (value === null) return '–';
  if (typeof value === 'number' && !Number.isInteger(value)) return rounded(value);
  if (isObject(value) && typeof value['$schema'] === 'string') return 'a chart';
  return typeof value === 'string' ? value.replaceAll(/\s+/g, ' ') : JSON.stringify(value);
}

function rounded(value: number): string {
  const size = Math.abs(value);
  return size >= 1e-4 && size < 1e15 ? String(Number(value.toFixed(6))) : value.toPrecision(4);
}

/** Without passing through a float, but where it is too small for six places. */
function roundedDecimal(text: string): string {
  if (/^-?0\.0000/.test(text) && Number(text) !== 0) return rounded(Number(text));
  return formatAmount(text, 6)
    .replaceAll(',', '')
    .replace(/\.?0+$/, '');
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (isObject(value) && Object.keys(value).length === 0);
}

/** A chart's specification is for a browser, and is not spelled out. */
function isNested(value: unknown, depth: number): value is Json {
  return isObject(value) && depth < deepest && typeof value['$schema'] !== 'string';
}

function isTable(value: unknown): value is Json[] {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}
