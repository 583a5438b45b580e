/** What one unit of a commodity is worth on a day, from prices and quotes alone: for checks of what the services make of it. */
import type { DatedEuroRate, DatedPrice } from '../services/day-quotes';
import { majorUnit } from '../services/fx';
import { Exact } from './decimal';

export interface QuoteInputs {
  prices: readonly DatedPrice[];
  rates: readonly DatedEuroRate[];
  /** The security of each symbol; every other commodity is a currency. */
  securityIds: ReadonlyMap<string, string>;
}

/** Units of `currency` for one unit of the commodity; `null` without a price or a rate of that very day. */
export type UnitValue = (commodity: string, currency: string, date: string) => Exact | null;

export function unitValues({ prices, rates, securityIds }: QuoteInputs): UnitValue {
  const closes = new Map(prices.map((price) => [`${price.date} ${price.security_id}`, price]));
  const perEuro = new Map(rates.map(({ date, quote_ccy, rate }) => [`${date} ${quote_ccy}`, rate]));
  const euro = (currency: string, date: string): Exact | null => {
    const { major, perMajor } = majorUnit(currency);
    const rate = major === 'EUR' ? '1' : perEuro.get(`${date} ${major}`);
    return rate === undefined ? null : new Exact(rate).times(perMajor);
  };
  const cross = (from: string, to: string, date: string): Exact | null => {
    const [local, base] = [majorUnit(from), majorUnit(to)];
    // Pence and pounds need no quote.
    if (local.major === base.major) return new Exact(base.perMajor).div(local.perMajor);
    const [before, after] = [euro(from, date), euro(to, date)];
    return before === null || after === null ? null : after.div(before);
  };
  return (commodity, currency, date) => {
    const id = securityIds.get(commodity);
    if (id === undefined) return cross(commodity, currency, date);
    const price = closes.get(`${date} ${id}`);
    const rate = price ? cross(price.currency, currency, date) : null;
    return price && rate ? rate.times(price.close) : null;
  };
}
