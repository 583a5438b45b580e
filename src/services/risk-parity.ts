/** Weights from risk alone: equal contributions to it, or the inverse of each asset's volatility. Long only. */
import { cholesky, dot, type Matrix, plusDiagonal, quadratic, solveCholesky, times } from './matrix';
import type { Weights } from './optimiser';

const maxRounds = 1000;

/**
 * Equal risk contributions, w_i (Σw)_i the same for all: w ∝ y/σ with y = argmin ½y′Cy − Σ ln y, C the correlations
 * (Spinu 2013, An Algorithm for Computing Risk Parity Weights: damped Newton steps; there is one answer).
 * `SINGULAR` where an asset or a long-only mix of them has no risk at all.
 */
export function riskParity(covariance: Matrix): Weights {
  const deviations = covariance.map((row, i) => Math.sqrt(row[i] as number));
  if (deviations.some((value) => !(value > 0))) return { reason: 'SINGULAR' };
  const correlations = covariance.map((row, i) =>
    row.map((value, j) => value / ((deviations[i] as number) * (deviations[j] as number))),
  );
  const n = covariance.length;
  let y = new Array<number>(n).fill(
    Math.sqrt(n / Math.max(quadratic(correlations, new Array<number>(n).fill(1)), 1e-6)),
  );
  for (let round = 0; round < maxRounds; round += 1) {
    const pull = times(correlations, y);
    if (y.every((value, i) => Math.abs(value * (pull[i] as number) - 1) < 1e-12)) break;
    const gradient = y.map((value, i) => (pull[i] as number) - 1 / value);
    const factor = cholesky(
      plusDiagonal(
        correlations,
        y.map((value) => 1 / (value * value)),
      ),
    );
    if (!factor) return { reason: 'SINGULAR' };
    const step = solveCholesky(factor, gradient);
    const decrement = Math.sqrt(Math.max(0, dot(gradient, step)));
    const damping = decrement > 0.3 ? 1 / (1 + decrement) : 1;
    y = y.map((value, i) => value - damping * (step[i] as number));
    if (y.some((value) => !(value > 0 && value < 1e7))) return { reason: 'SINGULAR' };
  }
  return { weights: toOne(y.map((value, i) => value / (deviations[i] as number))) };
}

/** w_i ∝ 1/σ_i. `SINGULAR` where an asset has no volatility. */
export function inverseVolatility(covariance: Matrix): Weights {
  const variances = covariance.map((row, i) => row[i] as number);
  if (variances.some((value) => !(value > 0))) return { reason: 'SINGULAR' };
  return { weights: toOne(variances.map((value) => 1 / Math.sqrt(value))) };
}

function toOne(values: readonly number[]): number[] {
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => value / total);
}
