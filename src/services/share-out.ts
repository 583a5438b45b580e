/** Splits an amount of money so that nothing is lost. */
import { Decimal, roundMoney, sum } from './decimal';

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
