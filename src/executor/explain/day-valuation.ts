/** What a portfolio was worth on one day, line by line from ledger and pack: each line can be multiplied out by hand. */
import type { FxEvidence, PriceEvidence } from '../../contract/explanation';
import type { SourcedPriceRow } from '../../db/explain-evidence';
import { Decimal, sum } from '../../services/decimal';
import { majorUnit } from '../../services/fx';
import { byCurrency } from './evidence';
import type { PortfolioPast } from './past';
import { type DayQuotes, deriveRate, type DerivedRate, rateWords } from './rates';
import { amountText, exactText, priceText } from './words';

export interface ValuedLine {
  symbol: string;
  quantity: Decimal;
  /** `null`: cash, which is worth itself. */
  price: SourcedPriceRow | null;
  /** Of the price or the cash. */
  currency: string;
  rate: DerivedRate;
  /** In base, not rounded. */
  value: Decimal;
}

export interface DayValuation {
  date: string;
  lines: ValuedLine[];
  /** Not rounded. */
  total: Decimal;
  /** Securities without a price and currencies without a rate. */
  missing: string[];
}

export function valueDay(past: PortfolioPast, date: string): DayValuation {
  const prices = new Map((past.prices.get(date) ?? []).map((row) => [row.security_id, row]));
  const quotes = byCurrency(past.rates.get(date) ?? []);
  const day = { date, base: past.base_currency, quotes };
  const missing: string[] = [];
  const lines: ValuedLine[] = [];
  for (const [security_id, quantity] of held(past, date)) {
    const symbol = past.symbols.get(security_id) ?? security_id;
    const price = prices.get(security_id);
    const line = price ? valueShares(symbol, quantity, price, day) : null;
    if (line) lines.push(line);
    else missing.push(symbol);
  }
  for (const [currency, amount] of cashOn(past, date)) {
    const line = valueCash(currency, amount, day);
    if (line) lines.push(line);
    else missing.push(currency);
  }
  return { date, lines, total: sum(lines.map(({ value }) => value)), missing };
}

interface Day {
  date: string;
  base: string;
  quotes: DayQuotes;
}

/** `null` without a rate. */
export function valueShares(
  symbol: string,
  quantity: Decimal,
  price: SourcedPriceRow,
  { date, base, quotes }: Day,
): ValuedLine | null {
  const rate = deriveRate(price.currency, base, date, quotes);
  if (!rate) return null;
  const { major, perMajor } = majorUnit(price.currency);
  // The rate of the currency proper, rounded as the pack's is, and only then the pence.
  const whole = deriveRate(major, base, date, quotes) ?? rate;
  const value = quantity.times(price.close).div(perMajor).times(whole.rate);
  return { symbol, quantity, price, currency: price.currency, rate, value };
}

export function valueCash(currency: string, amount: Decimal, { date, base, quotes }: Day): ValuedLine | null {
  const rate = deriveRate(currency, base, date, quotes);
  return rate && { symbol: currency, quantity: amount, price: null, currency, rate, value: amount.times(rate.rate) };
} // prettier-ignore

/** `210 shares of AAPL × 441.40 USD (close of 2013-02-28) × 1.02529 CAD per USD (cross of …) = 95,038.00 CAD`. */
export function lineWords(
  { symbol, quantity, price, currency, rate, value }: ValuedLine,
  base: string,
): string {
  const what =
    price === null
      ? `${amountText(quantity)} ${currency} of cash`
      : `${exactText(quantity)} ${quantity.equals(1) ? 'share' : 'shares'} of ${symbol} × ${priceText(price.close)} ${currency} (close of ${price.date})`;
  const { perMajor } = majorUnit(currency);
  const scaled = perMajor > 1 && !rate.evidence ? ` ÷ ${String(perMajor)}` : '';
  const converted = rate.evidence ? ` × ${rateWords(rate.evidence)}` : scaled;
  return price === null && converted === '' ? what : `${what}${converted} = ${amountText(value)} ${base}`;
}

export function pricesOf(lines: readonly ValuedLine[]): PriceEvidence[] {
  return lines.flatMap(({ price }) => (price === null ? [] : [toPrice(price)]));
}

export function toPrice({ date, symbol, close, currency, source }: SourcedPriceRow): PriceEvidence {
  return { date, symbol, close, currency, source };
}

/** One for each pair. */
export function ratesOf(lines: readonly ValuedLine[]): FxEvidence[] {
  const rates = lines.flatMap(({ rate }) => (rate.evidence === null ? [] : [rate.evidence]));
  return [...new Map(rates.map((rate) => [`${rate.pair} ${rate.date}`, rate])).values()];
}

/** Quantities at the end of a day, by symbol. */
function held(past: PortfolioPast, date: string): [string, Decimal][] {
  const sums = new Map<string, Decimal>();
  for (const change of past.holding_changes) {
    if (change.date > date) break;
    const { security_id, quantity_change } = change;
    sums.set(security_id, (sums.get(security_id) ?? new Decimal(0)).plus(quantity_change));
  }
  const name = (id: string): string => past.symbols.get(id) ?? id;
  return [...sums].filter(([, quantity]) => !quantity.isZero()).sort(([a], [b]) => (name(a) < name(b) ? -1 : 1));
} // prettier-ignore

function cashOn(past: PortfolioPast, date: string): [string, Decimal][] {
  const sums = new Map<string, Decimal>();
  for (const change of past.cash_changes) {
    if (change.date > date) break;
    sums.set(change.currency, (sums.get(change.currency) ?? new Decimal(0)).plus(change.amount));
  }
  return [...sums].filter(([, amount]) => !amount.isZero()).sort(([a], [b]) => (a < b ? -1 : 1));
}
