/** Values of any shape as tables: lists of objects by their members, everything else by path. */
import { requireFewCells } from './cell-limit';

export type Cell = string | number | boolean | null;

export interface NamedTable {
  name: string;
  columns: string[];
  rows: Cell[][];
}

/**
 * One table of what stands alone (`path`, `value`), and one for each list of objects, named after its place. Charts are
 * drawings of the same figures and left out.
 * @throws EngineError EXPORT_TOO_LARGE
 */
export function tablesOf(name: string, value: unknown): NamedTable[] {
  if (isListOfObjects(value)) return [tableOfList(name, value)];
  const lists: NamedTable[] = [];
  const alone: [string, Cell][] = [];
  walk(value, '', (path, found) => {
    if (isListOfObjects(found)) lists.push(tableOfList(`${name}.${path}`, found));
    else alone.push([path, found]);
  });
  const single = { name, columns: ['path', 'value'], rows: alone };
  return alone.length > 0 || lists.length === 0 ? [single, ...lists] : lists;
}

/** Every value below, by its path: `lots.0.cost`. Empty lists and objects are empty cells. */
export function flatten(value: unknown): [path: string, cell: Cell][] {
  const cells: [string, Cell][] = [];
  walk(value, '', (path, found) => {
    if (!isListOfObjects(found)) cells.push([path, found]);
    else for (const [at, item] of found.entries()) for (const [below, cell] of flatten(item)) cells.push([join(join(path, String(at)), below), cell]);
  });
  return cells;
} // prettier-ignore

export function isChart(value: unknown): boolean {
  const schema = (value as { $schema?: unknown } | null)?.$schema;
  return typeof schema === 'string' && schema.includes('vega');
}

function tableOfList(name: string, items: readonly Record<string, unknown>[]): NamedTable {
  const rows = items.map((item) => new Map(flatten(item)));
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  requireFewCells(rows.length, columns.length, `The table "${name}"`);
  return { name, columns, rows: rows.map((row) => columns.map((column) => row.get(column) ?? null)) };
}

function walk(
  value: unknown,
  path: string,
  found: (path: string, value: Cell | Record<string, unknown>[]) => void,
): void {
  if (isChart(value)) return;
  if (isListOfObjects(value)) found(path, value);
  else if (value === null || typeof value !== 'object') found(path, value as Cell);
  else {
    const members = Object.entries(value);
    if (members.length === 0) found(path, null);
    for (const [key, member] of members) walk(member, join(path, key), found);
  }
}

function isListOfObjects(value: unknown): value is Record<string, unknown>[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => item !== null && typeof item === 'object' && !Array.isArray(item))
  );
}

function join(path: string, key: string): string {
  return path === '' ? key : key === '' ? path : `${path}.${key}`;
}
