/** The gates: waiting for time, for a person, and for a condition to be true. */
import { evaluateCondition, parseCondition } from '../condition';
import type { ApprovalStep, AssertStep, WaitStep } from '../plan';
import { resolveTemplate } from '../reference';
import { type BodyEnd, failure } from './ends';
import { leaf } from './leaf';
import { measure } from './measure';
import type { ApprovalAnswer } from './port';
import { type Place, type Run, scopeAt } from './run';
import { sleepUntil } from './sleep';
import { openStop } from './stop';
import type { StepRun } from './step-run';

export async function runWait(run: Run, step: WaitStep, place: Place): Promise<BodyEnd> {
  let milliseconds: number;
  if ('forMs' in step.wait) milliseconds = step.wait.forMs;
  else {
    const resolved = resolveTemplate(step.wait.until, scopeAt(run, place.frame));
    if (resolved.missing !== undefined) return { kind: 'skipped', reason: `missing: ${resolved.missing}` };
    const until = typeof resolved.value === 'string' ? momentOf(resolved.value) : Number.NaN;
    if (Number.isNaN(until)) {
      const message = `step "${place.path}": ${JSON.stringify(resolved.value)} is no moment such as 2026-01-31T09:00:00Z`;
      return { kind: 'failed', failure: failure('ARGS_INVALID', message, place.path) };
    }
    milliseconds = Math.max(until - run.port.now(), 0);
  }
  const elapsed = await sleepUntil(run, place.path, milliseconds, place.stop);
  return elapsed ? { kind: 'value', value: true } : { kind: 'stopped', began: true };
}

/** A date is its first moment in UTC. */
function momentOf(text: string): number {
  const isMoment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?$/.test(text);
  return isMoment ? Date.parse(text) : Number.NaN;
}

export async function runAssert(run: Run, step: AssertStep, place: Place): Promise<BodyEnd> {
  const scope = scopeAt(run, place.frame);
  const { value, operands } = evaluateCondition(parseCondition(step.expression), scope);
  if (value) return { kind: 'value', value: true };
  const said = step.message === null ? null : resolveTemplate(step.message, scope).value;
  const message = typeof said === 'string' ? said : `"${step.expression}" is not true`;
  const details = { expression: step.expression, operands };
  return { kind: 'failed', failure: failure('ASSERTION_FAILED', message, place.path, details) };
}

export async function runApproval(
  run: Run,
  step: ApprovalStep,
  place: Place,
  line: StepRun,
): Promise<BodyEnd> {
  const title = resolveTemplate(step.title, scopeAt(run, place.frame)).value;
  const asked = openStop(place.stop);
  const timer = openStop(null);
  const { silenceMs, form, rights, notStarter } = step;
  let silent = false;
  const silence =
    silenceMs === null
      ? Promise.resolve()
      : sleepUntil(run, `${place.path}:timeout`, silenceMs, timer).then((elapsed) => {
          silent = elapsed;
          if (elapsed) asked.stop('failure');
        });
  const due_at = run.marks.get(`${place.path}:timeout`)?.due_at ?? null;
  const request = { path: place.path, title: String(title), form, rights, not_starter: notStarter, due_at };
  const end = await leaf(run, place.path, { awaited: false, stop: asked }, async () => {
    try {
      return { value: await run.port.approve(request, asked.onStop) };
    } catch (error) {
      if (run.port.isCancellation(error)) return { stopped: true };
      throw error;
    }
  });
  timer.stop('failure');
  await silence;
  asked.close();
  if (end.stopped)
    return silent && place.stop.reason() === null
      ? unanswered(step, place)
      : { kind: 'stopped', began: true };
  const answer = end.value as ApprovalAnswer;
  // Who answered, and when, says nothing of the result: two runs with the same answers are the same.
  line.result_digest = measure({ decision: answer.decision, data: answer.data ?? null }, run.effort);
  if (answer.decision === 'approve') return { kind: 'value', value: answer };
  const message = `"${String(title)}" was refused`;
  const details = { by: answer.by, at: answer.at, data: answer.data ?? null };
  return { kind: 'failed', failure: failure('APPROVAL_REJECTED', message, place.path, details) };
}

function unanswered(step: ApprovalStep, place: Place): BodyEnd {
  const message = `nobody answered within ${String((step.silenceMs ?? 0) / 1000)} s`;
  return { kind: 'failed', failure: failure('APPROVAL_TIMED_OUT', message, place.path) };
}
