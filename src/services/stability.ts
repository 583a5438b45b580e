/** How straight the path of wealth is. */
import type { Figures } from './figures';
import { coMoment, isConstant } from './moments';

/**
 * R² of the cumulated log return regressed on time (empyrical `stability_of_timeseries`), 0 to 1.
 * A wealth that stays the same has no deviation to explain; after a total loss there is no log return: `ZERO_START`.
 */
export function stability(returns: readonly number[], figure: Figures['figure']): number | null {
  const path: number[] = [];
  let sum = 0;
  for (const value of returns) path.push((sum += Math.log1p(value)));
  const times = path.map((_, i) => i);
  const code =
    path.length < 2
      ? 'TOO_FEW_OBSERVATIONS'
      : returns.some((value) => value <= -1)
        ? 'ZERO_START'
        : isConstant(path)
          ? 'ZERO_DEVIATION'
          : undefined;
  return figure('stability', code, () => {
    const shared = coMoment(times, path);
    return Math.min(1, (shared / coMoment(times, times)) * (shared / coMoment(path, path)));
  });
}
