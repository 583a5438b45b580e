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

/** A value of a series that became known on the pack's day, in the unit the series is published in. */
export interface PackObservation {
  series_id: string;
  period_end: string;
  value: string;
}

/** A dividend (cash per share, before tax) or a split (new shares for one old) that became known on the pack's day. */
export interface PackAction {
  security_id: string;
  type: 'dividend' | 'split';
  ex_date: string;
  pay_date: string | null;
  /** Of a dividend only. */
  amount: string | null;
  currency: string | null;
  /** Of a split only. */
  ratio: string | null;
}

export interface PackContent {
  date: string;
  /** The pack before this one, by id and hash; `null` for the first. It makes one hash cover the whole history. */
  previous: { id: string; sha256: string } | null;
  prices: PackPrice[];
  fx: PackFxRate[];
  /** Left out where there are none, so that such a pack's hash does not depend on there being the notion. */
  observations?: PackObservation[];
  actions?: PackAction[];
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
 * @throws RangeError when a quote or the period of an observation is younger than the pack: it would look into the future
 */
export function buildPackContent({ date, prices, fx, previous, ...more }: PackContent): Pack {
  const future = fx.find((rate) => rate.quote_date > date);
  if (future)
    throw new RangeError(`${future.quote_ccy} of ${future.quote_date} cannot be in the pack of ${date}`);
  const early = more.observations?.find(({ period_end }) => period_end > date);
  if (early)
    throw new RangeError(
      `${early.series_id} for the period to ${early.period_end} cannot be in the pack of ${date}`,
    );
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
    ...observationsIn(more),
    ...actionsIn(more),
  };
  return { id: packId(date), content, sha256: digest(content) };
}

function observationsIn({
  observations = [],
}: Pick<PackContent, 'observations'>): Pick<PackContent, 'observations'> {
  if (observations.length === 0) return {};
  return {
    observations: observations
      .map(({ series_id, period_end, value }) => ({ series_id, period_end, value: plain(value) }))
      .sort((a, b) => compare(a.series_id, b.series_id) || compare(a.period_end, b.period_end)),
  };
}

function actionsIn({ actions = [] }: Pick<PackContent, 'actions'>): Pick<PackContent, 'actions'> {
  if (actions.length === 0) return {};
  const order = ({ security_id, ex_date, type }: PackAction): string => `${security_id} ${ex_date} ${type}`;
  return {
    actions: actions
      .map(({ security_id, type, ex_date, pay_date, amount, currency, ratio }) => ({
        ...{ security_id, type, ex_date, pay_date, currency },
        amount: amount === null ? null : plain(amount),
        ratio: ratio === null ? null : plain(ratio),
      }))
      .sort((a, b) => compare(order(a), order(b))),
  };
}

/** `1.50` and `1.5` are one price. */
function plain(number: string): string {
  return new Decimal(number).toFixed();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
