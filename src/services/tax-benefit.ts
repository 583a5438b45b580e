/**
 * How much tax a loss puts off. Taken now, it offsets gains at today's rate; bought back at the same price, the shares cost
 * less by the same amount, so the tax comes due when they are sold. What a wash sale disallows is in the cost of the
 * replacement already and puts off nothing.
 */
import { addDays } from './dates';
import { Decimal, decimalText, roundMoney, sum } from './decimal';
import type { LosingSecurity } from './tax-losses';
import type { WashCheck } from './tax-wash-check';

export interface BenefitOptions {
  asof: string;
  windowDays: number;
  avoidWashSales: boolean;
  /** Fractions: of what short-term and long-term losses offset. */
  shortRate: Decimal;
  longRate: Decimal;
}

export interface Benefit {
  security_id: string;
  symbol: string;
  quantity: string;
  value_base: string;
  loss_base: string;
  disallowed_base: string;
  allowed_base: string;
  short_term_allowed_base: string;
  long_term_allowed_base: string;
  tax_deferred_base: string;
  basis_reduction_base: string;
  later_tax_base: string;
  lasting_benefit_base: string;
  clean_sale_on: string;
  repurchase_clean_on: string;
  excluded: 'WASH_SALE' | 'ALL_DISALLOWED' | 'NOT_KNOWN' | null;
}

/** @param check of the same security; `null`: it is not known */
export function benefitOf(loss: LosingSecurity, check: WashCheck | null, options: BenefitOptions): Benefit {
  const { asof, windowDays, avoidWashSales, shortRate, longRate } = options;
  const tainting = taintingAfter(loss, check);
  const taints = sum(tainting.map(({ shares }) => shares));
  const parts = allowedParts(loss, taints);
  const allowedOf = (term: string): Decimal =>
    sum(parts.filter((part) => part.term === term).map(({ allowed }) => allowed));
  const [short, long] = [allowedOf('short'), allowedOf('long')];
  const allowed = short.plus(long);
  const deferred = roundMoney(short.times(shortRate).plus(long.times(longRate)));
  const later = roundMoney(allowed.times(longRate));
  const last = tainting.at(-1)?.bought_on;
  const excluded =
    avoidWashSales && check === null
      ? 'NOT_KNOWN'
      : avoidWashSales && taints.greaterThan(0)
        ? 'WASH_SALE'
        : allowed.isZero()
          ? 'ALL_DISALLOWED'
          : null;
  const { security_id, symbol, quantity, value_base, loss_base } = loss;
  return {
    ...{ security_id, symbol, quantity, value_base, loss_base },
    disallowed_base: decimalText(new Decimal(loss_base).minus(allowed)),
    allowed_base: decimalText(allowed),
    short_term_allowed_base: decimalText(short),
    long_term_allowed_base: decimalText(long),
    tax_deferred_base: decimalText(deferred),
    basis_reduction_base: decimalText(allowed),
    later_tax_base: decimalText(later),
    lasting_benefit_base: decimalText(deferred.minus(later)),
    clean_sale_on: last === undefined ? asof : addDays(last, windowDays + 1),
    repurchase_clean_on: addDays(asof, windowDays + 1),
    excluded,
  };
}

/** Recent purchases that would still be held after the losing lots are sold: what is sold itself taints nothing. */
function taintingAfter({ lots }: LosingSecurity, check: WashCheck | null) {
  return (check?.recent_purchases ?? []).flatMap(({ bought_on, shares }) => {
    const sold = lots.filter((lot) => lot.acquired_on === bought_on).map((lot) => new Decimal(lot.quantity));
    const left = new Decimal(shares).minus(sum(sold));
    return left.greaterThan(0) ? [{ bought_on, shares: left }] : [];
  });
}

/** The oldest lot's loss is disallowed first. */
function allowedParts({ lots }: LosingSecurity, taints: Decimal) {
  let left = taints;
  return lots.map(({ term, quantity, loss_base }) => {
    const [shares, loss] = [new Decimal(quantity), new Decimal(loss_base)];
    const disallowed = Decimal.min(left, shares);
    left = left.minus(disallowed);
    return { term, allowed: loss.minus(roundMoney(loss.times(disallowed).div(shares))) };
  });
}
