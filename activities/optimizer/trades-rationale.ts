/** Which rules a proposed trade comes from. */
import type { Decimal } from '../../src/services/decimal';
import type { LimitRow, Rules } from '../../src/services/policy-rules';
import type { TradableLine } from '../../src/services/trade-universe';

/** Rules that were broken before and that the trade helps to keep, and its target; else the cash it pays or places. */
export function rationaleOf(
  i: number,
  isSale: boolean,
  { limits, targets, hasTargets }: Rules,
  lines: readonly TradableLine[],
  value: Decimal,
): { rule: string; says: string }[] {
  const weights = lines.map(({ quantity, unit }) => quantity.times(unit).div(value).toNumber());
  const helps = ({ a, sense, bound }: LimitRow): boolean => {
    const have = a.reduce((total, part, j) => total + part * (weights[j] as number), 0);
    const isBroken = sense === 'at_most' ? have > bound : have < bound;
    return isBroken && (a[i] as number) > 0 && isSale === (sense === 'at_most');
  };
  const found = limits.filter(({ rows }) => rows.some(helps)).map(({ name, says }) => ({ rule: name, says }));
  const gap = (targets[i] as number) - (weights[i] as number);
  if (hasTargets && (isSale ? gap < 0 : gap > 0)) {
    const pct = ((targets[i] as number) * 100).toFixed(2);
    found.push({ rule: 'target_allocation', says: `wanted at ${pct} %` });
  }
  return found.length > 0
    ? found
    : [{ rule: 'self_financing', says: 'pays for what other rules ask, or keeps them together' }];
}
