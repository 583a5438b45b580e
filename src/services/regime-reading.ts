/**
 * The regime of the economy by the rules of the five phases (regime-rules.ts), from readings of indicators. What is not
 * available is left out of every regime's rules; below the coverage limit no regime is named.
 */
import type { IndicatorId, RegimeName } from '../contract/macro-names';
import type { IndicatorReading } from './indicator-reading';
import { type Regime, regimeOf, withheld } from './regime';
import { fivePhases, type RegimeRule, type RegimeRules } from './regime-rules';

export const regimeRulesVersion = '1';
/** Of all weights in the rules, how much has to rest on indicators that are there. */
export const regimeCoverageLimit = 0.6;

const labels: Readonly<Record<RegimeName, string>> = {
  EARLY_EXPANSION: 'Early expansion',
  MID_EXPANSION: 'Mid expansion',
  LATE_EXPANSION: 'Late expansion',
  EARLY_CONTRACTION: 'Early contraction',
  DEEP_CONTRACTION: 'Deep contraction',
};

/** The rules speak of inflation under the name of the price index. */
const named: Readonly<Record<string, IndicatorId>> = {
  T10Y2Y: 'T10Y2Y',
  UNRATE: 'UNRATE',
  CPIAUCSL: 'CPI_GROWTH',
  BAA10Y: 'BAA10Y',
};
export const regimeInputs: readonly IndicatorId[] = Object.values(named);

export interface RegimeReading extends Omit<Regime, 'regime' | 'probabilities'> {
  regime: RegimeName | null;
  /** In words. */
  label: string | null;
  /** Each regime's part of all scores; no probabilities. */
  shares: Record<string, number> | null;
  runner_up: RegimeName | null;
  /** Score of the regime less that of the runner-up. */
  margin: number | null;
  /** Part of the rules' weight that rests on available indicators. */
  coverage: number;
  /** Indicators without a z-score. */
  missing: IndicatorId[];
}

/** @param readings of `regimeInputs`, others are left alone */
export function readRegime(readings: readonly IndicatorReading[]): RegimeReading {
  const zScores: Record<string, number | null> = {};
  for (const id of regimeInputs) zScores[id] = readings.find((one) => one.id === id)?.z_score ?? null;
  const missing = regimeInputs.filter((id) => zScores[id] === null);
  const isKnown = ({ indicator }: RegimeRule): boolean => zScores[indicator] !== null;
  const rules = Object.entries(fivePhases).map(
    ([regime, list]) =>
      [
        regime,
        list.map((rule) => ({ ...rule, indicator: named[rule.indicator] ?? rule.indicator })),
      ] as const,
  );
  const weightOf = (list: readonly RegimeRule[]): number => list.reduce((sum, { weight }) => sum + weight, 0);
  const all = rules.flatMap(([, list]) => list);
  const coverage = weightOf(all.filter(isKnown)) / weightOf(all);
  const known: RegimeRules = Object.fromEntries(
    rules.map(([regime, list]) => [regime, list.filter(isKnown)]),
  );
  const isEnough = coverage >= regimeCoverageLimit;
  const { probabilities, ...found } = isEnough
    ? regimeOf(zScores, known, 'proportional')
    : withheld('MISSING_INPUT');
  const [first, second] = Object.entries(found.scores ?? {}).sort(([, a], [, b]) => b - a);
  const { probabilities: why, ...reasons } = found.reasons;
  const regime = found.regime as RegimeName | null;
  return {
    ...found,
    regime,
    label: regime && labels[regime],
    shares: probabilities,
    runner_up: (second?.[0] ?? null) as RegimeName | null,
    margin: first && second ? first[1] - second[1] : null,
    coverage,
    missing,
    reasons:
      why === undefined ? reasons : { ...reasons, label: why, shares: why, runner_up: why, margin: why },
  };
}
