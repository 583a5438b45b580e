/** Puts losses worth taking in order: the most tax put off first, of equal ones the smaller sale. */
import { Decimal } from './decimal';
import type { Benefit } from './tax-benefit';
import { total } from './tax-losses';

const summed = [
  'value_base',
  'loss_base',
  'disallowed_base',
  'allowed_base',
  'tax_deferred_base',
  'later_tax_base',
  'lasting_benefit_base',
] as const;

type Shown = Omit<Benefit, 'excluded'>;

export interface RankedBenefits {
  opportunities: (Shown & { rank: number; deferred_per_value: number | null; share: number | null })[];
  excluded: (Shown & { reason: NonNullable<Benefit['excluded']> })[];
  /** Of the opportunities. */
  totals: Record<(typeof summed)[number], string> & { opportunities: number };
}

export function rankBenefits(benefits: readonly Benefit[]): RankedBenefits {
  const taken = benefits.filter(({ excluded }) => excluded === null).sort(compare);
  const totals = Object.fromEntries(
    summed.map((field) => [field, total(taken.map((benefit) => benefit[field]))]),
  ) as Record<(typeof summed)[number], string>;
  const all = new Decimal(totals.tax_deferred_base);
  return {
    opportunities: taken.map(({ excluded: _, ...benefit }, index) => {
      const { tax_deferred_base, value_base } = benefit;
      return {
        rank: index + 1,
        ...benefit,
        deferred_per_value: ratio(tax_deferred_base, new Decimal(value_base)),
        share: ratio(tax_deferred_base, all),
      };
    }),
    excluded: benefits.flatMap(({ excluded, ...benefit }) =>
      excluded === null ? [] : [{ ...benefit, reason: excluded }],
    ),
    totals: { opportunities: taken.length, ...totals },
  };
}

function compare(a: Benefit, b: Benefit): number {
  return (
    new Decimal(b.tax_deferred_base).comparedTo(a.tax_deferred_base) ||
    new Decimal(a.value_base).comparedTo(b.value_base) ||
    (a.symbol < b.symbol ? -1 : 1)
  );
}

function ratio(part: string, whole: Decimal): number | null {
  return whole.isZero() ? null : new Decimal(part).div(whole).toNumber();
}
