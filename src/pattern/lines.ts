/** The lines of a trace: every planned step in the order of the pattern, depth first, items and rounds by number. */
import type { StepTrace } from '../contract/trace';
import type { Callable, PlannedStep } from './plan';
import type { StepRun } from './run/step-run';

export interface Line {
  path: string;
  step: PlannedStep;
  run: StepRun | undefined;
}

type Runs = ReadonlyMap<string, StepRun>;

export function linesOf(steps: readonly PlannedStep[], runs: Runs, prefix = ''): Line[] {
  return steps.flatMap((step) => linesAt(step, `${prefix}${step.as}`, runs));
}

function linesAt(step: PlannedStep, path: string, runs: Runs): Line[] {
  const run = runs.get(path);
  return [{ path, step, run }, ...linesBelow(step, path, run, runs), ...handlerLines(step, path, runs)];
}

function linesBelow(step: PlannedStep, path: string, run: StepRun | undefined, runs: Runs): Line[] {
  switch (step.kind) {
    case 'group':
      return linesOf(step.steps, runs, `${path}.`);
    case 'pattern':
      return linesOf(step.plan.steps, runs, `${path}.`);
    case 'map':
    case 'repeat':
      return Array.from({ length: run?.items ?? 0 }, (_, i) =>
        linesAt(step.do, `${path}.${String(i)}`, runs),
      ).flat();
    default:
      return [];
  }
}

/** A handler that did not run is not shown: it was never meant to. */
function handlerLines(step: PlannedStep, path: string, runs: Runs): Line[] {
  return step.handlers.flatMap(({ use, label }) => {
    const at = `${path}:${label}`;
    return 'step' in use && runs.has(at) ? linesAt(use.step, at, runs) : [];
  });
}

/** Every step of a plan, those inside others and in handlers too. */
export function allSteps(steps: readonly PlannedStep[]): PlannedStep[] {
  return steps.flatMap((step) => [
    step,
    ...allSteps([
      ...innerSteps(step),
      ...step.handlers.flatMap(({ use }) => ('step' in use ? [use.step] : [])),
    ]),
  ]);
}

/** Every capability of a plan with its version, the undos' and the sub-patterns' too. */
export function callablesOf(steps: readonly PlannedStep[]): Callable[] {
  return allSteps(steps).flatMap((step) => {
    const undo = 'compensate' in step && step.compensate !== null ? [step.compensate] : [];
    const own = step.kind === 'capability' ? [step.call] : [];
    return [...own, ...undo];
  });
}

/** The steps directly inside a step, handlers apart. */
export function innerSteps(step: PlannedStep): readonly PlannedStep[] {
  switch (step.kind) {
    case 'group':
      return step.steps;
    case 'pattern':
      return step.plan.steps;
    case 'map':
    case 'repeat':
      return [step.do];
    default:
      return [];
  }
}

/** Arguments longer than this, as JSON, are left out of the trace; their digest stays. */
const shownArgumentBytes = 4096;

export function toStepTrace({ path, step, run }: Line): StepTrace {
  const call = step.kind === 'capability' ? step.call : null;
  return {
    path,
    as: step.as,
    kind: step.kind,
    capability: call?.capability ?? null,
    ...(call && { version: call.capability_version }),
    agent: call?.agent ?? null,
    status: statusOf(run),
    args: run?.args ? shownArguments(run.args) : null,
    args_digest: run?.args_digest ?? null,
    result_digest: run?.result_digest ?? null,
    started_at: run?.started_at == null ? null : new Date(run.started_at).toISOString(),
    duration_ms: run?.started_at == null || run.ended_at === null ? null : run.ended_at - run.started_at,
    attempts: run?.attempts ?? 0,
    cache: run?.meta?.cache ?? 'off',
    source: run?.meta?.source ?? null,
    ...(run?.meta?.asof_date != null && { asof_date: run.meta.asof_date }),
    ...(run?.meta?.source_execution_id != null && { source_execution_id: run.meta.source_execution_id }),
    ...(run?.reason !== undefined && { reason: run.reason }),
    ...(run?.condition && { condition: run.condition }),
    ...(run?.error && { error: run.error }),
    ...(run?.compensation && { compensation: run.compensation }),
  };
}

/** A step that is still running when the trace is made was cut off with its run. */
function statusOf(run: StepRun | undefined): StepTrace['status'] {
  if (!run) return 'not_run';
  return run.status === 'running' ? 'error' : run.status;
}

function shownArguments(args: Record<string, unknown>): unknown {
  const size = JSON.stringify(args).length;
  return size <= shownArgumentBytes ? args : `(${String(size)} bytes; see args_digest)`;
}
