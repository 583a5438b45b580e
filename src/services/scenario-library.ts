/**
 * The library of scenarios as data. Shocks are those of the factors: rates, inflation and credit in basis points, the others
 * in percent; what is left out is not stated. Probabilities are judgements, not estimates from data.
 */
import type { ScenarioFactor, ScenarioSeverity } from '../contract/scenario-names';

/** Raise it with every change of a row. */
export const libraryVersion = '1';

export type ShockValues = Partial<Record<ScenarioFactor, number>>;

export interface LibraryScenario {
  id: string;
  name: string;
  shocks: ShockValues;
  severity: ScenarioSeverity;
  /** `null`: nobody stated one. */
  probability: number | null;
}

type Row = readonly [
  id: string,
  name: string,
  severity: ScenarioSeverity,
  probability: number | null,
  shocks: ShockValues,
];

/** Rows that state every factor: rates, inflation, credit, usd, equity, commodity, volatility. */
type FullRow = readonly [id: string, name: string, probability: number, shocks: readonly number[]];

const presets: readonly Row[] = [
  ['rates_up', 'Rates up', 'moderate', 0.1, { rates: 100, usd: 2, equity: -5 }],
  ['rates_down', 'Rates down', 'moderate', 0.08, { rates: -100, usd: -2, equity: 8 }],
  ['usd_up', 'US dollar up', 'moderate', 0.12, { usd: 5, equity: -2 }],
  ['usd_down', 'US dollar down', 'moderate', 0.12, { usd: -5, equity: 2 }],
  ['cpi_surprise', 'Inflation surprise', 'high', 0.05, { rates: 50, inflation: 100, credit: 25, equity: -8 }],
  ['credit_spread_widening', 'Spreads widen', 'high', 0.03, { rates: -50, credit: 200, equity: -15 }],
  ['credit_spread_tightening', 'Spreads tighten', 'low', 0.08, { credit: -50, equity: 5 }],
  ['equity_selloff', 'Shares sell off', 'extreme', 0.02, { rates: -75, credit: 100, usd: 3, equity: -20 }],
  ['equity_rally', 'Shares rally', 'low', 0.05, { rates: 25, credit: -25, equity: 15 }],
  ['late_cycle_rates_up', 'Late cycle, rates up', 'moderate', null, { rates: 50, inflation: 40, usd: 5 }],
  [
    'dalio_money_printing',
    'Deleveraging by printing money',
    'moderate',
    0.25,
    { rates: 25, inflation: 150, credit: -50, usd: -12, equity: 5, commodity: 35, volatility: 30 },
  ],
  [
    'dalio_austerity',
    'Deleveraging by austerity',
    'high',
    0.15,
    { rates: -75, inflation: -50, credit: 100, usd: 8, equity: -20, commodity: -15, volatility: 50 },
  ],
  [
    'dalio_default',
    'Deleveraging by defaults',
    'extreme',
    0.05,
    { rates: -150, inflation: -100, credit: 300, usd: 15, equity: -40, commodity: -30, volatility: 100 },
  ],
];

const cyclesAndCrises: readonly FullRow[] = [
  ['beautiful_deleveraging', 'Beautiful deleveraging', 0.4, [-25, 25, -25, 0, 12, 8, 10]],
  ['short_term_debt_crisis', 'Short-term debt crisis', 0.2, [50, -25, 150, 5, -22, -10, 60]],
  ['long_term_debt_crisis', 'Long-term debt crisis', 0.02, [-200, -150, 400, 20, -50, -40, 150]],
  ['empire_early_rise', 'Empire: early rise', 0.1, [-25, 25, -50, -8, 25, 15, -20]],
  ['empire_peak_dominance', 'Empire: peak of dominance', 0.15, [-50, 0, -75, 5, 15, 5, -30]],
  ['empire_late_decline_internal', 'Empire: late decline, within', 0.12, [75, 50, 100, -10, -12, 8, 70]],
  ['empire_decline_external', 'Empire: decline, from outside', 0.18, [50, 100, 75, -5, -8, 20, 50]],
  ['reserve_currency_loss', 'Loss of the reserve currency', 0.03, [200, 200, 250, -40, -30, 50, 120]],
  ['empire_transition', 'Empire: transition', 0.08, [0, 75, 125, -15, 0, 25, 80]],
  ['fed_severely_adverse', 'Federal Reserve: severely adverse', 0.05, [-150, -50, 300, 10, -50, -35, 150]],
  ['fed_adverse', 'Federal Reserve: adverse', 0.15, [-75, -25, 150, 5, -25, -15, 60]],
  ['flash_crash', 'Flash crash', 0.08, [-50, 0, 200, 8, -15, -10, 200]],
  ['stagflation_1970s', 'Stagflation as in the 1970s', 0.1, [300, 400, 150, 0, -10, 60, 50]],
  ['em_contagion', 'Contagion of emerging markets', 0.12, [-100, -25, 200, 15, -15, -20, 80]],
  ['china_hard_landing', 'Hard landing of China', 0.08, [-125, -75, 250, 12, -25, -40, 100]],
  ['cyber_systemic', 'Systemic cyber attack', 0.03, [0, 0, 300, 5, -25, 15, 200]],
  ['climate_tipping', 'Climate tipping point', 0.1, [50, 150, 100, -5, -12, 40, 70]],
  ['crash_1987', 'Crash as in 1987', 0.05, [-25, 0, 75, 3, -23, -5, 150]],
  ['volmageddon', 'Collapse of short volatility', 0.05, [-50, 0, 100, 5, -12, -5, 300]],
];

export const scenarioLibrary: readonly LibraryScenario[] = [
  ...presets.map(([id, name, severity, probability, shocks]) => ({
    id,
    name,
    severity,
    probability,
    shocks,
  })),
  ...cyclesAndCrises.map(
    ([id, name, probability, [rates, inflation, credit, usd, equity, commodity, volatility]]) => ({
      id,
      name,
      severity: severityOf(equity as number),
      probability,
      shocks: { rates, inflation, credit, usd, equity, commodity, volatility } as ShockValues,
    }),
  ),
];

/** What a row that names no severity has: by what it does to shares, as the presets do. */
function severityOf(equityPercent: number): ScenarioSeverity {
  if (equityPercent <= -20) return 'extreme';
  if (equityPercent <= -8) return 'high';
  return equityPercent < 5 ? 'moderate' : 'low';
}
