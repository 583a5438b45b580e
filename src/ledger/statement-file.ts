/** A custodian's statement as CSV: `date,commodity,quantity`, and where it has them `market_value,currency`. */
import { readTable } from '../services/csv-table';
import { Exact } from './decimal';

export interface StatementRow {
  line: number;
  date: string;
  /** A symbol, or a currency for cash. */
  commodity: string;
  quantity: string;
  /** `null`: the statement gives none. */
  market_value: string | null;
  /** Of the market value; `null`: the portfolio's base currency. */
  currency: string | null;
}

const columns = ['date', 'commodity', 'quantity'];
const valued = ['market_value', 'currency'];

/** @throws CsvError that names every line that cannot be read, with what is wrong */
export function readStatement(csv: string): StatementRow[] {
  const table = readTable(csv, columns, valued);
  const { problems } = table;
  if (table.rows.length === 0) problems.tell({ line: 2 }, 'there is no row');
  const rows = table.rows.map((row): StatementRow => {
    const [date = '', commodity = '', quantity = '', value = '', currency = ''] = row.cells;
    problems.day(row, date);
    if (!/^[A-Z][A-Z0-9'._-]*$/.test(commodity))
      problems.tell(row, `"${commodity}" is no symbol and no currency`);
    problems.once(row, `${commodity} of ${date}`);
    return {
      ...{ line: row.line, date, commodity },
      quantity: problems.number(row, quantity),
      market_value: value === '' ? null : problems.number(row, value),
      currency: currency === '' ? null : problems.currency(row, currency),
    };
  });
  problems.requireNone();
  return rows.map((row) => ({ ...row, quantity: new Exact(row.quantity).toFixed() }));
}
