/**
 * Realised gains added up: in all, by security, by calendar year, and by how long what was sold had been held. A sum is
 * not available where a part of it is not.
 */
import { Decimal, sum } from './decimal';
import { grouped } from './grouped';
import type { ReasonCodes } from './holdings';
import type { LedgerTransaction } from './ledger-transactions';
import type { Realised, RealisedLot } from './realised-gains';

export interface RealisedSale {
  sale: LedgerTransaction;
  realised: Realised;
}

const summed = [
  'proceeds_base',
  'cost_base',
  'gain_base',
  'fx_gain_base',
  'fee_base',
  'gain_after_fees_base',
] as const;

export interface GainTotals extends Record<(typeof summed)[number], Decimal | null> {
  /** How many sales. */
  sales: number;
  /** Part of the gain on what was held up to so many days, and on what was held longer. */
  short_term_gain_base: Decimal | null;
  long_term_gain_base: Decimal | null;
  /** The first sale that lacks something for each figure. */
  reasons: ReasonCodes;
}

export interface RealisedTotals {
  total: GainTotals;
  /** By symbol. */
  by_security: (GainTotals & { security_id: string; symbol: string; quantity: Decimal })[];
  /** The earliest first. */
  by_year: (GainTotals & { year: number })[];
}

/** Held longer than `longTermDays` calendar days is long term. */
export function totalGains(sales: readonly RealisedSale[], longTermDays: number): RealisedTotals {
  const totals = (some: readonly RealisedSale[]): GainTotals => totalsOf(some, longTermDays);
  const bySecurity = grouped(sales, ({ sale }) => sale.security_id ?? '');
  const byYear = grouped(sales, ({ sale }) => Number(sale.date.slice(0, 4)));
  return {
    total: totals(sales),
    by_security: [...bySecurity]
      .map(([security_id, some]) => ({
        security_id,
        symbol: some[0]?.sale.symbol ?? '',
        quantity: sum(some.map(({ sale }) => sale.quantity ?? new Decimal(0))).negated(),
        ...totals(some),
      }))
      .sort((a, b) => (a.symbol < b.symbol ? -1 : 1)),
    by_year: [...byYear].sort(([a], [b]) => a - b).map(([year, some]) => ({ year, ...totals(some) })),
  };
}

function totalsOf(sales: readonly RealisedSale[], longTermDays: number): GainTotals {
  const reasons: ReasonCodes = {};
  const amounts = Object.fromEntries(
    summed.map((field) => {
      const lacking = sales.find(({ realised }) => realised[field] === null);
      if (!lacking) return [field, sum(sales.map(({ realised }) => realised[field] as Decimal))];
      reasons[field] = lacking.realised.reasons[field] ?? 'MISSING_INPUT';
      return [field, null];
    }),
  ) as Pick<GainTotals, (typeof summed)[number]>;
  const lots = sales.flatMap(({ realised }) => realised.lots);
  const termGain = (field: string, some: readonly RealisedLot[]): Decimal | null => {
    if (some.every(({ gain_base }) => gain_base !== null))
      return sum(some.map(({ gain_base }) => gain_base as Decimal));
    reasons[field] = reasons['gain_base'] ?? 'MISSING_INPUT';
    return null;
  };
  const isLong = ({ holding_days }: RealisedLot): boolean => holding_days > longTermDays;
  return {
    sales: sales.length,
    ...amounts,
    short_term_gain_base: termGain(
      'short_term_gain_base',
      lots.filter((lot) => !isLong(lot)),
    ),
    long_term_gain_base: termGain('long_term_gain_base', lots.filter(isLong)),
    reasons,
  };
}
