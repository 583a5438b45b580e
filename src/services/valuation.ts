/** Applies a pricing pack: quantity × close × rate, position by position, with the reason where one has no value. */
import { Decimal, decimalText, roundMoney, sum } from './decimal';
import { type Derivation, majorUnit, type RateLookup } from './fx';
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
  rate_derivation: Derivation | null;
  /** The quote of the rate is older than is taken for fresh. */
  stale: boolean | null;
  value_local: string | null;
  value: string | null;
  unrealised_gain: string | null;
  weight: number | null;
}

export interface Valuation {
  positions: ValuedHolding[];
  /** Of the unrounded values, rounded once; `null` when any position has none. */
  total_value: string | null;
  /** Of those that have a value. */
  total_of_valued: string;
  /** What the others lack. */
  missing: MissingQuote[];
  /** Symbols of the positions whose rate is old. */
  stale: string[];
  reasons: ReasonCodes;
}

export interface MissingQuote {
  symbol: string;
  security_id: string | null;
  currency: string;
  quote: 'price' | 'rate';
  reason: string;
}

export interface PackOfDay {
  asof_date: string;
  prices: readonly Price[];
  rates: RateLookup;
  /** A rate older than these days is marked stale; left out: `freshDays`. */
  stale_after_days?: number | undefined;
}

/**
 * The longest the ECB is silent while shares are traded: from Maundy Thursday to Easter Monday. A rate that is older than
 * these calendar days is stale.
 */
export const freshDays = 4;

/**
 * Values holdings in the base currency of `rates`, each by the currency its price is in. A missing price or rate leaves that
 * position's value, every weight and the total `null`: `NO_QUOTE`, `BEFORE_FIRST_QUOTE`; `ZERO_TOTAL` where there is nothing
 * to be a fraction of. `PRICE_CURRENCY_MISMATCH`: shares that were bought in another currency than they are quoted in have a
 * value, but no price in theirs.
 */
export function applyPack(holdings: readonly Holding[], pack: PackOfDay): Valuation {
  const prices = new Map(pack.prices.map((price) => [price.security_id, price]));
  const valued = holdings.map((holding) => valueHolding(holding, prices, pack));
  const total = sum(valued.map(({ value }) => value));
  const shared = {
    total_of_valued: decimalText(roundMoney(total)),
    missing: valued.flatMap(({ position }) => missingQuotes(position)),
    stale: valued.filter(({ position }) => position.stale === true).map(({ position }) => position.symbol),
  };
  const code = valued.map(({ position }) => position.reasons['value']).find((reason) => reason !== undefined);
  if (code !== undefined) {
    const positions = valued.map(({ position }) => withoutWeight(position, code));
    return { positions, total_value: null, ...shared, reasons: { total_value: code } };
  }
  const positions = valued.map(({ position, value }) =>
    total.isZero()
      ? withoutWeight(position, 'ZERO_TOTAL')
      : { ...position, weight: value.div(total).toNumber() },
  );
  return { positions, total_value: shared.total_of_valued, ...shared, reasons: {} };
}

/** What a position without a value lacks; the rate is that of its own currency, or of the one its price is in. */
function missingQuotes({ symbol, security_id, currency, value, reasons }: ValuedHolding): MissingQuote[] {
  if (value !== null) return [];
  const price = reasons['price'] === mismatch ? undefined : reasons['price'];
  const rate = reasons['rate_base_per_local'] ?? (price === undefined ? reasons['value'] : undefined);
  return Object.entries({ price, rate }).flatMap(([quote, reason]) =>
    reason === undefined
      ? []
      : [{ symbol, security_id, currency, quote: quote as MissingQuote['quote'], reason }],
  );
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
  const close = 'reason' in price ? null : price.local;
  const rate = pack.rates(holding.currency);
  const quoted = 'reason' in price ? price : pack.rates(price.currency);
  const localValue = close && new Decimal(holding.quantity).times(close);
  const value =
    'reason' in price || 'reason' in quoted
      ? null
      : new Decimal(holding.quantity).times(price.close).times(quoted.rate);
  const gain = value && holding.cost_base !== null ? value.minus(holding.cost_base) : null;
  const position = {
    ...holding,
    price: close && decimalText(close),
    price_date: close && pack.asof_date,
    rate_base_per_local: 'rate' in rate ? decimalText(rate.rate) : null,
    rate_date: 'rate' in rate ? rate.rate_date : null,
    rate_age_days: 'rate' in rate ? rate.rate_age_days : null,
    rate_derivation: 'rate' in rate ? rate.derivation : null,
    stale: 'rate' in rate ? rate.rate_age_days > (pack.stale_after_days ?? freshDays) : null,
    value_local: localValue && decimalText(localValue),
    value: value && decimalText(roundMoney(value)),
    unrealised_gain: gain && decimalText(roundMoney(gain)),
    weight: null,
    reasons: { ...holding.reasons, ...reasonsFor(holding, price, rate, quoted) },
  };
  return { position, value: value ?? new Decimal(0) };
}

interface QuotedPrice {
  /** In `currency`, which is no minor unit. */
  close: Decimal;
  currency: string;
  /** In the holding's currency: a share quoted in pence is worth pounds; `null`: it is quoted in quite another one. */
  local: Decimal | null;
}

/** Cash is worth itself. */
function priceOf(holding: Holding, prices: ReadonlyMap<string, Price>): QuotedPrice | { reason: string } {
  const held = majorUnit(holding.currency);
  if (holding.security_id === null) {
    return { close: new Decimal(1).div(held.perMajor), currency: held.major, local: new Decimal(1) };
  }
  const price = prices.get(holding.security_id);
  if (!price) return { reason: 'NO_QUOTE' };
  const quoted = majorUnit(price.currency);
  return {
    close: new Decimal(price.close).div(quoted.perMajor),
    currency: quoted.major,
    local:
      quoted.major === held.major ? new Decimal(price.close).times(held.perMajor).div(quoted.perMajor) : null,
  };
}

function reasonsFor(
  holding: Holding,
  price: QuotedPrice | { reason: string },
  rate: ReturnType<RateLookup>,
  quoted: ReturnType<RateLookup> | { reason: string },
): ReasonCodes {
  const reasons: ReasonCodes = {};
  if ('reason' in rate) for (const field of ofRate) reasons[field] = rate.reason;
  const unpriced = 'reason' in price ? price.reason : price.local ? undefined : mismatch;
  if (unpriced !== undefined)
    for (const field of ['price', 'price_date', 'value_local']) reasons[field] = unpriced;
  if ('reason' in quoted) reasons['value'] = quoted.reason;
  const gainReason = reasons['value'] ?? holding.reasons['cost_base'];
  if (gainReason !== undefined) reasons['unrealised_gain'] = gainReason;
  return reasons;
}
const ofRate = ['rate_base_per_local', 'rate_date', 'rate_age_days', 'rate_derivation', 'stale'];
const mismatch = 'PRICE_CURRENCY_MISMATCH';
