/** Names of what is said about the economy: indicators, regimes, phases of cycles. */

/** Mostly those of FRED's series; src/services/indicator-definitions.ts says what each is. */
export const indicatorIds = [
  'GS10', 'GS2', 'TB3MS', 'T10Y2Y', 'BAA10Y', 'REAL_RATE', 'UNRATE', 'UNRATE_CHANGE', 'CPI_GROWTH',
  'INDPRO_GROWTH', 'PAYEMS_GROWTH', 'GDP_GROWTH', 'MONEY_GROWTH', 'CREDIT_GROWTH', 'ASSET_PRICE_GROWTH',
  'PRODUCTIVITY_GROWTH', 'DEBT_GDP', 'DEBT_SERVICE', 'DEFAULT_RATE', 'WORLD_GDP_SHARE', 'RESERVE_SHARE',
  'MILITARY_SHARE', 'EDUCATION', 'INNOVATION', 'CONFLICT', 'GINI', 'TRUST', 'POLARISATION',
] as const; // prettier-ignore

/** `percentage_points`: a difference of two values in percent. */
export const indicatorUnits = ['percent', 'percentage_points', 'fraction', 'level', 'currency'] as const;

export const regimeNames = [
  'EARLY_EXPANSION',
  'MID_EXPANSION',
  'LATE_EXPANSION',
  'EARLY_CONTRACTION',
  'DEEP_CONTRACTION',
] as const;

/** Phases by cycle, in their usual order. */
export const cyclePhases = {
  short_term: ['EARLY_RECOVERY', 'MID_EXPANSION', 'LATE_EXPANSION', 'EARLY_RECESSION', 'DEEP_RECESSION'],
  long_term: [
    'REFLATION', 'EXPANSION', 'BUBBLE', 'TOP', 'DEBT_CRISIS', 'DEPRESSION', 'DELEVERAGING',
  ], // prettier-ignore
  empire: ['RISE', 'PEAK', 'DECLINE', 'COLLAPSE'],
  civil: ['HARMONY', 'RISING_TENSIONS', 'POLARISATION', 'CRISIS', 'CONFLICT'],
} as const;

export type IndicatorId = (typeof indicatorIds)[number];
export type IndicatorUnit = (typeof indicatorUnits)[number];
export type RegimeName = (typeof regimeNames)[number];
export type CycleName = keyof typeof cyclePhases;
export type PhaseOf<C extends CycleName> = (typeof cyclePhases)[C][number];
export const cycleNames = Object.keys(cyclePhases) as CycleName[];
