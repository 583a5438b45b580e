/** Where two runs of the same steps part: the first step to start that did not do the same. */
import type { StepTrace, Trace } from '../contract/trace';

export interface FirstDifference {
  path: string;
  /** What of the step differs first: it was reached with other arguments, it ended otherwise, or it gave something else. */
  what: 'steps' | 'status' | 'error' | 'args' | 'result';
  left: string | null;
  right: string | null;
}

/**
 * By the order of starts and not of the file: what one step causes in another starts later, wherever it is written. A
 * step counts as different before those inside it only when nothing inside differs. `null` when all steps did the same.
 */
export function firstDifference(left: Trace, right: Trace): FirstDifference | null {
  const others = new Map(right.steps.map((step) => [step.path, step]));
  const differences = left.steps.flatMap((step) => differenceAt(step, others.get(step.path)) ?? []);
  const known = new Set(left.steps.map(({ path }) => path));
  const added = right.steps.find(({ path }) => !known.has(path));
  if (added) differences.push({ path: added.path, what: 'steps', left: null, right: added.status });
  const startedAt = new Map(
    [...right.steps, ...left.steps].map((step) => [step.path, step.started_at ?? '9999']),
  );
  const at = ({ path }: FirstDifference): string => startedAt.get(path) ?? '';
  // What never started is what another step kept from starting. Sorting keeps the file's order among equals.
  const [first] = differences.sort((a, b) => (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : 0));
  if (!first) return null;
  return innermost(first, differences);
}

/** Steps inside stand below their group, so the first of them that differs is what made the group differ. */
function innermost(first: FirstDifference, differences: readonly FirstDifference[]): FirstDifference {
  const inside = differences.find(({ path }) => path.startsWith(`${first.path}.`));
  return inside ? innermost(inside, differences) : first;
}

function differenceAt(left: StepTrace, right: StepTrace | undefined): FirstDifference | null {
  const { path } = left;
  if (!right) return { path, what: 'steps', left: left.status, right: null };
  const pairs: [FirstDifference['what'], string | null, string | null][] = [
    ['args', left.args_digest, right.args_digest],
    ['status', left.status, right.status],
    ['error', left.error?.code ?? null, right.error?.code ?? null],
    ['result', left.result_digest, right.result_digest],
  ];
  const found = pairs.find(([, one, other]) => one !== other);
  return found ? { path, what: found[0], left: found[1], right: found[2] } : null;
}
