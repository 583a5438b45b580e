/** A year's gains by term, before and after wash sales, and what other lot methods make of the same sales. */
import { Decimal, decimalText } from './decimal';
import type { ReasonCodes } from './holdings';
import { type RealisedSale, totalGains } from './realised-totals';
import { total } from './tax-losses';

export interface YearGains {
  short_term_gain_base: string | null;
  long_term_gain_base: string | null;
  gain_base: string | null;
  reasons: ReasonCodes;
}

export interface YearWashes {
  wash_sales: readonly { term: string; disallowed_base: string }[];
  released: readonly { term: string; released_base: string }[];
}

export interface TermRow {
  term: 'short' | 'long' | 'total';
  gain_base: string | null;
  disallowed_base: string | null;
  released_base: string | null;
  net_gain_base: string | null;
  reasons: ReasonCodes;
}

/** @param washes `null`: nobody asked for them (`NOT_ASKED`) */
export function rowsByTerm(gains: YearGains, washes: YearWashes | null): TermRow[] {
  const fields = {
    short: 'short_term_gain_base',
    long: 'long_term_gain_base',
    total: 'gain_base',
  } as const;
  return (['short', 'long', 'total'] as const).map((term) => {
    const gain_base = gains[fields[term]];
    const ofTerm = (row: { term: string }): boolean => term === 'total' || row.term === term;
    const disallowed = washes?.wash_sales.filter(ofTerm).map((row) => row.disallowed_base);
    const released = washes?.released.filter(ofTerm).map((row) => row.released_base);
    const noGain = gain_base === null ? (gains.reasons[fields[term]] ?? 'MISSING_INPUT') : undefined;
    const noWash = washes === null ? 'NOT_ASKED' : undefined;
    const noNet = noGain ?? noWash;
    const [added = null, back = null] = [disallowed && total(disallowed), released && total(released)];
    return {
      term,
      gain_base,
      disallowed_base: added,
      released_base: back,
      net_gain_base:
        gain_base === null || added === null || back === null
          ? null
          : decimalText(new Decimal(gain_base).plus(added).minus(back)),
      reasons: {
        ...(noGain !== undefined && { gain_base: noGain }),
        ...(noWash !== undefined && { disallowed_base: noWash, released_base: noWash }),
        ...(noNet !== undefined && { net_gain_base: noNet }),
      },
    };
  });
}

/** Of one set of sales, before wash sales. A sale whose lots are not known leaves no sum. */
export function gainsOfYear(sales: readonly RealisedSale[], longTermDays: number): YearGains {
  const { total: sums } = totalGains(sales, longTermDays);
  const { gain_base, short_term_gain_base, long_term_gain_base, reasons } = sums;
  const unknown = sales.find(({ realised }) => realised.gain_base === null && realised.lots.length === 0);
  const code = unknown?.realised.reasons['gain_base'];
  if (code !== undefined)
    return {
      ...{ short_term_gain_base: null, long_term_gain_base: null, gain_base: null },
      reasons: { short_term_gain_base: code, long_term_gain_base: code, gain_base: code },
    };
  const text = (amount: Decimal | null): string | null => amount && decimalText(amount);
  const amounts = {
    short_term_gain_base: text(short_term_gain_base),
    long_term_gain_base: text(long_term_gain_base),
    gain_base: text(gain_base),
  };
  return { ...amounts, reasons: Object.fromEntries(Object.entries(reasons).filter(([f]) => f in amounts)) };
}
