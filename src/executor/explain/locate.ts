/** Which capability call a figure of the result came out of, and where in that call's answer it stands. */
import { EngineError } from '../../contract/errors';
import type { StepTrace, Trace } from '../../contract/trace';
import { type Level, originsOf, type Origin, trailsOf } from '../../pattern/lineage-level';
import { feedsOf, isSameStep, type StepAt } from '../../pattern/lineage-step';
import type { Plan } from '../../pattern/plan';
import { expressionsOf } from '../../pattern/planned-uses';
import { valueAt } from './field-path';

export interface Located {
  /** The line of the trace; of a step that is no capability where several things made the figure. */
  line: StepTrace;
  /** Below the step's own result. */
  path: string[];
  /** The step's whole result, where the output holds it; `undefined`: it took only a part. */
  whole: unknown;
  /** Of a step that computes: the pattern's own expression. */
  expression: string | null;
}

/** A pattern nests no deeper. */
const deepest = 64;

/** `null`: no step gave it; it is a literal of the pattern, an input or of the context. @throws EngineError LINEAGE_UNAVAILABLE */
export function locate(
  { plan, trace, data }: { plan: Plan; trace: Trace; data: Readonly<Record<string, unknown>> },
  segments: readonly string[],
): Located | null {
  const found = stepOf(plan, trace, segments);
  if (found === null) return null;
  const { line, path, expression } = found;
  const above = segments.slice(0, segments.length - path.length);
  const owner = above.length === 0 ? null : stepOf(plan, trace, above);
  const isWhole = owner !== null && owner.line.path === line.path && owner.path.length === 0;
  return { line, path, expression, whole: isWhole ? valueAt(data, above) : undefined };
}

function stepOf(plan: Plan, trace: Trace, segments: readonly string[]): Omit<Located, 'whole'> | null {
  const [name = '', ...rest] = segments;
  const root: Level = { steps: plan.steps, prefix: '', parent: null, locals: {}, call: null };
  const trails = trailsOf(plan.outputs[name], rest, 'outputs', `outputs.${name}`);
  let at = onlyStep(trails.flatMap((trail) => originsOf(trail, root)));
  if (at === null) return null;
  for (let depth = 0; depth < deepest; depth += 1) {
    const line = lineOf(plan, trace, at);
    const here = { line, path: at.rest, expression: expressionOf(at) };
    if (at.step.kind === 'capability') return here;
    const inner = innerStep(at, line, trace);
    if (inner === null) return here;
    at = inner;
  }
  return null;
}

function expressionOf({ step, rest }: StepAt): string | null {
  if (step.kind !== 'compute') return null;
  const all = expressionsOf(step.expressions);
  return all[rest[0] ?? ''] ?? all[''] ?? null;
}

/** The one step that handed its value on unchanged; `null` where none or several did. */
function innerStep(at: StepAt, line: StepTrace, trace: Trace): StepAt | null {
  if (line.status === 'not_run' || line.status === 'skipped') return null;
  const passing = feedsOf(at, line, (path) => countItems(trace, path)).filter((feed) =>
    'inner' in feed ? feed.via !== 'condition' : feed.trail.via === 'outputs',
  );
  return onlyStep(
    passing.flatMap((feed): Origin[] => ('inner' in feed ? [feed.inner] : originsOf(feed.trail, feed.level))),
  );
}

function onlyStep(origins: readonly Origin[]): StepAt | null {
  const [first, ...others] = origins;
  return first?.kind === 'step' && others.length === 0 ? first : null;
}

function lineOf(plan: Plan, trace: Trace, { path, step }: StepAt): StepTrace {
  const line = trace.steps.find((one) => one.path === path);
  if (line && isSameStep(step, line)) return line;
  const { id, version } = plan.pattern;
  const message = `The plan of "${id}" ${version} is not the one that this execution ran: they differ at "${path}".`;
  throw new EngineError('LINEAGE_UNAVAILABLE', message, { path });
}

function countItems({ steps }: Trace, parent: string): number {
  const numbers = steps.flatMap(({ path }) => {
    const [, before, index] = /^(.*)\.(\d+)$/.exec(path) ?? [];
    return before === parent ? [Number(index) + 1] : [];
  });
  return Math.max(0, ...numbers);
}
