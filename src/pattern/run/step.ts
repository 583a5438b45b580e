/**
 * One step: condition, work, time limit, handlers. It always ends in a line of the trace that says what happened.
 *
 * 1. The condition is evaluated once, before anything else of the step.
 * 2. Handlers see a failure only when the step's work has come to rest, and what it did is undone if it was a list.
 * 3. A stop of the list around it is not a failure and is never caught.
 */
import { EngineError } from '../../contract/errors';
import { evaluateCondition, parseCondition } from '../condition';
import type { PlannedStep } from '../plan';
import type { EndedStep } from '../scope';
import { type BodyEnd, type Failure, failureOfPattern, type StepEnd, toStepError } from './ends';
import { handleFailure } from './handlers';
import { measure } from './measure';
import { beginStep, maximumStepRuns, type Place, type Run, scopeAt } from './run';
import type { StepRun } from './step-run';
import { withTimeLimit } from './time-limit';
import { workOf } from './work';

export async function runStep(run: Run, step: PlannedStep, place: Place): Promise<StepEnd> {
  const line = beginStep(run, place.path);
  const guarded = async (work: () => Promise<BodyEnd>): Promise<BodyEnd> => {
    try {
      const end = await work();
      if (lacksDigest(line, end)) {
        const digest = run.effort.inTime(() => measure(end.value, run.effort));
        line.result_digest = typeof digest === 'string' ? digest : await digest;
      }
      return end;
    } catch (caught) {
      return { kind: 'failed', failure: failureOfPattern(place.path, caught) };
    }
  };
  let end = await guarded(() => attempt(run, step, place, line));
  if (end.kind === 'failed') {
    const failure = ownAttempts(place.path, line, end.failure);
    end = await guarded(() => handleFailure(run, step, place, failure));
  }
  return settle(run, place.path, line, end);
}

async function attempt(run: Run, step: PlannedStep, place: Place, line: StepRun): Promise<BodyEnd> {
  if (run.runs.size > maximumStepRuns) {
    throw new EngineError('LIMIT_EXCEEDED', `an execution may have ${String(maximumStepRuns)} step runs`);
  }
  if (step.condition !== null) {
    const { value, operands } = evaluateCondition(parseCondition(step.condition), scopeAt(run, place.frame));
    line.condition = { expression: step.condition, value, operands };
    if (!value) return { kind: 'skipped', reason: 'condition' };
  }
  // A capability counts its calls.
  if (step.kind !== 'capability') line.attempts = 1;
  return withTimeLimit(run, step, place, (limited) => workOf(run, step, limited, line));
}

/** A failure that is the step's own tells the step's own attempts. */
function ownAttempts(path: string, line: StepRun, failure: Failure): Failure {
  return failure.step === path ? { ...failure, attempts: line.attempts } : failure;
}

/** What a capability answered has its digest from the agent; every other value gets it here. */
function lacksDigest(line: StepRun, end: BodyEnd): end is Extract<BodyEnd, { value: unknown }> {
  return end.kind === 'degraded' || (end.kind === 'value' && line.result_digest === null);
}

/** One that ended in an earlier run of this execution ended then, though it is gone through again. */
function endOfStep(run: Run, path: string): number {
  const ended_at = run.earlier.marks[path]?.ended_at ?? run.port.now();
  const mark = run.marks.get(path);
  if (mark) mark.ended_at = ended_at;
  return ended_at;
}

/** Writes the end into the trace's line, and says what those see that name the step. */
function settle(run: Run, path: string, line: StepRun, end: BodyEnd): StepEnd {
  line.ended_at = endOfStep(run, path);
  if (end.kind === 'skipped') line.attempts = 0;
  const settled = write(run, path, line, end);
  run.watch();
  return settled;
}

function write(run: Run, path: string, line: StepRun, end: BodyEnd): StepEnd {
  switch (end.kind) {
    case 'value':
      return leave(line, 'success', end.value, false);
    case 'degraded':
      line.error = end.error;
      return leave(line, 'degraded', end.value, false);
    case 'missing':
      line.error = end.error;
      line.result_digest = null;
      return leave(line, 'degraded', null, true);
    case 'skipped':
      line.started_at = null;
      line.ended_at = null;
      line.reason = end.reason;
      return leave(line, 'skipped', null, true);
    case 'failed':
      line.status = 'error';
      line.error = toStepError(end.failure);
      return end;
    case 'stopped':
      line.status = 'error';
      line.error = {
        code: 'EXECUTION_CANCELLED',
        message: 'The step was cancelled.',
        step: path,
        attempts: line.attempts,
        details: null,
      };
      // One that had only waited for its turn never ran.
      if (!end.began) run.runs.delete(path);
      return { kind: 'stopped' };
  }
}

function leave(line: StepRun, status: EndedStep['status'], value: unknown, missing: boolean): StepEnd {
  line.status = status;
  return {
    kind: 'ended',
    ended: { status, value, missing, error: line.error ?? null, attempts: line.attempts },
  };
}
