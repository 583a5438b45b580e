/** What an indicator says on a day: its latest value, how old it is, and how far it is from what was usual. */
import type { IndicatorId, IndicatorUnit } from '../contract/macro-names';
import { daysBetween } from './dates';
import type { ReasonCodes } from './holdings';
import { ageLimits, indicators, zWindows } from './indicator-definitions';
import { indicatorValues } from './indicator-values';
import { type KnownSeries, periodOf } from './macro-observations';
import { zScore } from './regime';

export interface IndicatorReading {
  id: IndicatorId;
  name: string;
  value: number | null;
  unit: IndicatorUnit | null;
  period_end: string | null;
  known_on: string | null;
  /** Calendar days from the end of the period. */
  age_days: number | null;
  /** By mean and sample deviation of the values in the window, the latest among them. */
  z_score: number | null;
  /** Values in the window. */
  observations: number;
  reasons: ReasonCodes;
}

/** Rates are in percent, and growth is made of a ratio near 1. */
const sizeOfInputs = 100;

/** A value past its age limit is not available: STALE, with the period and age it has. */
export function readIndicator(id: IndicatorId, known: KnownSeries, day: string): IndicatorReading {
  const definition = indicators[id];
  const values = indicatorValues(definition, known);
  const last = values.at(-1);
  const head = { id, name: definition.name };
  if (!last) {
    const fields = ['value', 'unit', 'period_end', 'known_on', 'age_days', 'z_score'] as const;
    return {
      ...head,
      ...{ value: null, unit: null, period_end: null, known_on: null, age_days: null, z_score: null },
      observations: 0,
      reasons: Object.fromEntries(fields.map((field) => [field, 'MISSING_INPUT'])),
    };
  }
  const { period_end, known_on, unit } = last;
  const { years, least } = zWindows[definition.frequency];
  const after = periodOf(period_end, definition.frequency, years);
  const window = values
    .filter((one) => periodOf(one.period_end, definition.frequency) > after)
    .map(({ value }) => value);
  const age_days = daysBetween(period_end, day);
  const dated = { ...head, unit, period_end, known_on, age_days, observations: window.length };
  if (age_days > ageLimits[definition.frequency])
    return { ...dated, value: null, z_score: null, reasons: { value: 'STALE', z_score: 'STALE' } };
  const scored = zScore(window, { least, scale: sizeOfInputs });
  return 'z' in scored
    ? { ...dated, value: last.value, z_score: scored.z, reasons: {} }
    : { ...dated, value: last.value, z_score: null, reasons: { z_score: scored.reason } };
}
