/** Reads a CSV file of prices or rates strictly: every line that cannot be read is named, and nothing of it is used. */
import { EngineError } from '../contract/errors';
import { isDay } from '../services/dates';

const positive = /^(?!0+(\.0+)?$)\d+(\.\d+)?$/;
/** As many problems are told. */
const mostTold = 10;

export interface CsvRow {
  /** Of the file, the header's is 1. */
  line: number;
  cells: string[];
}

export interface CsvTable {
  header: string[];
  rows: CsvRow[];
}

/** @param file as the reader of a message knows it @throws EngineError SOURCE_INVALID when the header is another one */
export function readTable(file: string, text: string, begins: readonly string[]): CsvTable {
  const [first = '', ...lines] = text.trimEnd().split(/\r?\n/);
  const header = cellsOf(first);
  const isIt = begins.every((name, at) => header[at]?.toLowerCase() === name);
  if (!isIt) throw invalid(file, [`line 1: the header has to begin with ${begins.join(',')}`]);
  const rows = lines.map((line, at) => ({ line: at + 2, cells: cellsOf(line) }));
  const uneven = rows.filter(({ cells }) => cells.length !== header.length);
  if (uneven.length > 0) {
    const told = uneven.map(
      ({ line, cells }) =>
        `line ${String(line)}: ${String(cells.length)} cells where the header has ${String(header.length)}`,
    );
    throw invalid(file, told);
  }
  return { header, rows };
}

/** Collects what is wrong in a file, to be told at once. */
export function problemsOf(file: string): {
  day(row: CsvRow, text: string): string;
  positive(row: CsvRow, text: string): string;
  tell(row: CsvRow, problem: string): void;
  /** @throws EngineError SOURCE_INVALID */
  requireNone(): void;
} {
  const found: string[] = [];
  const tell = ({ line }: CsvRow, problem: string): void =>
    void found.push(`line ${String(line)}: ${problem}`);
  return {
    tell,
    day: (row, text) => {
      if (!isDay(text)) tell(row, `"${text}" is no day`);
      return text;
    },
    positive: (row, text) => {
      if (!positive.test(text)) tell(row, `"${text}" is no positive decimal number`);
      return text;
    },
    requireNone: () => {
      if (found.length > 0) throw invalid(file, found);
    },
  };
}

export function invalid(file: string, problems: readonly string[]): EngineError {
  const more = problems.length > mostTold ? `; and ${String(problems.length - mostTold)} more` : '';
  const told = `${problems.slice(0, mostTold).join('; ')}${more}`;
  return new EngineError('SOURCE_INVALID', `${file} cannot be read: ${told}. Correct it and start again.`, {
    source: file,
  });
}

function cellsOf(line: string): string[] {
  return line.split(',').map((cell) => cell.trim());
}
