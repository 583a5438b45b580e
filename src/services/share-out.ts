/** Splits and rounds amounts of money so that nothing is lost. */
import { Decimal, moneyPlaces, roundMoney, sum } from './decimal';

/** In proportion to `sizes`, rounded to money; the last part takes the rest. Where all sizes are 0 it takes everything. */
export function shareOut(total: Decimal, sizes: readonly Decimal[]): Decimal[] {
  const all = sum(sizes);
  let left = total;
  return sizes.map((size, index) => {
    const isLast = index === sizes.length - 1;
    const part = isLast ? left : all.isZero() ? new Decimal(0) : roundMoney(total.times(size).div(all));
    left = left.minus(part);
    return part;
  });
}

/**
 * Rounds amounts to money so that their sum is the rounded sum: the least units that are missing go where rounding took
 * most away, so an amount that was round already stays.
 */
export function roundTogether(amounts: readonly Decimal[]): Decimal[] {
  const rounded = amounts.map(roundMoney);
  const lost = roundMoney(sum(amounts)).minus(sum(rounded));
  if (lost.isZero()) return rounded;
  const unit = new Decimal(10).pow(-moneyPlaces).times(lost.isNegative() ? -1 : 1);
  const rest = (index: number): Decimal =>
    (amounts[index] as Decimal).minus(rounded[index] as Decimal).times(unit);
  const order = amounts.map((_, index) => index).sort((a, b) => rest(b).comparedTo(rest(a)));
  for (const index of order.slice(0, lost.div(unit).toNumber()))
    rounded[index] = (rounded[index] as Decimal).plus(unit);
  return rounded;
}
