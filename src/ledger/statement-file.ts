/** A custodian's statement as CSV: `date,commodity,quantity`, and where it has them `market_value,currency`. */
import { isDay } from '../services/dates';
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

const columns = ['date', 'commodity', 'quantity', 'market_value', 'currency'];
const number = /^-?\d+(\.\d+)?$/;

/** @throws RangeError that names every line that cannot be read, with what is wrong */
export function readStatement(csv: string): StatementRow[] {
  const [first = '', ...lines] = csv
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/);
  const header = cellsOf(first);
  if (header.length < 3 || header.some((name, index) => name !== columns[index]))
    throw new RangeError(
      `The first line has to be ${columns.slice(0, 3).join(',')} or ${columns.join(',')}.`,
    );
  const wrong: string[] = [];
  const seen = new Set<string>();
  const rows = lines.flatMap((text, index): StatementRow[] => {
    const line = index + 2;
    if (text.trim() === '') return [];
    const tell = (problem: string): [] => (wrong.push(`line ${String(line)}: ${problem}`), []);
    const cells = cellsOf(text);
    const [date = '', commodity = '', quantity = '', value = '', currency = ''] = cells;
    if (cells.length !== header.length)
      return tell(`has ${String(cells.length)} columns, not the ${String(header.length)} of the first line`);
    if (!isDay(date)) return tell(`"${date}" is no day such as 2013-02-28`);
    if (!/^[A-Z][A-Z0-9'._-]*$/.test(commodity)) return tell(`"${commodity}" is no symbol and no currency`);
    if (!number.test(quantity)) return tell(`"${quantity}" is no decimal number`);
    if (value !== '' && !number.test(value)) return tell(`"${value}" is no decimal number`);
    if (currency !== '' && !/^[A-Z]{3}$/.test(currency)) return tell(`"${currency}" is no currency`);
    const key = `${date} ${commodity}`;
    if (seen.has(key)) return tell(`${commodity} of ${date} stands above already`);
    seen.add(key);
    return [
      {
        line,
        date,
        commodity,
        quantity: new Exact(quantity).toFixed(),
        market_value: value === '' ? null : value,
        currency: currency === '' ? null : currency,
      },
    ];
  });
  if (rows.length === 0 && wrong.length === 0) wrong.push('there is no row in it');
  if (wrong.length > 0) throw new RangeError(wrong.join('\n'));
  return rows;
}

function cellsOf(line: string): string[] {
  return line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}
