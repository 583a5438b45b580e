/** Annual covariance of daily returns in base, for risks of weights: sample moments × 252. */
import type { HeldAsset } from './asset-returns';
import { coMoment } from './moments';
import { paired } from './paired';

const daysOfYear = 252;
export const leastReturns = 60;

/** Rows in the order of `ids`; days on which one has no return are left out. */
export function annualCovariance(
  assets: readonly HeldAsset[],
  ids: readonly string[],
): { covariance: number[][] } | { reason: string } {
  const series = ids.map((id) => assets.find((asset) => asset.id === id)?.returns);
  if (ids.length === 0) return { reason: 'NO_HOLDINGS' };
  if (series.some((one) => one === undefined)) return { reason: 'TOO_FEW_OBSERVATIONS' };
  const columns = paired(...(series as HeldAsset['returns'][]));
  const n = columns[0]?.length ?? 0;
  if (n < leastReturns) return { reason: 'TOO_FEW_OBSERVATIONS' };
  const factor = daysOfYear / (n - 1);
  return { covariance: columns.map((a) => columns.map((b) => coMoment(a, b) * factor)) };
}
