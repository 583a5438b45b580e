/**
 * What returns do above and below a minimum acceptable return (MAR), over all n observations (Bacon, "Practical portfolio
 * performance measurement"; PerformanceAnalytics with method "full"). Takes the differences d = r − MAR, fractions per period.
 */
import { mean, total } from './moments';

export interface PartialMoments {
  /** √(mean of min(d, 0)²), per period. */
  downside: number;
  /** √(mean of max(d, 0)²). */
  upside_risk: number;
  /** Mean of max(−d, 0): positive. */
  downside_potential: number;
  /** Mean of max(d, 0). */
  upside_potential: number;
  /** Share of observations below MAR. */
  downside_frequency: number;
  upside_frequency: number;
  /** Σ of what lies above over Σ of what lies below; infinite where nothing does. */
  omega: number;
}

/** @param differences at least one */
export function partialMoments(differences: readonly number[]): PartialMoments {
  const below = differences.map((d) => Math.max(-d, 0));
  const above = differences.map((d) => Math.max(d, 0));
  const share = (sizes: readonly number[]): number =>
    sizes.reduce((count, d) => (d > 0 ? count + 1 : count), 0) / sizes.length;
  const rootMeanSquare = (sizes: readonly number[]): number => Math.sqrt(mean(sizes.map((d) => d * d)));
  return {
    downside: rootMeanSquare(below),
    upside_risk: rootMeanSquare(above),
    downside_potential: mean(below),
    upside_potential: mean(above),
    downside_frequency: share(below),
    upside_frequency: share(above),
    omega: total(above) / total(below),
  };
}
