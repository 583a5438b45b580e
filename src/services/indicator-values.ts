/** The values of an indicator, made of those of its series. */
import type { IndicatorUnit } from '../contract/macro-names';
import type { IndicatorDefinition } from './indicator-definitions';
import { byPeriodOf, inPercent, type KnownSeries, periodOf, type PeriodValue } from './macro-observations';

export interface IndicatorValue {
  period_end: string;
  /** The day from which all that it is made of was known. */
  known_on: string;
  value: number;
  unit: IndicatorUnit;
}

/**
 * In the order of periods. A period for which something is missing has no value: nothing is carried forward.
 * Growth needs a value above 0 a year before.
 * @throws EngineError DATA_MISSING when a series is in a unit that the rule cannot take
 */
export function indicatorValues(
  { rule, series, frequency }: IndicatorDefinition,
  known: KnownSeries,
): IndicatorValue[] {
  const [firstId = '', secondId = ''] = series;
  const first = byPeriodOf(known.get(firstId) ?? [], frequency);
  const second = byPeriodOf(known.get(secondId) ?? [], frequency);
  const aYearBefore = (values: ReadonlyMap<string, PeriodValue>, now: PeriodValue): PeriodValue | undefined =>
    values.get(periodOf(now.period_end, frequency, 1));
  return [...first.values()].flatMap((now): IndicatorValue[] => {
    const before = aYearBefore(first, now);
    const other = second.get(periodOf(now.period_end, frequency));
    switch (rule) {
      case 'level':
        return [made(now.value, now.unit as IndicatorUnit, now)];
      case 'share':
        return [made(inPercent(firstId, now) / 100, 'fraction', now)];
      case 'growth':
        return growth(now, before).map((value) => made(value, 'fraction', now, before));
      case 'change':
        return before
          ? [made(inPercent(firstId, now) - inPercent(firstId, before), 'percentage_points', now, before)]
          : [];
      case 'difference':
        return other
          ? [made(inPercent(firstId, now) - inPercent(secondId, other), 'percentage_points', now, other)]
          : [];
      case 'real_rate': {
        const base = other && aYearBefore(second, other);
        return growth(other, base).map((inflation) =>
          made(inPercent(firstId, now) - 100 * inflation, 'percent', now, other, base),
        );
      }
    }
  });
}

/** On the year, a fraction; none where it has no meaning. */
function growth(now: PeriodValue | undefined, before: PeriodValue | undefined): number[] {
  return now && before && before.value > 0 ? [now.value / before.value - 1] : [];
}

function made(
  value: number,
  unit: IndicatorUnit,
  of: PeriodValue,
  ...others: (PeriodValue | undefined)[]
): IndicatorValue {
  const known_on = others.reduce((day, one) => (one && one.known_on > day ? one.known_on : day), of.known_on);
  return { period_end: of.period_end, known_on, value, unit };
}
