/** In which phase of a cycle an economy is: the one that most speaks for, if enough is known to say so. */
import { type CycleName, cyclePhases, type IndicatorId, type PhaseOf } from '../contract/macro-names';
import { cycleCoverageLimit, cycleIndicators, cycles, type PhaseDefinition } from './cycle-definitions';
import { type Driver, scorePhase } from './cycle-phase';
import type { ReasonCodes } from './holdings';
import type { IndicatorReading } from './indicator-reading';

export interface CyclePhase<P> {
  phase: P;
  label: string;
  /** `null` below the coverage limit. */
  score: number | null;
  coverage: number;
  reasons: ReasonCodes;
}

export interface CycleReading<P> {
  phase: P | null;
  label: string | null;
  /** 1 for the first in the usual order. */
  phase_number: number | null;
  score: number | null;
  runner_up: P | null;
  margin: number | null;
  coverage: number;
  missing: IndicatorId[];
  phases: CyclePhase<P>[];
  /** What made the phase's score; of no phase: none. */
  drivers: Driver[];
  reasons: ReasonCodes;
}

/**
 * Withheld with MISSING_INPUT when less of the weights of all phases is available than the limit; with NO_PHASE_FITS when
 * everything that is available speaks against every phase. Of equal scores the first counts.
 */
export function readCycle<C extends CycleName>(
  cycle: C,
  list: readonly IndicatorReading[],
): CycleReading<PhaseOf<C>> {
  const readings = new Map<string, IndicatorReading>(list.map((reading) => [reading.id, reading]));
  const names = cyclePhases[cycle] as readonly PhaseOf<C>[];
  const definitions = cycles[cycle] as Readonly<Record<PhaseOf<C>, PhaseDefinition>>;
  const scored = names.map((phase) => ({ phase, ...scorePhase(definitions[phase], readings) }));
  const coverage = coverageOf(
    names.map((phase) => definitions[phase]),
    scored,
  );
  const phases = scored.map(({ phase, score, coverage: own }): CyclePhase<PhaseOf<C>> => {
    const isEnough = own >= cycleCoverageLimit;
    const { label } = definitions[phase];
    return {
      ...{ phase, label, score: isEnough ? score : null, coverage: own },
      reasons: isEnough ? {} : { score: 'MISSING_INPUT' },
    };
  });
  const isRanged = names.some((phase) => definitions[phase].ranges);
  const missing = cycleIndicators(cycle).filter((id) => {
    const reading = readings.get(id);
    return (isRanged ? reading?.value : reading?.z_score) == null;
  });
  const rest = { coverage, missing, phases };
  if (coverage < cycleCoverageLimit) return { ...withheld('MISSING_INPUT'), ...rest };
  const [best, second] = phases
    .flatMap((one) => (one.score === null ? [] : [{ ...one, score: one.score }]))
    .sort((a, b) => b.score - a.score);
  if (!best) return { ...withheld('MISSING_INPUT'), ...rest };
  if (best.score <= 0) return { ...withheld('NO_PHASE_FITS'), ...rest };
  return {
    phase: best.phase,
    label: best.label,
    phase_number: names.indexOf(best.phase) + 1,
    score: best.score,
    runner_up: second?.phase ?? null,
    margin: second ? best.score - second.score : null,
    ...rest,
    drivers: scored.find(({ phase }) => phase === best.phase)?.drivers ?? [],
    reasons: second ? {} : { runner_up: 'MISSING_INPUT', margin: 'MISSING_INPUT' },
  };
}

/** Over the weights of all phases. */
function coverageOf(
  definitions: readonly PhaseDefinition[],
  scored: readonly { coverage: number }[],
): number {
  const totals = definitions.map(({ weights, ranges }) =>
    Object.values(weights ?? ranges ?? {}).reduce<number>(
      (sum, weight) => sum + (typeof weight === 'number' ? Math.abs(weight) : 1),
      0,
    ),
  );
  const all = totals.reduce((sum, total) => sum + total, 0);
  return totals.reduce((sum, total, at) => sum + total * (scored[at]?.coverage ?? 0), 0) / all;
}

function withheld(
  reason: string,
): Pick<
  CycleReading<never>,
  'phase' | 'label' | 'phase_number' | 'score' | 'runner_up' | 'margin' | 'drivers' | 'reasons'
> {
  const none = { phase: null, label: null, phase_number: null, score: null, runner_up: null, margin: null };
  return {
    ...none,
    drivers: [],
    reasons: Object.fromEntries(Object.keys(none).map((field) => [field, reason])),
  };
}
