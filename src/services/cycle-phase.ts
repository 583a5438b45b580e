/**
 * How much speaks for a phase of a cycle. By weights: Σ w·z / Σ |w|, a mean of z-scores in which a weight below 0 counts the
 * opposite. By ranges: the mean of max(0, 1 − 5·distance of the value to its range). What is not available is left out.
 */
import type { IndicatorId } from '../contract/macro-names';
import type { PhaseDefinition } from './cycle-definitions';
import type { IndicatorReading } from './indicator-reading';

export interface Driver {
  indicator: IndicatorId;
  /** Of a range: 1. */
  weight: number;
  z_score: number | null;
  value: number | null;
  /** Its part of the score; the parts add up. */
  contribution: number;
}

export interface PhaseScore {
  /** `null`: nothing of it is available. */
  score: number | null;
  /** Part of the weight that is available. */
  coverage: number;
  /** The strongest first. */
  drivers: Driver[];
}

/** How fast a value outside its range stops counting: it is at 0 a fifth away. */
const steepness = 5;

export function scorePhase(
  { weights, ranges }: PhaseDefinition,
  readings: ReadonlyMap<string, IndicatorReading>,
): PhaseScore {
  const parts = weights ? weighted(weights, readings) : ranged(ranges ?? {}, readings);
  const all = parts.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
  const known = parts.flatMap((part) => (part.raw === null ? [] : [{ ...part, raw: part.raw }]));
  const sum = known.reduce((total, { weight }) => total + Math.abs(weight), 0);
  if (sum === 0) return { score: null, coverage: 0, drivers: [] };
  const drivers = known
    .map(({ raw, ...part }) => ({ ...part, contribution: raw / sum }))
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  return {
    score: drivers.reduce((total, { contribution }) => total + contribution, 0),
    coverage: sum / all,
    drivers,
  };
}

interface Part extends Omit<Driver, 'contribution'> {
  /** Contribution before it is divided by the weights; `null`: not available. */
  raw: number | null;
}

function weighted(
  weights: NonNullable<PhaseDefinition['weights']>,
  readings: ReadonlyMap<string, IndicatorReading>,
): Part[] {
  return Object.entries(weights).map(([id, weight]) => {
    const { z_score = null, value = null } = readings.get(id) ?? {};
    return { indicator: id as IndicatorId, weight, z_score, value, raw: z_score && weight * z_score };
  });
}

function ranged(
  ranges: NonNullable<PhaseDefinition['ranges']>,
  readings: ReadonlyMap<string, IndicatorReading>,
): Part[] {
  return Object.entries(ranges).map(([id, [low, high]]) => {
    const { z_score = null, value = null } = readings.get(id) ?? {};
    const raw = value === null ? null : Math.max(0, 1 - steepness * Math.max(0, low - value, value - high));
    return { indicator: id as IndicatorId, weight: 1, z_score, value, raw };
  });
}
