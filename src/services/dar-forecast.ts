/** Drawdown at risk over the coming days, from daily returns, and how the same figure would have done in the past. */
import { sha256Hex } from '../canonical';
import { deepestFall, drawFalls, meanBlockOf } from './dar-bootstrap';
import { randomNumbers } from './dar-random';
import { drawdownAtRisk } from './drawdown-at-risk';
import { mean } from './moments';

export interface DarOptions {
  confidence: number;
  horizon_days: number;
  /** Stretches every logarithmic return. */
  multiplier: number;
  /** Whatever the figure is to be reproducible from. */
  seed_text: string;
}

export interface DarForecast {
  drawdown_at_risk: number;
  conditional_drawdown_at_risk: number;
  median_drawdown: number;
}

export interface Calibration {
  windows: number;
  exceeded: number;
  hit_rate: number | null;
  expected_rate: number;
  mean_absolute_deviation: number | null;
}

/** Fewer days say little of a tail. */
export const leastDays = 252;
export const pathCount = 5_000;
/** Of each forecast of the past; there are many of them. */
export const calibrationPaths = 1_000;

/**
 * All three are positive sizes. The drawdown at risk is the ⌈n(1 − confidence)⌉-th deepest fall of n paths, the conditional one
 * the mean of the deepest n(1 − confidence).
 * @param runs logarithmic daily returns as in dar-bootstrap.ts, at least one day
 */
export function forecastDrawdown(
  runs: readonly (readonly number[])[],
  { confidence, horizon_days, multiplier, seed_text }: DarOptions,
  count = pathCount,
): DarForecast {
  const stretched = multiplier === 1 ? runs : runs.map((run) => run.map((r) => r * multiplier));
  const days = stretched.reduce((total, run) => total + run.length, 0);
  const paths = { count, days: horizon_days, mean_block: meanBlockOf(days) };
  const falls = drawFalls(stretched, paths, randomNumbers(sha256Hex(seed_text)));
  // Numbers in a typed array are sorted as such, and the quantile finds them in order.
  const sorted = [...falls.sort()];
  const middle = sorted[Math.floor(sorted.length / 2)] as number;
  // −0 is 0 for everybody else.
  const { drawdown_at_risk, conditional_drawdown_at_risk } = drawdownAtRisk(sorted, confidence);
  return {
    drawdown_at_risk: drawdown_at_risk + 0,
    conditional_drawdown_at_risk: conditional_drawdown_at_risk + 0,
    median_drawdown: -middle + 0,
  };
}

/**
 * Stretches of the horizon that do not overlap, each forecast from the days before it alone, where these are enough. A good
 * figure is exceeded in a share 1 − confidence of them. Without any stretch the shares are `null`.
 * @param returns logarithmic daily returns in order of time
 */
export function calibrate(returns: readonly number[], options: DarOptions): Calibration {
  const { horizon_days, confidence } = options;
  const deviations: number[] = [];
  let exceeded = 0;
  for (let start = leastDays; start + horizon_days <= returns.length; start += horizon_days) {
    const forecast = forecastDrawdown(
      [returns.slice(0, start)],
      { ...options, multiplier: 1 },
      calibrationPaths,
    );
    const fall = -deepestFall(returns.slice(start, start + horizon_days));
    if (fall > forecast.drawdown_at_risk) exceeded += 1;
    deviations.push(Math.abs(fall - forecast.median_drawdown));
  }
  const windows = deviations.length;
  return {
    windows,
    exceeded,
    hit_rate: windows === 0 ? null : exceeded / windows,
    expected_rate: Number((1 - confidence).toFixed(12)),
    mean_absolute_deviation: windows === 0 ? null : mean(deviations),
  };
}
