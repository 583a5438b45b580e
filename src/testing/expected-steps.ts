/** The steps that a test expects: their statuses and attempts, and which ended before, or ran beside, which. */
import type { StepTrace } from '../contract/trace';
import type { PlannedStep } from '../pattern/plan';
import { nearest } from '../pattern/nearest';
import type { Expectation } from '../pattern/tests-schema';
import { innerSteps } from '../pattern/lines';
import type { Observed } from './expectations';
import type { Mishap } from './result';

export function compareSteps({ steps = {}, attempts = {} }: Expectation, observed: Observed): Mishap[] {
  const compare = (
    kind: 'steps' | 'attempts',
    path: string,
    expected: unknown,
    of: (step: StepTrace) => unknown,
  ): Mishap[] => {
    const at = `expect.${kind}.${path}`;
    const step = stepAt(path, observed);
    if (typeof step === 'string') return [{ at, message: step }];
    const received = of(step);
    return received === expected ? [] : [{ at, message: whyOf(step), expected, received }];
  };
  return [
    ...Object.entries(steps).flatMap(([path, status]) =>
      compare('steps', path, status, (step) => step.status),
    ),
    ...Object.entries(attempts).flatMap(([path, count]) =>
      compare('attempts', path, count, (step) => step.attempts),
    ),
  ];
}

export function compareOrder({ order = [] }: Expectation, observed: Observed): Mishap[] {
  const { began, ended } = observed.recorder;
  return comparePairs('order', order, observed, (a, b) =>
    (ended(a) ?? Infinity) < (began(b) ?? -Infinity) ? null : `"${b}" started before "${a}" had ended`,
  );
}

export function compareOverlap({ overlap = [] }: Expectation, observed: Observed): Mishap[] {
  const { began, ended } = observed.recorder;
  const isBefore = (a: string, b: string): boolean => (ended(a) ?? Infinity) < (began(b) ?? -Infinity);
  return comparePairs('overlap', overlap, observed, (a, b) => {
    if (isBefore(a, b)) return `"${a}" had ended before "${b}" started`;
    return isBefore(b, a) ? `"${b}" had ended before "${a}" started` : null;
  });
}

function comparePairs(
  kind: 'order' | 'overlap',
  pairs: readonly string[][],
  observed: Observed,
  wrong: (a: string, b: string) => string | null,
): Mishap[] {
  return pairs.flatMap(([a = '', b = ''], i) => {
    const at = `expect.${kind}.${String(i)}`;
    for (const path of [a, b]) {
      const step = stepAt(path, observed);
      if (typeof step === 'string') return [{ at, message: step }];
      if (step.status === 'not_run') return [{ at, message: `"${path}" did not run` }];
    }
    const message = wrong(a, b);
    return message === null ? [] : [{ at, message }];
  });
}

/** The step's line of the trace, or that there is none. */
function stepAt(path: string, { steps, plan }: Observed): StepTrace | string {
  const found = steps.find((step) => step.path === path);
  if (found) return found;
  const handler = handlerNamed(path, steps, plan.steps);
  if (handler) return handler;
  const guess = nearest(path, steps.map((step) => step.path)); // prettier-ignore
  return `there is no step at "${path}"${guess === null ? '' : ` (did you mean ${guess}?)`}`;
}

/** A handler that was not needed has no line in the trace, but it is there to be named. */
function handlerNamed(
  path: string,
  steps: readonly StepTrace[],
  planned: readonly PlannedStep[],
): StepTrace | null {
  const at = path.lastIndexOf(':');
  const line = at < 0 ? undefined : steps.find((step) => step.path === path.slice(0, at));
  const label = path.slice(at + 1);
  if (!line || !hasHandler(planned, line.as, label)) return null;
  return { ...line, path, status: 'not_run', attempts: 0 };
}

function hasHandler(planned: readonly PlannedStep[], as: string, label: string): boolean {
  return planned.some(
    (step) =>
      (step.as === as && step.handlers.some((handler) => 'step' in handler.use && handler.label === label)) ||
      hasHandler(innerSteps(step), as, label),
  );
}

/** What the trace says beside the status. */
function whyOf({ status, error, reason, attempts }: StepTrace): string {
  const times = attempts > 1 ? ` after ${String(attempts)} attempts` : '';
  if (error) return `it is ${status}${times}: ${error.code}, ${error.message}`;
  return reason === undefined ? `it is ${status}${times}` : `it is ${status}: ${reason}`;
}
