/** What a benchmark was worth on each day, in the base currency of the portfolio that is measured against it. */
import { type DatedEuroRate, type DatedPrice, dayQuotes } from './day-quotes';
import { ratePlaces } from './decimal';
import { fixedNumber } from './fixed';
import { type KnownSplit, splitGrowth } from './split-growth';

/**
 * By day; a day without a price or a rate of its own has none. The rate takes part: a benchmark in another currency gains
 * when that currency does, as the portfolio's holdings do. Splits are none of its returns: a level is what one share from
 * before all of them became. Lists are in the order of dates, prices of one security.
 */
export function benchmarkLevels(
  dates: readonly string[],
  prices: readonly DatedPrice[],
  rates: readonly DatedEuroRate[],
  base: string,
  splits: readonly KnownSplit[] = [],
): ReadonlyMap<string, number> {
  const quotes = dayQuotes(prices, rates, base);
  const [security_id = ''] = prices.map((price) => price.security_id);
  const shares = splitGrowth(splits);
  const levels = new Map<string, number>();
  for (const date of dates) {
    quotes.moveTo(date);
    const price = quotes.price(security_id);
    const rate = price && quotes.rate(price.currency);
    if (!price || !rate) continue;
    levels.set(date, Number(price.close) * shares.upTo(security_id, date) * fixedNumber(rate, ratePlaces));
  }
  return levels;
}
