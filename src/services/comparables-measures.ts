/** What the price of one share did over a window: return and volatility, without splits and without dividends. */
import type { ReasonCodes } from './holdings';
import { sampleDeviation } from './moments';
import type { SplitGrowth } from './split-growth';

export interface DayClose {
  date: string;
  close: string;
  currency: string;
}

export interface PriceMeasures {
  price: string | null;
  price_return: number | null;
  volatility: number | null;
  observations: number;
  reasons: ReasonCodes;
}

/** Below it a deviation says little. */
const leastReturns = 20;
const daysPerYear = 252;

/**
 * From the close of the first to that of the last trading day. A return of a shorter time under the same name would
 * mislead, so `NO_QUOTE` where either is missing; a day without a price has its return in the next one's.
 * @param dates the trading days, the first one exclusive
 */
export function priceMeasures(
  closes: readonly DayClose[],
  dates: readonly string[],
  splits: SplitGrowth,
  securityId: string,
): PriceMeasures {
  const last = closes.at(-1);
  const price = last && last.date === dates.at(-1) ? last.close : null;
  const common = { price, observations: Math.max(0, closes.length - 1) };
  const why = reasonOf(closes, dates);
  if (why !== undefined) {
    const reasons = { ...(price === null && { price: 'NO_QUOTE' }), price_return: why, volatility: why };
    return { ...common, price_return: null, volatility: null, reasons };
  }
  const whole = closes.map(({ date, close }) => Number(close) * splits.upTo(securityId, date));
  const returns = whole.slice(1).map((value, at) => value / (whole[at] as number) - 1);
  const isEnough = returns.length >= leastReturns;
  return {
    ...common,
    price_return: (whole.at(-1) as number) / (whole[0] as number) - 1,
    volatility: isEnough ? sampleDeviation(returns) * Math.sqrt(daysPerYear) : null,
    reasons: isEnough ? {} : { volatility: 'FEW_OBSERVATIONS' },
  };
}

function reasonOf(closes: readonly DayClose[], dates: readonly string[]): string | undefined {
  const [first] = closes;
  if (dates.length < 2) return 'TOO_FEW_OBSERVATIONS';
  if (first?.date !== dates[0] || closes.at(-1)?.date !== dates.at(-1)) return 'NO_QUOTE';
  return closes.some(({ currency }) => currency !== first?.currency) ? 'CURRENCY_CHANGED' : undefined;
}
