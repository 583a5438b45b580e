/** Prices on given days: the last quote on or before the day, else the last trade's own price, flagged as such. */
import { type DatedSeries, datedSeries, type MissingReason } from './dated-series';
import { daysBetween } from './dates';
import { Decimal, decimalText, type Numeric, ratePlaces } from './decimal';
import { invalidArgument } from './invalid-argument';

export interface PriceQuote {
  date: string;
  price: Numeric;
}

/** Its price is amount / quantity; signs do not matter. */
export interface PriceTrade {
  date: string;
  quantity: Numeric;
  amount: Numeric;
}

export interface FoundPrice {
  date: string;
  price: Decimal;
  source: 'quote' | 'trade';
}

/** `reason`: no quote and no trade at all, or only later ones. */
export type PriceLookup<T> = (date: string) => T | { reason: MissingReason };

export function priceLookup<T extends { date: string }>(
  quotes: readonly T[],
  trades: readonly T[],
): PriceLookup<T> {
  const quoted: DatedSeries<T> = datedSeries(quotes);
  const traded: DatedSeries<T> = datedSeries(trades);
  const hasAny = quotes.length + trades.length > 0;
  return (date) =>
    quoted.upTo(date) ?? traded.upTo(date) ?? { reason: hasAny ? 'BEFORE_FIRST_QUOTE' : 'NO_QUOTE' };
}

export interface PriceOnDay {
  date: string;
  price: string | null;
  quote_date: string | null;
  age_days: number | null;
  source: 'quote' | 'trade' | null;
  reason?: MissingReason;
}

/** @throws EngineError ARGS_INVALID for a price below 0 or a trade of no shares */
export function lookUpPrices(
  quotes: readonly PriceQuote[],
  trades: readonly PriceTrade[],
  dates: readonly string[],
): PriceOnDay[] {
  const lookup = priceLookup(quotes.map(quotePrice), trades.map(tradePrice));
  return dates.map((date) => {
    const found = lookup(date);
    if ('reason' in found)
      return { date, price: null, quote_date: null, age_days: null, source: null, reason: found.reason };
    return {
      date,
      price: decimalText(found.price.toDecimalPlaces(ratePlaces)),
      quote_date: found.date,
      age_days: daysBetween(found.date, date),
      source: found.source,
    };
  });
}

function quotePrice({ date, price }: PriceQuote, index: number): FoundPrice {
  const value = new Decimal(price);
  if (value.isNegative() && !value.isZero())
    throw invalidArgument(`/quotes/${String(index)}/price`, `is ${value.toFixed()}: a price is not below 0`);
  return { date, price: value, source: 'quote' };
}

function tradePrice({ date, quantity, amount }: PriceTrade, index: number): FoundPrice {
  const shares = new Decimal(quantity);
  if (shares.isZero())
    throw invalidArgument(
      `/trades/${String(index)}/quantity`,
      'is 0: such a trade has no price, leave it out',
    );
  return { date, price: new Decimal(amount).div(shares).abs(), source: 'trade' };
}
