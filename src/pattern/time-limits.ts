/** How long things may take, beside what a step says of itself. */
import type { Patience, Plan } from './plan';

const day = 86_400_000;

/** For all steps of a plan together. */
export const executionTimeoutMs: Record<Patience, number> = { interactive: 120_000, background: 7 * day };
/** For one step with all its attempts; an interactive one has what is left of the plan's time. */
export const backgroundStepMs = day;
/** For one undo with all its attempts. */
export const undoTimeMs = 300_000;

/** What Temporal gives a run: the steps' time, time to undo where there may be something to undo, and a minute to store how it ended. */
export function runTimeoutMs(plan: Plan): number {
  const isWrite = plan.steps.some(({ effect }) => effect === 'write');
  return plan.executionTimeoutMs + (isWrite ? 3 * undoTimeMs : 0) + 60_000;
}
