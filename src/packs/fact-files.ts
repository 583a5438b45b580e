/** Reads CSV files of what packs hold besides prices and rates: levels of an index, factor returns, declared dividends. */
import { addMonths, endOfMonth } from '../services/months';
import type { DatedPrice, Known } from './build-packs';
import type { PackAction, PackObservation } from './pack-content';

/** What a file's symbol stands for. */
export interface NamedSecurity {
  id: string;
  symbol: string;
  currency: string;
}

/** `Date,<symbol>`: one level for each trading day. */
export function readIndexLevels(csv: string, securities: readonly NamedSecurity[]): DatedPrice[] {
  const [header = ''] = csv.split('\n', 1);
  const symbol = header.trim().split(',')[1];
  const index = securities.find((security) => security.symbol === symbol);
  if (!index) return [];
  return rowsOf(csv).map(([date = '', close = '']) => ({
    ...{ date, close },
    security_id: index.id,
    currency: index.currency,
  }));
}

/**
 * `Date,Mkt-RF,SMB,HML,RF`: a month as `200701` and percent, as published. The file does not say when; a month's values
 * are taken as known at the end of the month after it.
 */
export function readFactors(csv: string): Known<PackObservation>[] {
  const names = ['FF3.MKT_RF', 'FF3.SMB', 'FF3.HML', 'FF3.RF'];
  return rowsOf(csv).flatMap(([month = '', ...values]) => {
    const period_end = endOfMonth(`${month.slice(0, 4)}-${month.slice(4)}-01`);
    const known_on = endOfMonth(addMonths(period_end, 1));
    return names.map((series_id, at) => ({ series_id, period_end, value: values[at] ?? '', known_on }));
  });
}

/** `symbol,ex_date,pay_date,amount,currency`; the file does not say when they were declared: known on the ex-date. */
export function readDividends(csv: string, securities: readonly NamedSecurity[]): Known<PackAction>[] {
  const bySymbol = new Map(securities.map(({ symbol, id }) => [symbol, id]));
  return rowsOf(csv).flatMap(([symbol = '', ex_date = '', pay_date = '', amount = '', currency = '']) => {
    const security_id = bySymbol.get(symbol);
    if (security_id === undefined) return [];
    const action = { security_id, ex_date, pay_date, amount, currency, ratio: null };
    return [{ ...action, type: 'dividend' as const, known_on: ex_date }];
  });
}

export function rowsOf(csv: string): string[][] {
  return csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(','));
}
