/**
 * Recession rules on series of one value per period. They are signals, not the NBER's dates: each may come late or
 * falsely, so each stands under its own name.
 * - technical recession: real GDP fell in each of the last n periods.
 * - Sahm (2019): the average of the last a periods' unemployment is at least x points above the lowest such average of
 *   the lookback before the current period.
 */
import { EngineError } from '../contract/errors';
import { Decimal, type Numeric, sum } from './decimal';
import type { ReasonCodes } from './holdings';

export interface Dated {
  /** First day of the period. */
  date: string;
  value: Numeric;
}

/** From the first period in which the rule holds to the first in which it no longer does; `null` while it does. */
export interface Spell {
  on: string;
  off: string | null;
}

export interface SahmThresholds {
  points: Numeric;
  lookback: number;
  average: number;
}

export interface RecessionThresholds {
  negative_quarters: number;
  sahm_points: number;
  sahm_lookback: number;
  sahm_average: number;
}

export interface RecessionAnswer {
  /** `null`: the rule's series was not given, or is too short for the rule to be tried once. */
  rules: { technical_recession: Spell[] | null; sahm: Spell[] | null };
  thresholds: RecessionThresholds;
  reasons: ReasonCodes;
}

/** @throws EngineError ARGS_INVALID */
export function recessionRules(
  realGdp: readonly Dated[] | undefined,
  unemployment: readonly Dated[] | undefined,
  thresholds: RecessionThresholds,
): RecessionAnswer {
  const {
    negative_quarters,
    sahm_points: points,
    sahm_lookback: lookback,
    sahm_average: average,
  } = thresholds;
  const technical = lack(realGdp, negative_quarters + 1);
  const sahm = lack(unemployment, lookback + average);
  return {
    rules: {
      technical_recession: technical ? null : technicalRecessions(realGdp ?? [], negative_quarters),
      sahm: sahm ? null : sahmRecessions(unemployment ?? [], { points, lookback, average }),
    },
    thresholds,
    reasons: {
      ...(technical ? { 'rules.technical_recession': technical } : {}),
      ...(sahm ? { 'rules.sahm': sahm } : {}),
    },
  };
}

function lack(series: readonly Dated[] | undefined, least: number): string | undefined {
  if (series === undefined) return 'MISSING_INPUT';
  return series.length < least ? 'TOO_FEW_OBSERVATIONS' : undefined;
}

export function technicalRecessions(realGdp: readonly Dated[], negativePeriods: number): Spell[] {
  const rows = inOrder(realGdp, '/real_gdp');
  let falling = 0;
  const holds = rows.map(({ value }, i) => {
    const before = rows[i - 1];
    falling = before && new Decimal(value).lt(before.value) ? falling + 1 : 0;
    return falling >= negativePeriods;
  });
  return spells(rows, holds);
}

export function sahmRecessions(
  unemployment: readonly Dated[],
  { points, lookback, average }: SahmThresholds,
): Spell[] {
  const rows = inOrder(unemployment, '/unemployment');
  const values = rows.map(({ value }) => new Decimal(value));
  // Sums in place of averages, so that no division can hide a difference of exactly the threshold.
  const sums = values.map((_, i) => (i + 1 < average ? null : sum(values.slice(i + 1 - average, i + 1))));
  const least = new Decimal(points).times(average);
  const lows = lowsBefore(sums, lookback);
  const holds = sums.map((value, i) => {
    const low = lows[i];
    return value !== null && low !== null && low !== undefined && value.minus(low).gte(least);
  });
  return spells(rows, holds);
}

/** The lowest of the `lookback` values before each place; `null` where there are fewer. Each value enters a queue once. */
function lowsBefore(values: readonly (Decimal | null)[], lookback: number): (Decimal | null)[] {
  const queue: { at: number; value: Decimal }[] = [];
  let head = 0;
  const first = values.findIndex((value) => value !== null);
  return values.map((value, i) => {
    while (head < queue.length && (queue[head]?.at as number) < i - lookback) head += 1;
    const low = first >= 0 && i - first >= lookback ? (queue[head]?.value ?? null) : null;
    if (value !== null) {
      while (queue.length > head && queue[queue.length - 1]?.value.gte(value)) queue.pop();
      queue.push({ at: i, value });
    }
    return low;
  });
}

function spells(rows: readonly Dated[], holds: readonly boolean[]): Spell[] {
  const found: Spell[] = [];
  holds.forEach((isOn, i) => {
    const date = rows[i]?.date as string;
    const last = found[found.length - 1];
    if (isOn && !holds[i - 1]) found.push({ on: date, off: null });
    else if (!isOn && holds[i - 1] && last) last.off = date;
  });
  return found;
}

function inOrder(series: readonly Dated[], pointer: string): Dated[] {
  const rows = [...series].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const twice = rows.find(({ date }, i) => date === rows[i - 1]?.date);
  if (twice)
    throw new EngineError(
      'ARGS_INVALID',
      `${pointer}: ${twice.date} is there twice; give each period one value.`,
      {
        pointer,
      },
    );
  return rows;
}
