/**
 * Reads CSV strictly, quoted as RFC 4180 has it: every line that cannot be read is named, and nothing of the file is used.
 * Space around cells and empty lines do not count.
 */
import { parse } from 'csv-parse/sync';
import { isDay } from './dates';

export interface CsvRow {
  /** Where it begins in the file; the header's is 1. A quoted cell may go on over several lines. */
  line: number;
  cells: string[];
}

export interface CsvTable {
  header: string[];
  /** Each with as many cells as the header. */
  rows: CsvRow[];
  problems: CsvProblems;
}

/** Why a file cannot be read: `line 3: "x" is no day`, in the order of lines. Its message has one on each line. */
export class CsvError extends RangeError {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'CsvError';
  }
}

/** What is wrong in a file, collected to be told at once. */
export interface CsvProblems {
  /** Each gives back what it was given, and notes when it is not what it should be. */
  day(row: CsvRow, text: string): string;
  number(row: CsvRow, text: string): string;
  positive(row: CsvRow, text: string): string;
  currency(row: CsvRow, text: string): string;
  /** Notes what stands in the file a second time. */
  once(row: CsvRow, what: string): void;
  tell(row: Pick<CsvRow, 'line'>, problem: string): void;
  /** @throws CsvError */
  requireNone(): void;
}

/**
 * @param begins the first names of the header, in lower case; the file's may be in any case
 * @param further names that may follow, in this order, and no others; left out: any may
 * @throws CsvError when the header is another one, or a quotation does not end
 */
export function readTable(text: string, begins: readonly string[], further?: readonly string[]): CsvTable {
  const [first, ...others] = recordsOf(text);
  const header = first?.cells ?? [];
  const all = [...begins, ...(further ?? [])];
  const isIt =
    header.length >= begins.length &&
    header.every((name, at) => (at < all.length ? name.toLowerCase() === all[at] : further === undefined));
  if (!isIt) throw new CsvError([`line 1: the header has to ${headerText(begins, further)}`]);
  const problems = problemList();
  const rows = others.filter((row) => {
    const isEven = row.cells.length === header.length;
    if (!isEven)
      problems.tell(row, `${String(row.cells.length)} cells where the header has ${String(header.length)}`);
    return isEven;
  });
  return { header, rows, problems };
}

function headerText(begins: readonly string[], further: readonly string[] | undefined): string {
  const text = begins.join(',');
  if (further === undefined) return `begin with ${text}`;
  return further.length === 0 ? `be ${text}` : `be ${text} or ${[...begins, ...further].join(',')}`;
}

/** A decimal number above 0, in plain digits. */
export function isPositive(text: string): boolean {
  return /^(?!0+(\.0+)?$)\d+(\.\d+)?$/.test(text);
}

function recordsOf(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  // The parser counts the lines up to a record's end, and CRLF within a quotation as two.
  let ended = 0;
  const note = (cells: string[], { lines }: { lines: number }): null => {
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: ended + 1, cells });
    ended = lines;
    return null;
  };
  try {
    parse(text.replaceAll(/\r\n?/g, '\n'), {
      ...{ bom: true, trim: true, relax_column_count: true, record_delimiter: '\n' },
      on_record: note,
    });
    return rows;
  } catch (error) {
    const { code, lines } = error as { code?: string; lines?: number };
    if (code === undefined || lines === undefined) throw error;
    const isOpen = code === 'CSV_QUOTE_NOT_CLOSED';
    const what = isOpen ? 'begins and does not end' : 'stands where none may';
    throw new CsvError([
      `line ${String(isOpen ? ended + 1 : lines)}: a quotation mark ${what}; quote the whole cell, and double those inside it`,
    ]);
  }
}

function problemList(): CsvProblems {
  const found: { line: number; problem: string }[] = [];
  const seen = new Set<string>();
  const tell: CsvProblems['tell'] = ({ line }, problem) => void found.push({ line, problem });
  const must =
    (is: (text: string) => boolean, what: string) =>
    (row: CsvRow, text: string): string => {
      if (!is(text)) tell(row, `"${text}" is no ${what}`);
      return text;
    };
  return {
    tell,
    day: must(isDay, 'day'),
    number: must((text) => /^-?\d+(\.\d+)?$/.test(text), 'decimal number'),
    positive: must(isPositive, 'positive decimal number'),
    currency: must((text) => /^[A-Z]{3}$/.test(text), 'currency'),
    once: (row, what) => {
      if (seen.has(what)) tell(row, `${what} stands above already`);
      seen.add(what);
    },
    requireNone: () => {
      if (found.length === 0) return;
      const inOrder = found.toSorted((a, b) => a.line - b.line);
      throw new CsvError(inOrder.map(({ line, problem }) => `line ${String(line)}: ${problem}`));
    },
  };
}
