/** Value at risk and expected shortfall as returns: losses are negative, one period ahead, at a confidence of e.g. 0.95. */
import type { Figures } from './figures';
import { isConstant, mean, type Shape } from './moments';
import { normalDensity, normalQuantile } from './normal';
import { quantile, type QuantileMethod, whole } from './quantile';

export interface TailRisk {
  value_at_risk: { historical: number | null; gaussian: number | null; cornish_fisher: number | null };
  expected_shortfall: { historical: number | null; gaussian: number | null };
  tail_ratio: number | null;
}

/**
 * Historical: the quantile of the returns at 1 − c; shortfall: the mean of the returns ≤ it.
 * Gaussian: μ + z·σ, z = Φ⁻¹(1 − c), σ of the population; shortfall μ − σ·φ(z)/(1 − c). Cornish–Fisher (Favre and Galeano
 * 2002, PerformanceAnalytics "modified"): z + (z² − 1)S/6 + (z³ − 3z)K/24 − (2z³ − 5z)S²/36, S and K of the population.
 * Tail ratio: |95 % quantile| / |5 % quantile|, type 7 (empyrical).
 */
export function tailRisk(
  returns: readonly number[],
  shape: Shape,
  { confidence, method, figure }: { confidence: number; method: QuantileMethod; figure: Figures['figure'] },
): TailRisk {
  // Numbers sort themselves by size in an array of doubles, without a function to ask.
  const ascending = [...Float64Array.from(returns).sort()];
  // 1 − 0.95 is 0.05000000000000004.
  const p = Number((1 - confidence).toPrecision(15));
  const few = (least: number): string | undefined =>
    returns.length < least ? 'TOO_FEW_OBSERVATIONS' : undefined;
  const gaussian = gaussianTail(shape, p);
  const historical = figure('value_at_risk.historical', few(1), () => quantile(ascending, p, method));
  const flat = isConstant(returns) ? 'ZERO_DEVIATION' : undefined;
  const low = returns.length === 0 ? 0 : quantile(ascending, 0.05);
  return {
    value_at_risk: {
      historical,
      gaussian: figure('value_at_risk.gaussian', few(2), () => gaussian.value_at_risk),
      cornish_fisher: figure('value_at_risk.cornish_fisher', few(2) ?? flat, () => cornishFisher(shape, p)),
    },
    expected_shortfall: {
      historical: figure('expected_shortfall.historical', few(1), () =>
        mean(ascending.filter((value) => value <= (historical as number))),
      ),
      gaussian: figure('expected_shortfall.gaussian', few(2), () => gaussian.expected_shortfall),
    },
    tail_ratio: figure('tail_ratio', few(1) ?? (low === 0 && 'ZERO_DEVIATION'), () =>
      Math.abs(quantile(ascending, 0.95) / low),
    ),
  };
}

/** Whether fewer than one observation lies in the tail: a historical figure is then the worst one or close to it. */
export function tailIsEmpty(observations: number, confidence: number): boolean {
  return whole(observations * (1 - confidence)) < 1;
}

function gaussianTail(
  { mean: center, deviation }: Shape,
  p: number,
): { value_at_risk: number; expected_shortfall: number } {
  const z = normalQuantile(p);
  // Without deviation every quantile is the mean.
  if (deviation === 0) return { value_at_risk: center, expected_shortfall: center };
  return {
    value_at_risk: center + z * deviation,
    expected_shortfall: center - (deviation * normalDensity(z)) / p,
  };
}

function cornishFisher(
  { mean: center, deviation, skewness: s, excess_kurtosis: k }: Shape,
  p: number,
): number {
  const z = normalQuantile(p);
  const adjusted =
    z + ((z ** 2 - 1) * s) / 6 + ((z ** 3 - 3 * z) * k) / 24 - ((2 * z ** 3 - 5 * z) * s ** 2) / 36;
  return center + adjusted * deviation;
}
