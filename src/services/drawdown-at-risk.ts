/** Drawdown at risk and its conditional form, as positive sizes. */
import { total } from './moments';
import { whole, worstCount } from './quantile';

/**
 * DaR: the k-th worst drawdown, k = ⌈n(1 − β)⌉ and at least 1. CDaR: the mean of the worst n(1 − β) observations, the k-th
 * counted with what is left of it (Rockafellar and Uryasev); with β = 1 the worst. So DaR ≤ CDaR ≤ |maximum|.
 * @param falls drawdowns ≤ 0
 */
export function drawdownAtRisk(
  falls: readonly number[],
  beta: number,
): { drawdown_at_risk: number; conditional_drawdown_at_risk: number } {
  const sizes = falls.map((fall) => -fall).sort((a, b) => b - a);
  const share = 1 - beta;
  const k = worstCount(sizes.length, share);
  const kth = sizes[k - 1] as number;
  const mass = whole(sizes.length * share);
  // Measured from the k-th, so that a tail of equal drawdowns has exactly their mean.
  const beyond = mass === 0 ? 0 : total(sizes.slice(0, k - 1).map((size) => size - kth)) / mass;
  return { drawdown_at_risk: kth, conditional_drawdown_at_risk: kth + beyond };
}
