/** By how much a regime makes a scenario likelier and graver, as data. What is not listed stays as it is. */
import type { RegimeName } from '../contract/macro-names';
import { Decimal } from './decimal';
import type { LibraryScenario, ShockValues } from './scenario-library';

/** Raise it with every change of a row. */
export const multipliersVersion = '1';

/** Of the probability, and of every shock. */
type Multipliers = readonly [probability: number, severity: number];

const rows: Readonly<Record<RegimeName, Readonly<Record<string, Multipliers>>>> = {
  EARLY_EXPANSION: {
    rates_up: [0.5, 0.8],
    rates_down: [0.3, 0.5],
    equity_rally: [2, 1.2],
    credit_spread_tightening: [2.5, 1.3],
  },
  MID_EXPANSION: { rates_up: [1.2, 1], equity_rally: [1.3, 1], cpi_surprise: [0.8, 0.9] },
  LATE_EXPANSION: {
    rates_up: [2, 1.3],
    cpi_surprise: [2.5, 1.5],
    equity_selloff: [3, 1.5],
    credit_spread_widening: [2.5, 1.4],
  },
  EARLY_CONTRACTION: {},
  DEEP_CONTRACTION: {
    rates_down: [3, 2],
    equity_selloff: [4, 2],
    credit_spread_widening: [5, 2.5],
    usd_up: [2, 1.5],
  },
};

export interface ScenarioUnderRegime extends LibraryScenario {
  probability_multiplier: number;
  severity_multiplier: number;
}

/** Every shock times the regime's severity, the probability times its own and at most 1. `null`: the library as it stands. */
export function underRegime(scenario: LibraryScenario, regime: RegimeName | null): ScenarioUnderRegime {
  const [likelier, graver] = (regime === null ? undefined : rows[regime][scenario.id]) ?? [1, 1];
  const times = (value: number, by: number): number => new Decimal(value).times(by).toNumber();
  const shocks = Object.entries(scenario.shocks).map(([factor, value]) => [factor, times(value, graver)]);
  return {
    ...scenario,
    shocks: Object.fromEntries(shocks) as ShockValues,
    probability: scenario.probability === null ? null : Math.min(1, times(scenario.probability, likelier)),
    probability_multiplier: likelier,
    severity_multiplier: graver,
  };
}
