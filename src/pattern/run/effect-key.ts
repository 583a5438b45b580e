/** The key of a step's effect: the same for every attempt, after a reset, and when a run continues as new. */
import type { Run } from './run';

export function effectKey(run: Run, path: string): string {
  return `${run.workflowId}/${path}`;
}
