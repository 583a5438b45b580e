/** What a pricing pack says, in the one form its hash is taken of. */
import { Decimal } from 'decimal.js';
import { digest } from '../canonical';

export interface PackPrice {
  security_id: string;
  /** In `currency`, as traded: not adjusted. */
  close: string;
  currency: string;
}

export interface PackFxRate {
  base_ccy: string;
  quote_ccy: string;
  /** Units of `quote_ccy` for one `base_ccy`, as published. */
  rate: string;
  /** The day it was published, on or before the pack's. */
  quote_date: string;
}

export interface PackContent {
  date: string;
  /** The pack before this one, by id and hash; `null` for the first. It makes one hash cover the whole history. */
  previous: { id: string; sha256: string } | null;
  prices: PackPrice[];
  fx: PackFxRate[];
}

export interface Pack {
  id: string;
  content: PackContent;
  sha256: string;
}

/** `PP_` and the date. */
export function packId(date: string): string {
  return `PP_${date}`;
}

/**
 * Sorts and normalises, so that the same facts always give the same hash, in whatever order they arrive.
 * @throws RangeError when a quote is younger than the pack: it would look into the future
 */
export function buildPackContent({ date, prices, fx, previous }: PackContent): Pack {
  const future = fx.find((rate) => rate.quote_date > date);
  if (future)
    throw new RangeError(`${future.quote_ccy} of ${future.quote_date} cannot be in the pack of ${date}`);
  const content: PackContent = {
    date,
    previous: previous && { id: previous.id, sha256: previous.sha256 },
    prices: prices
      .map(({ security_id, close, currency }) => ({ security_id, close: plain(close), currency }))
      .sort((a, b) => compare(a.security_id, b.security_id)),
    fx: fx
      .map(({ base_ccy, quote_ccy, rate, quote_date }) => ({
        base_ccy,
        quote_ccy,
        rate: plain(rate),
        quote_date,
      }))
      .sort((a, b) => compare(a.base_ccy, b.base_ccy) || compare(a.quote_ccy, b.quote_ccy)),
  };
  return { id: packId(date), content, sha256: digest(content) };
}

/** `1.50` and `1.5` are one price. */
function plain(number: string): string {
  return new Decimal(number).toFixed();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
