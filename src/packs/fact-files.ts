/** Reads CSV files of what packs hold besides prices and rates: factor returns, declared dividends. */
import { type CsvProblems, type CsvRow, readTable } from '../services/csv-table';
import { addMonths, endOfMonth } from '../services/months';
import type { Known } from './build-packs';
import type { PackAction, PackObservation } from './pack-content';
import type { NamedSecurity } from './price-files';

const series = ['FF3.MKT_RF', 'FF3.SMB', 'FF3.HML', 'FF3.RF'];
/** How Kenneth French's files say that there is no value. */
const noValue = /^-99(\.99|9(\.0+)?)$/;

/**
 * `Date,Mkt-RF,SMB,HML,RF`: a month as `200701` and percent, as published. The file does not say when; a month's values
 * are taken as known at the end of the month after it. `-99.99` and `-999` are no values.
 * @throws CsvError with everything that cannot be read
 */
export function readFactors(csv: string): Known<PackObservation>[] {
  const { rows, problems } = readTable(csv, ['date', 'mkt-rf', 'smb', 'hml', 'rf']);
  const values = rows.flatMap((row) => {
    const [month = '', ...cells] = row.cells;
    problems.once(row, month);
    const period_end = monthEnd(problems, row, month);
    if (period_end === null) return [];
    const known_on = endOfMonth(addMonths(period_end, 1));
    return series.flatMap((series_id, at) => {
      const value = problems.number(row, cells[at] ?? '');
      return noValue.test(value) ? [] : [{ series_id, period_end, value, known_on }];
    });
  });
  problems.requireNone();
  return values;
}

/**
 * `symbol,ex_date,pay_date,amount,currency`; the file does not say when they were declared: known on the ex-date. An empty
 * `pay_date` is not known yet. Dividends of what is no security are left alone.
 * @throws CsvError with everything that cannot be read
 */
export function readDividends(csv: string, securities: readonly NamedSecurity[]): Known<PackAction>[] {
  const bySymbol = new Map(securities.map(({ symbol, id }) => [symbol, id]));
  const { rows, problems } = readTable(csv, ['symbol', 'ex_date', 'pay_date', 'amount', 'currency']);
  const dividends = rows.flatMap((row) => {
    const [symbol = '', ex_date = '', paid = '', amount = '', currency = ''] = row.cells;
    problems.day(row, ex_date);
    const pay_date = paid === '' ? null : problems.day(row, paid);
    problems.positive(row, amount);
    problems.currency(row, currency);
    const security_id = bySymbol.get(symbol);
    if (security_id === undefined) return [];
    problems.once(row, `the dividend of ${symbol} with the ex-date ${ex_date}`);
    const action = { security_id, ex_date, pay_date, amount, currency, ratio: null };
    return [{ ...action, type: 'dividend' as const, known_on: ex_date }];
  });
  problems.requireNone();
  return dividends;
}

function monthEnd(problems: CsvProblems, row: CsvRow, month: string): string | null {
  if (/^(?!0000)\d{4}(0[1-9]|1[0-2])$/.test(month))
    return endOfMonth(`${month.slice(0, 4)}-${month.slice(4)}-01`);
  problems.tell(row, `"${month}" is no month such as 201301`);
  return null;
}
