/**
 * Four cycles of an economy as data: what speaks for each phase. The figures are judgements, so they have a version and
 * stand in every result beside what they made of it.
 */
import type { CycleName, IndicatorId, PhaseOf } from '../contract/macro-names';

/** Weights of z-scores: one below 0 speaks for the phase when the indicator is low. */
export type Weights = Readonly<Partial<Record<IndicatorId, number>>>;
/** Ranges of values, bounds included. */
export type Ranges = Readonly<Partial<Record<IndicatorId, readonly [low: number, high: number]>>>;

export interface PhaseDefinition {
  label: string;
  weights?: Weights;
  ranges?: Ranges;
}

export type CycleDefinition<C extends CycleName = CycleName> = Readonly<Record<PhaseOf<C>, PhaseDefinition>>;

export const cyclesVersion = '1';
/** Of all weights, how much has to rest on indicators that are there: for a phase to be scored, and for one to be named. */
export const cycleCoverageLimit = 0.6;

export const cycleLabels: Readonly<Record<CycleName, string>> = {
  short_term: 'Short-term debt cycle',
  long_term: 'Long-term debt cycle',
  empire: 'Rise and decline',
  civil: 'Internal order',
};

export const cycles: { readonly [C in CycleName]: CycleDefinition<C> } = {
  short_term: {
    EARLY_RECOVERY: weighted('Early recovery', {
      ...{ T10Y2Y: 2.5, UNRATE_CHANGE: 1.5, INDPRO_GROWTH: 1, CREDIT_GROWTH: 0.5 },
    }),
    MID_EXPANSION: weighted('Mid expansion', {
      ...{ GDP_GROWTH: 2, PAYEMS_GROWTH: 1.5, CREDIT_GROWTH: 1, T10Y2Y: 1 },
    }),
    LATE_EXPANSION: weighted('Late expansion, boom', {
      ...{ CPI_GROWTH: 2, T10Y2Y: -2, CREDIT_GROWTH: 1.5, UNRATE: -1 },
    }),
    EARLY_RECESSION: weighted('Early recession', {
      ...{ T10Y2Y: -2.5, GDP_GROWTH: -1.5, INDPRO_GROWTH: -1, CREDIT_GROWTH: -0.5 },
    }),
    DEEP_RECESSION: weighted('Deep recession', {
      ...{ UNRATE_CHANGE: 2.5, GDP_GROWTH: -2, CREDIT_GROWTH: -2, PAYEMS_GROWTH: -1.5 },
    }),
  },
  long_term: {
    REFLATION: weighted('Reflation', { MONEY_GROWTH: 2, REAL_RATE: -1.5, CREDIT_GROWTH: 1 }),
    EXPANSION: weighted('Expansion', { DEBT_GDP: 1.5, GDP_GROWTH: 2, PRODUCTIVITY_GROWTH: 1 }),
    BUBBLE: weighted('Bubble', { DEBT_GDP: 2.5, ASSET_PRICE_GROWTH: 2, CREDIT_GROWTH: 2 }),
    TOP: weighted('Top', { DEBT_SERVICE: 2.5, REAL_RATE: 2, GDP_GROWTH: -1 }),
    DEBT_CRISIS: weighted('Debt crisis', { DEFAULT_RATE: 2.5, BAA10Y: 2, ASSET_PRICE_GROWTH: -2 }),
    DEPRESSION: weighted('Depression', { GDP_GROWTH: -2.5, UNRATE: 2.5, DEBT_GDP: -1.5 }),
    DELEVERAGING: weighted('Deleveraging', { DEBT_GDP: -2.5, REAL_RATE: 2, GDP_GROWTH: -1 }),
  },
  empire: {
    RISE: weighted('Rise', { EDUCATION: 2, INNOVATION: 2, MILITARY_SHARE: 1.5, RESERVE_SHARE: 1 }),
    PEAK: weighted('Peak', { RESERVE_SHARE: 2.5, MILITARY_SHARE: 2, WORLD_GDP_SHARE: 2, INNOVATION: 1 }),
    DECLINE: weighted('Decline', { DEBT_GDP: 2, RESERVE_SHARE: -2, EDUCATION: -1.5, GINI: 1.5 }),
    COLLAPSE: weighted('Collapse', {
      ...{ CONFLICT: 2.5, RESERVE_SHARE: -2.5, MILITARY_SHARE: -2, WORLD_GDP_SHARE: -2 },
    }),
  },
  civil: {
    HARMONY: within('Harmony', [0, 0.3], [0.7, 1], [0, 0.3]),
    RISING_TENSIONS: within('Rising tensions', [0.3, 0.38], [0.5, 0.7], [0.3, 0.45]),
    POLARISATION: within('Polarisation', [0.38, 0.42], [0.35, 0.5], [0.45, 0.65]),
    CRISIS: within('Crisis', [0.42, 0.48], [0.2, 0.35], [0.65, 0.8]),
    CONFLICT: within('Conflict or revolution', [0.48, 1], [0, 0.2], [0.8, 1]),
  },
};

/** All that a cycle's phases speak of. */
export function cycleIndicators(cycle: CycleName): IndicatorId[] {
  const phases = Object.values<PhaseDefinition>(cycles[cycle]);
  const ids = phases.flatMap(({ weights, ranges }) => Object.keys(weights ?? ranges ?? {}));
  return [...new Set(ids)] as IndicatorId[];
}

function weighted(label: string, weights: Weights): PhaseDefinition {
  return { label, weights };
}

type Range = readonly [number, number];

function within(label: string, GINI: Range, TRUST: Range, POLARISATION: Range): PhaseDefinition {
  return { label, ranges: { GINI, TRUST, POLARISATION } };
}
