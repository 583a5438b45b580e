/** What stands in a PDF, before anything is laid out: plain data, so that it can be handed to another process. */
import { Decimal } from 'decimal.js';
import type { Chart } from '../contract/execution';
import { attributionText, type ExportDocument, provenanceOf } from './document';
import { type Cell, flatten, tablesOf } from './tables';

export type PdfSection =
  /** Begins a page, and stands in the list of contents. */
  | { kind: 'chapter'; title: string }
  | { kind: 'chart'; title: string; spec: Record<string, unknown> }
  | {
      kind: 'table';
      title: string;
      columns: string[];
      rows: string[][];
      note: string | null;
      totals?: number;
    }
  | { kind: 'figures'; figures: { name: string; value: string }[] }
  | { kind: 'note'; title: string; text: string };

export interface PdfRequest {
  title: string;
  subtitle: string;
  /** Also the day of the file's creation date: the same run gives the same bytes. */
  asof_date: string;
  /** At the bottom of every page, before the page's number. */
  footer: string[];
  /** Left out: none, and the title stands above the first section. */
  cover?: PdfCover;
  sections: PdfSection[];
}

/** A first page with what the report is about, its main figures and the contents, and pages that stand upright. */
export interface PdfCover {
  lines: string[];
  figures: { name: string; value: string }[];
}

/** A page is no place for thousands of lines; what is left out is said below the table. */
const shownRows = 400;
const shownCellCharacters = 90;
/** Points across a page, and what a character of the smallest print and the space around a cell take of them. */
const page = { width: 765, character: 4.3, padding: 10 };

/** Panels as a client draws them, then outputs that no panel shows, then where it all comes from. */
export function pdfRequestOf(document: ExportDocument, shownBy: ReadonlyMap<string, string>): PdfRequest {
  const { panels, outputs, attributions } = document;
  const drawn = new Set(panels.flatMap(({ panel_id }) => shownBy.get(panel_id) ?? []));
  const rest = outputs.filter(({ name }) => !drawn.has(name));
  return pdfRequest(document, [
    ...panels.flatMap(sectionsOfPanel),
    ...rest.flatMap(({ name, value }) => sectionsOfValue(name, value)),
    ...tableSections('Where this comes from', ['what', 'value'], provenanceOf(document)),
    ...tableSections('Attributions', ['provider', 'attribution'], attributions.map((given) => [given.provider, attributionText(given)])),
  ]);
} // prettier-ignore

export function pdfRequest(
  { pattern, portfolio, asof_date, pricing_pack_id, ledger_commit_hash, attributions }: Pick<ExportDocument, 'pattern' | 'portfolio' | 'asof_date' | 'pricing_pack_id' | 'ledger_commit_hash' | 'attributions'>,
  sections: PdfSection[],
): PdfRequest {
  return {
    title: pattern.name,
    subtitle: [...(portfolio === null ? [] : [portfolio.name]), `as of ${asof_date}`].join(', '),
    asof_date,
    footer: [
      `As of ${asof_date} · pricing pack ${pricing_pack_id} · ledger commit ${ledger_commit_hash ?? 'none'}`,
      attributions.map(({ text }) => text).join(' · ') || 'Own data',
    ],
    sections,
  };
} // prettier-ignore

/** A value without a panel: its tables. */
export function sectionsOfValue(title: string, value: unknown): PdfSection[] {
  return tablesOf(title, value).flatMap(({ name, columns, rows }) => tableSections(name, columns, rows));
}

export function sectionsOfPanel({ title, spec, table, reason }: Chart): PdfSection[] {
  if (spec !== undefined) return [{ kind: 'chart', title, spec: spec as Record<string, unknown> }];
  if (table === undefined) return [{ kind: 'note', title, text: `Not available: ${reason ?? 'no reason given'}` }];
  const { columns, rows } = table as { columns: string[]; rows: unknown[][] };
  // The members of one object: those below them get a line each.
  if (columns.join() === 'name,value') {
    const flat = rows.flatMap(([name, value]) =>
      flatten(value).map(([path, cell]): Cell[] => [path === '' ? String(name) : `${String(name)}.${path}`, cell]),
    );
    return tableSections(title, columns, flat);
  }
  const items = rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null])));
  const [first, ...more] = tablesOf(title, items);
  return [first, ...more].flatMap((found) => (found ? tableSections(title, found.columns, found.rows) : []));
} // prettier-ignore

function tableSections(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): PdfSection[] {
  if (rows.length === 0) return [{ kind: 'note', title, text: 'Nothing.' }];
  const shown = rows.slice(0, shownRows).map((row) => row.map(cellText));
  const left = rows.length - shown.length;
  const note = left > 0 ? `… ${String(left)} more rows: they are in the CSV and JSON exports.` : null;
  const told = columns.flatMap((column, at) =>
    column.startsWith('reasons.') && rows.every((row) => (row[at] ?? null) === null) ? [] : [at],
  );
  return groupsAcross(told, widthsOf(columns, shown)).map((group, at) => ({
    kind: 'table',
    title: at === 0 ? title : `${title} (continued)`,
    columns: group.map((column) => columns[column] ?? ''),
    rows: shown.map((row) => group.map((column) => row[column] ?? '')),
    note,
  }));
}

/** By the longest text of each column. */
function widthsOf(columns: readonly string[], rows: readonly (readonly string[])[]): number[] {
  return columns.map((column, at) => {
    const longest = Math.max(column.length, ...rows.map((row) => row[at]?.length ?? 0));
    return longest * page.character + page.padding;
  });
}

/** As many columns as a page is wide; the others go into further tables, with the first column repeated. */
function groupsAcross([first, ...others]: readonly number[], widths: readonly number[]): number[][] {
  if (first === undefined) return [];
  const widthOf = (column: number): number => widths[column] ?? 0;
  const groups = [[first]];
  let used = widthOf(first);
  for (const column of others) {
    const last = groups.at(-1) ?? [];
    if (last.length > 1 && used + widthOf(column) > page.width) {
      groups.push([first, column]);
      used = widthOf(first) + widthOf(column);
    } else {
      last.push(column);
      used += widthOf(column);
    }
  }
  return groups;
}

/** For reading: decimal texts to four places, ratios to six digits. The exact values are in CSV and JSON. */
function cellText(cell: Cell): string {
  if (cell === null) return 'n/a';
  if (typeof cell === 'number')
    return Number.isInteger(cell) ? String(cell) : String(Number(cell.toPrecision(6)));
  if (typeof cell !== 'string') return String(cell);
  if (/^-?[0-9]+\.[0-9]{5,}$/.test(cell)) return new Decimal(cell).toDecimalPlaces(4).toFixed();
  return cell.length > shownCellCharacters ? `${cell.slice(0, shownCellCharacters - 1)}…` : cell;
}
