/** By how much a regime makes a scenario likelier and graver, as data. What is not listed stays as it is. */
import type { RegimeName } from '../contract/macro-names';

/** Raise it with every change of a row. */
export const multipliersVersion = '1';

export interface Multipliers {
  probability: number;
  /** Of every shock. */
  severity: number;
}

const rows: Readonly<Record<RegimeName, Readonly<Record<string, readonly [number, number]>>>> = {
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

export function multipliersOf(regime: RegimeName | null, scenarioId: string): Multipliers {
  const [probability, severity] = (regime === null ? undefined : rows[regime][scenarioId]) ?? [1, 1];
  return { probability, severity };
}
