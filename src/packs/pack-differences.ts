/** What two contents of one day's pack differ in, in words. */
import type { PackContent } from './pack-content';

export interface PackDifference {
  /** `price of AAPL`, `rate of EUR/USD`, … */
  what: string;
  /** `null`: not in it. */
  stored: string | null;
  offered: string | null;
}

/** @param symbols of securities, by id */
export function packDifferences(
  stored: PackContent,
  offered: PackContent,
  symbols: ReadonlyMap<string, string>,
): PackDifference[] {
  const [left, right] = [factsOf(stored, symbols), factsOf(offered, symbols)];
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((what) => ({ what, stored: left.get(what) ?? null, offered: right.get(what) ?? null }))
    .filter((fact) => fact.stored !== fact.offered);
}

function factsOf(content: PackContent, symbols: ReadonlyMap<string, string>): Map<string, string> {
  const nameOf = (id: string): string => symbols.get(id) ?? id;
  const { previous, prices, fx, observations = [], actions = [] } = content;
  return new Map([
    ['pack before', previous ? `${previous.id} (${previous.sha256})` : 'none'],
    ...prices.map(({ security_id, close, currency }): [string, string] => [
      `price of ${nameOf(security_id)}`,
      `${close} ${currency}`,
    ]),
    ...fx.map(({ base_ccy, quote_ccy, rate, quote_date }): [string, string] => [
      `rate of ${base_ccy}/${quote_ccy}`,
      `${rate} of ${quote_date}`,
    ]),
    ...observations.map(({ series_id, period_end, value }): [string, string] => [
      `${series_id} for the period to ${period_end}`,
      value,
    ]),
    ...actions.map(({ security_id, type, ex_date, pay_date, amount, currency, ratio }): [string, string] => [
      `${type} of ${nameOf(security_id)} with the ex-date ${ex_date}`,
      ratio ?? `${amount ?? ''} ${currency ?? ''}, paid ${pay_date ?? 'on a day not known'}`,
    ]),
  ]);
}
