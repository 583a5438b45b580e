/** What open lots would gain if they were sold now, lot by lot and added up. */
import type { TaxTerm } from '../contract/tax-names';
import { addDays, daysBetween } from './dates';
import { Decimal, decimalText, ratePlaces, roundMoney, sum } from './decimal';
import type { RateLookup } from './fx';
import { grouped } from './grouped';
import type { ReasonCodes } from './holdings';
import { costOfOpen, type OpenTaxLot } from './tax-replay';
import type { Price } from './valuation';

export interface DayPrices {
  asof_date: string;
  prices: readonly Price[];
  rates: RateLookup;
}

/** A lot as it is published; see metrics.unrealized_pl. */
export interface UnrealisedLot {
  security_id: string;
  symbol: string;
  lot_id: string;
  acquired_on: string;
  holding_days: number;
  term: TaxTerm;
  long_term_on: string;
  quantity: string;
  cost_base: string | null;
  value_base: string | null;
  gain_base: string | null;
  reasons: ReasonCodes;
}

interface Quoted {
  price: string | null;
  price_currency: string | null;
  rate_base_per_local: string | null;
  unit: Decimal | { reason: string };
}

export interface UnrealisedGains {
  lots: UnrealisedLot[];
  securities: (Omit<Quoted, 'unit'> & Sums & { security_id: string; symbol: string; quantity: string })[];
  totals: Sums & { lots: number };
}

/** Sums of nothing are 0; a sum is not available where a part of it is not. Longer than `longTermDays` is long term. */
export function unrealisedGains(
  open: readonly OpenTaxLot[],
  day: DayPrices,
  longTermDays: number,
): UnrealisedGains {
  const prices = new Map(day.prices.map((price) => [price.security_id, price]));
  const bySecurity = [...grouped(open, ({ security_id }) => security_id)]
    .map(([security_id, own]) => ({ security_id, symbol: own[0]?.symbol ?? '', own }))
    .sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  const found = bySecurity.map(({ security_id, symbol, own }) => {
    const { unit, ...quote } = quoteOf(prices.get(security_id), day.rates);
    const lots = own.map((lot) => unrealisedLot(lot, unit, day.asof_date, longTermDays));
    const quantity = decimalText(sum(own.map((lot) => lot.quantity)));
    const missing = Object.entries(quote).filter(([, value]) => value === null);
    const why = 'reason' in unit ? unit.reason : 'NO_QUOTE';
    const { reasons, ...sums } = sumsOf(lots);
    const all = { ...Object.fromEntries(missing.map(([field]) => [field, why])), ...reasons };
    return { lots, security: { security_id, symbol, quantity, ...quote, ...sums, reasons: all } };
  });
  const lots = found.flatMap((one) => one.lots);
  return {
    lots,
    securities: found.map(({ security }) => security),
    totals: { lots: lots.length, ...sumsOf(lots) },
  };
}

function quoteOf(price: Price | undefined, rates: RateLookup): Quoted {
  if (!price) return { ...noQuote, unit: { reason: 'NO_QUOTE' } };
  const found = rates(price.currency);
  const quote = { price: decimalText(new Decimal(price.close)), price_currency: price.currency };
  if ('reason' in found) return { ...quote, rate_base_per_local: null, unit: { reason: found.reason } };
  const rate_base_per_local = decimalText(found.rate.toDecimalPlaces(ratePlaces));
  return { ...quote, rate_base_per_local, unit: new Decimal(price.close).times(found.rate) };
}
const noQuote = { price: null, price_currency: null, rate_base_per_local: null };

function unrealisedLot(
  lot: OpenTaxLot,
  unit: Quoted['unit'],
  asof_date: string,
  longTermDays: number,
): UnrealisedLot {
  const { security_id, symbol, lot_id, acquired_on, quantity } = lot;
  const cost = costOfOpen(lot);
  const value = 'reason' in unit ? null : roundMoney(quantity.times(unit));
  const gain = cost && value && value.minus(cost);
  const holding_days = daysBetween(acquired_on, asof_date);
  const noValue = 'reason' in unit ? unit.reason : undefined;
  const noGain = noValue ?? (cost ? undefined : 'NO_QUOTE');
  return {
    ...{ security_id, symbol, lot_id, acquired_on, holding_days },
    term: holding_days > longTermDays ? 'long' : 'short',
    long_term_on: addDays(acquired_on, longTermDays + 1),
    quantity: decimalText(quantity),
    cost_base: cost && decimalText(cost),
    value_base: value && decimalText(value),
    gain_base: gain && decimalText(gain),
    reasons: {
      ...(!cost && { cost_base: 'NO_QUOTE' }),
      ...(noValue !== undefined && { value_base: noValue }),
      ...(noGain !== undefined && { gain_base: noGain }),
    },
  };
}

const sumFields = {
  cost_base: 'cost_base',
  value_base: 'value_base',
  gain_base: 'gain_base',
  short_term_gain_base: 'gain_base',
  long_term_gain_base: 'gain_base',
  losses_base: 'gain_base',
} as const;

type Sums = Record<keyof typeof sumFields, string | null> & { reasons: ReasonCodes };

function sumsOf(lots: readonly UnrealisedLot[]): Sums {
  const reasons: ReasonCodes = {};
  const isPart = (field: string, { term, gain_base }: UnrealisedLot): boolean => {
    if (field === 'short_term_gain_base') return term === 'short';
    if (field === 'long_term_gain_base') return term === 'long';
    return field !== 'losses_base' || gain_base === null || gain_base.startsWith('-');
  };
  const amounts = Object.entries(sumFields).map(([field, of]) => {
    const parts = lots.filter((lot) => isPart(field, lot));
    const lacking = parts.find((lot) => lot[of] === null);
    if (!lacking) return [field, decimalText(sum(parts.map((lot) => new Decimal(lot[of] as string))))];
    reasons[field] = lacking.reasons[of] ?? 'NO_QUOTE';
    return [field, null];
  });
  return { ...(Object.fromEntries(amounts) as Omit<Sums, 'reasons'>), reasons };
}
