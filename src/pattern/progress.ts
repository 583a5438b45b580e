/** How far a run is: its steps as they stand, in the order of the pattern. */
import type { StepProgress } from '../contract/progress';
import type { StepTrace } from '../contract/trace';
import { linesOf, toStepTrace } from './lines';
import type { Plan } from './plan';
import type { StepRun } from './run/step-run';

/** The steps that began so far. */
export function progressOf(plan: Plan, runs: ReadonlyMap<string, StepRun>): StepProgress[] {
  return linesOf(plan.steps, runs).flatMap((line) =>
    line.run ? [{ ...progressOfLine(toStepTrace(line)), status: line.run.status }] : [],
  );
}

/** A line of the trace, as it is told while a run goes on. */
export function progressOfLine(line: StepTrace): StepProgress {
  const { path, as, kind, capability, status, duration_ms, attempts, cache } = line;
  return { path, as, kind, capability, status, duration_ms, attempts, cache };
}
