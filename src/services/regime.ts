/**
 * The macro regime by z-scores: each regime's score is 100 Σ w·2^(−distance to its range) / Σ w, its probability its
 * share of all scores (`proportional`) or softmax of scores/10 (`softmax`). The highest score names the regime; of
 * equal ones the first. An indicator that is missing withholds the regime.
 */
import type { ProbabilityMethod } from '../contract/decision-names';
import type { ReasonCodes } from './holdings';
import { isConstant, largest } from './moments';
import type { RegimeRule, RegimeRules } from './regime-rules';

export interface Regime {
  regime: string | null;
  scores: Record<string, number> | null;
  probabilities: Record<string, number> | null;
  /** Which rule spoke, in words. */
  rule: string | null;
  reasons: ReasonCodes;
}

export type ZScores = Readonly<Record<string, number | null>>;

/**
 * z of a series' last value by mean and sample deviation (n − 1) of its last `window` values; `null`: a gap.
 * @param scale size of the numbers that the values were computed from: what rounding leaves of such is no deviation
 */
export function zScore(
  series: readonly (number | null)[],
  { window, least, scale = 0 }: { window?: number | undefined; least: number; scale?: number },
): { z: number } | { reason: string } {
  const values = series.filter((value) => value !== null).slice(window === undefined ? 0 : -window);
  const n = values.length;
  if (n < least || n < 2) return { reason: 'TOO_FEW_OBSERVATIONS' };
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  if (isConstant(values, Math.max(scale, largest(values))) || !(variance > 0))
    return { reason: 'ZERO_DEVIATION' };
  return { z: ((values[n - 1] as number) - mean) / Math.sqrt(variance) };
}

export function regimeOf(zScores: ZScores, rules: RegimeRules, method: ProbabilityMethod): Regime {
  const names = new Set(Object.values(rules).flatMap((list) => list.map(({ indicator }) => indicator)));
  if (Object.keys(rules).length === 0 || [...names].some((name) => !isKnown(zScores[name])))
    return withheld('MISSING_INPUT');
  const scores = Object.entries(rules).map(([name, list]) => [name, scoreOf(list, zScores)] as const);
  const [regime] = scores.reduce((best, one) => (one[1] > best[1] ? one : best));
  return {
    regime,
    scores: Object.fromEntries(scores),
    probabilities: probabilitiesOf(scores, method),
    rule: `${regime}: ${(rules[regime] as readonly RegimeRule[]).map(inWords).join('; ')}`,
    reasons: {},
  };
}

export function withheld(reason: string): Regime {
  return {
    regime: null,
    scores: null,
    probabilities: null,
    rule: null,
    reasons: { regime: reason, scores: reason, probabilities: reason, rule: reason },
  };
}

function scoreOf(list: readonly RegimeRule[], zScores: ZScores): number {
  const all = list.reduce((sum, { weight }) => sum + weight, 0);
  const earned = list.reduce((sum, { indicator, low, high, weight }) => {
    const z = zScores[indicator] as number;
    const distance = Math.max(0, (low ?? -Infinity) - z, z - (high ?? Infinity));
    return sum + weight * 2 ** -distance;
  }, 0);
  return (100 * earned) / all;
}

function probabilitiesOf(
  scores: readonly (readonly [string, number])[],
  method: ProbabilityMethod,
): Record<string, number> {
  const most = Math.max(...scores.map(([, score]) => score));
  const parts = scores.map(([, score]) => (method === 'softmax' ? Math.exp((score - most) / 10) : score));
  const total = parts.reduce((sum, part) => sum + part, 0);
  return Object.fromEntries(
    scores.map(([name], i) => [name, total > 0 ? (parts[i] as number) / total : 1 / scores.length]),
  );
}

function inWords({ indicator, low, high, weight }: RegimeRule): string {
  const least = low === undefined ? '' : `${String(low)} ≤ `;
  const most = high === undefined ? '' : ` ≤ ${String(high)}`;
  return `${least}${indicator}${most} (weight ${String(weight)})`;
}

function isKnown(value: number | null | undefined): boolean {
  return value !== undefined && value !== null;
}
