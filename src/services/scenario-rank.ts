/** All scenarios of the library on one portfolio, by probability × loss. */
import type { PhaseOf, RegimeName } from '../contract/macro-names';
import type { ScenarioEffect, ScenarioSeverity } from '../contract/scenario-names';
import { Decimal, decimalText, roundMoney, sum } from './decimal';
import type { ReasonCodes } from './holdings';
import { scenarioLibrary, type ShockValues } from './scenario-library';
import { type ScenarioHolding, type ScenarioOutcome, scenarioOutcome } from './scenario-outcome';
import { conditionOf, isDeleveraging } from './scenario-phases';
import { type ScenarioUnderRegime, underRegime } from './scenario-regimes';

export interface RankedScenario {
  /** 1 for the largest expected loss; `null`: it has none. */
  rank: number | null;
  id: string;
  name: string;
  severity: ScenarioSeverity;
  shocks: ShockValues;
  probability: number | null;
  probability_condition: string | null;
  probability_multiplier: number;
  severity_multiplier: number;
  change: string | null;
  change_fraction: number | null;
  /** Of a gain 0. */
  expected_loss: string | null;
  worst_factor: ScenarioEffect | null;
  reasons: ReasonCodes;
}

export interface Ranking {
  pre_value: string | null;
  scenarios: RankedScenario[];
  hedging_priorities: { factor: ScenarioEffect; expected_loss: string }[];
  reasons: ReasonCodes;
}

/**
 * The regime multiplies each probability (at most 1) and each shock. Equal expected losses stand by their change, then by id.
 * `NO_PROBABILITY`: nobody stated one, or it holds in a deleveraging and the phase is another or not known; the reasons of a
 * change as in scenario-outcome.ts.
 */
export function rankScenarios(
  holdings: readonly ScenarioHolding[],
  baseCurrency: string,
  regime: RegimeName | null,
  phase: PhaseOf<'long_term'> | null = null,
): Ranking {
  const rows = scenarioLibrary.map((scenario) => {
    const { probability, ...then } = underRegime(scenario, regime);
    const holds = conditionOf(scenario.id) === null || isDeleveraging(phase);
    const outcome = scenarioOutcome(holdings, baseCurrency, then.shocks);
    return rowOf({ ...then, probability: holds ? probability : null }, outcome);
  });
  const ranked = rows.filter(({ expected_loss }) => expected_loss !== null).sort(byExpectedLoss);
  ranked.forEach((row, index) => {
    row.rank = index + 1;
  });
  const rest = rows.filter(({ expected_loss }) => expected_loss === null);
  const { pre_value, reasons } = scenarioOutcome(holdings, baseCurrency, {});
  return {
    pre_value,
    scenarios: [...ranked, ...rest],
    hedging_priorities: prioritiesOf(ranked),
    reasons: pre_value === null ? { pre_value: reasons['pre_value'] as string } : {},
  };
}

function rowOf(scenario: ScenarioUnderRegime, outcome: ScenarioOutcome): RankedScenario {
  const { change, change_fraction, factor_contributions } = outcome;
  const { id, name, severity, shocks, probability } = scenario;
  const loss = change === null ? null : Decimal.max(0, new Decimal(change).negated());
  const expected = loss && probability !== null ? roundMoney(loss.times(probability)) : null;
  const worst = factor_contributions.find((part) => new Decimal(part.change).lt(0));
  const why: ReasonCodes = {};
  const { change: noChange, change_fraction: noFraction } = outcome.reasons;
  if (noChange !== undefined) why['change'] = noChange;
  if (noFraction !== undefined) why['change_fraction'] = noFraction;
  if (probability === null) why['probability'] = 'NO_PROBABILITY';
  const noExpected = noChange ?? why['probability'];
  if (noExpected !== undefined) Object.assign(why, { expected_loss: noExpected, rank: noExpected });
  if (!worst) why['worst_factor'] = 'NOT_APPLICABLE';
  return {
    rank: null,
    ...{ id, name, severity, shocks, probability },
    probability_condition: conditionOf(id),
    probability_multiplier: scenario.probability_multiplier,
    severity_multiplier: scenario.severity_multiplier,
    ...{ change, change_fraction },
    expected_loss: expected && decimalText(expected),
    worst_factor: worst?.factor ?? null,
    reasons: why,
  };
}

function byExpectedLoss(a: RankedScenario, b: RankedScenario): number {
  return (
    new Decimal(b.expected_loss as string).cmp(a.expected_loss as string) ||
    new Decimal(a.change as string).cmp(b.change as string) ||
    (a.id < b.id ? -1 : 1)
  );
}

function prioritiesOf(rows: readonly RankedScenario[]): Ranking['hedging_priorities'] {
  const losses = new Map<ScenarioEffect, Decimal[]>();
  for (const { worst_factor, expected_loss } of rows) {
    if (worst_factor === null || expected_loss === null || expected_loss === '0') continue;
    losses.set(worst_factor, [...(losses.get(worst_factor) ?? []), new Decimal(expected_loss)]);
  }
  return [...losses]
    .map(([factor, amounts]) => ({ factor, total: sum(amounts) }))
    .sort((a, b) => b.total.cmp(a.total))
    .map(({ factor, total }) => ({ factor, expected_loss: decimalText(total) }));
}
