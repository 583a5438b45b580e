/**
 * The performance statement of a portfolio, from its ledger and a pack. The value at the start and at the end is that of
 * the daily valuation, from lots and cash balances; the lines between come from the transactions. So the residual is a
 * test of both: it is 0 when all that moved shares and cash is told by a transaction.
 */
import { baseAmounts } from './base-amounts';
import { dailyValues } from './daily-values';
import type { DatedPrice } from './day-quotes';
import { Decimal, moneyPlaces } from './decimal';
import { fixedText } from './fixed';
import { majorUnit } from './fx';
import { ledgerRates, type LedgerRates, type PackRate } from './ledger-rates';
import type { LedgerChanges } from './ledger-state';
import type { LedgerActivity } from './ledger-transactions';
import { lineTotals, statementAmounts, type StatementAmounts } from './performance-statement';
import { statementRowsOf } from './statement-of-ledger';
import { explainChange, type Line, type Postings } from './value-change';

export interface PortfolioStatementInputs {
  base_currency: string;
  /** Days of the pack; `from` is the last day before the period, and may be any day before anything was held. */
  period: { from: string; to: string };
  activity: LedgerActivity;
  /** What lots and cash balances say, in the order of dates. */
  changes: Omit<LedgerChanges, 'conversions'>;
  /** Of `from` and `to`. */
  prices: readonly DatedPrice[];
  /** In the order of dates. */
  rates: readonly PackRate[];
}

export interface PortfolioStatement {
  amounts: StatementAmounts;
  postings: Postings;
}

export function portfolioStatement(inputs: PortfolioStatementInputs): PortfolioStatement {
  const { base_currency, period, prices, rates, activity } = inputs;
  const amounts = baseAmounts<Line>(valuedStrictly(ledgerRates(rates, base_currency), inputs));
  const priceOn = new Map(prices.map((price) => [`${price.date} ${price.security_id}`, price]));
  const valueOf = (security: string, quantity: Decimal, date: string, ...touched: Line[]): Decimal => {
    const price = priceOn.get(`${date} ${security}`);
    if (price) return amounts.toBase(quantity.times(price.close), price.currency, date, ...touched);
    for (const line of touched) amounts.note(line, 'NO_QUOTE');
    return new Decimal(0);
  };
  const rows = statementRowsOf(activity, base_currency).filter(({ date }) => date <= period.to);
  const postings = explainChange({ period, rows, valueOf, toBase: amounts.toBase });
  const lines = lineTotals(postings);
  for (const line of ['initial_value', 'final_value'] as const) {
    const value = valuedOn(line === 'initial_value' ? period.from : period.to, inputs);
    if (value === null) amounts.note(line, 'NO_QUOTE');
    else lines.set(line, value);
  }
  return { amounts: statementAmounts(lines, amounts.missing), postings };
}

/** As the daily valuation has it; `null`: something has no price or rate on the day. */
function valuedOn(
  date: string,
  { base_currency, changes, prices, rates }: PortfolioStatementInputs,
): Decimal | null {
  const { values } = dailyValues({
    ...changes,
    conversions: [],
    base_currency,
    dates: [date],
    prices,
    rates,
  });
  const [day] = values;
  return day ? new Decimal(fixedText(day.value, moneyPlaces)) : null;
}

/** A day that is valued has its own rates or none; in between the last one on or before a day will do. */
function valuedStrictly(
  lookup: LedgerRates,
  { base_currency, period, rates }: PortfolioStatementInputs,
): LedgerRates {
  const days: ReadonlySet<string> = new Set([period.from, period.to]);
  const quoted = new Set(
    rates.filter(({ date }) => days.has(date)).map(({ date, quote_ccy }) => `${date} ${quote_ccy}`),
  );
  return (currency, date) => {
    const majors = [majorUnit(currency).major, majorUnit(base_currency).major];
    const isQuoted =
      !days.has(date) ||
      majors[0] === majors[1] ||
      majors.every((major) => major === 'EUR' || quoted.has(`${date} ${major}`));
    return isQuoted ? lookup(currency, date) : { reason: 'NO_QUOTE' };
  };
}
