/** Applies a pricing pack: quantity × close × rate, position by position, with the reason where one has no value. */
import { Decimal, decimalText, roundMoney, sum } from './decimal';
import { majorUnit, type RateLookup } from './fx';
import type { Holding, ReasonCodes } from './holdings';

export interface Price {
  security_id: string;
  close: string;
  currency: string;
}

export interface ValuedHolding extends Holding {
  price: string | null;
  price_date: string | null;
  rate_base_per_local: string | null;
  rate_date: string | null;
  rate_age_days: number | null;
  value_local: string | null;
  value: string | null;
  unrealised_gain: string | null;
  weight: number | null;
}

export interface Valuation {
  positions: ValuedHolding[];
  /** Of the unrounded values, rounded once; `null` when any position has none. */
  total_value: string | null;
  reasons: ReasonCodes;
}

export interface PackOfDay {
  asof_date: string;
  prices: readonly Price[];
  rates: RateLookup;
}

/**
 * Values holdings in the base currency of `rates`. A missing price or rate leaves that position's value, every weight and
 * the total `null`: `NO_QUOTE`, `BEFORE_FIRST_QUOTE`, `PRICE_CURRENCY_MISMATCH`; `ZERO_TOTAL` where there is nothing to
 * be a fraction of.
 */
export function applyPack(holdings: readonly Holding[], pack: PackOfDay): Valuation {
  const prices = new Map(pack.prices.map((price) => [price.security_id, price]));
  const valued = holdings.map((holding) => valueHolding(holding, prices, pack));
  const code = valued.map(({ position }) => position.reasons['value']).find((reason) => reason !== undefined);
  if (code !== undefined) {
    return {
      positions: valued.map(({ position }) => withoutWeight(position, code)),
      total_value: null,
      reasons: { total_value: code },
    };
  }
  const total = sum(valued.map(({ value }) => value));
  return {
    positions: valued.map(({ position, value }) =>
      total.isZero()
        ? withoutWeight(position, 'ZERO_TOTAL')
        : { ...position, weight: value.div(total).toNumber() },
    ),
    total_value: decimalText(roundMoney(total)),
    reasons: {},
  };
}

function withoutWeight(position: ValuedHolding, code: string): ValuedHolding {
  return { ...position, weight: null, reasons: { ...position.reasons, weight: code } };
}

/** The position as it is published, and its value before rounding (0 where it has none). */
function valueHolding(
  holding: Holding,
  prices: ReadonlyMap<string, Price>,
  pack: PackOfDay,
): { position: ValuedHolding; value: Decimal } {
  const price = priceOf(holding, prices);
  const rate = pack.rates(holding.currency);
  const localValue = 'close' in price ? new Decimal(holding.quantity).times(price.close) : null;
  const value = localValue && 'rate' in rate ? localValue.times(rate.rate) : null;
  const gain = value && holding.cost_base !== null ? value.minus(holding.cost_base) : null;
  const position = {
    ...holding,
    price: 'close' in price ? decimalText(price.close) : null,
    price_date: 'close' in price ? pack.asof_date : null,
    rate_base_per_local: 'rate' in rate ? decimalText(rate.rate) : null,
    rate_date: 'rate' in rate ? rate.rate_date : null,
    rate_age_days: 'rate' in rate ? rate.rate_age_days : null,
    value_local: localValue && decimalText(localValue),
    value: value && decimalText(roundMoney(value)),
    unrealised_gain: gain && decimalText(roundMoney(gain)),
    weight: null,
    reasons: { ...holding.reasons, ...reasonsFor(holding, price, rate) },
  };
  return { position, value: value ?? new Decimal(0) };
}

/** The close in the holding's currency: a share quoted in pence is worth pounds. Cash is worth itself. */
function priceOf(
  holding: Holding,
  prices: ReadonlyMap<string, Price>,
): { close: Decimal } | { reason: string } {
  if (holding.security_id === null) return { close: new Decimal(1) };
  const price = prices.get(holding.security_id);
  if (!price) return { reason: 'NO_QUOTE' };
  const quoted = majorUnit(price.currency);
  const held = majorUnit(holding.currency);
  if (quoted.major !== held.major) return { reason: 'PRICE_CURRENCY_MISMATCH' };
  return { close: new Decimal(price.close).times(held.perMajor).div(quoted.perMajor) };
}

function reasonsFor(
  holding: Holding,
  price: { close: Decimal } | { reason: string },
  rate: ReturnType<RateLookup>,
): ReasonCodes {
  const reasons: ReasonCodes = {};
  if ('reason' in rate) {
    for (const field of ['rate_base_per_local', 'rate_date', 'rate_age_days']) reasons[field] = rate.reason;
    reasons['value'] = rate.reason;
  }
  if ('reason' in price) {
    for (const field of ['price', 'price_date', 'value_local', 'value']) reasons[field] = price.reason;
  }
  const gainReason = reasons['value'] ?? holding.reasons['cost_base'];
  if (gainReason !== undefined) reasons['unrealised_gain'] = gainReason;
  return reasons;
}
