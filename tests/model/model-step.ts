/** One step in the model: condition, work by kind, handlers. */
import { type Stop, Stopped } from './clock';
import { argumentsOf, callCapability, undoOf } from './model-calls';
import { evaluateIn, isTrue, mistakesFail } from './model-evaluate';
import { runItems, runList, runRounds, withUndos } from './model-lists';
import {
  type At,
  closeLine,
  Failure,
  isMistake,
  type Line,
  openLine,
  openWorkflow,
  type Scope,
  type Workflow,
} from './model-state';
import { patternOf } from './order';
import {
  handlersOf,
  isStep,
  type JsonPattern,
  type JsonStep,
  kindOf,
  millisecondsOf,
  nameOf,
} from './program';
import { type Ended, fill, inner, outputsOf } from './references';
import { capabilities } from './world';

/** @throws Failure when nothing caught it, Stopped */
export async function runStep(
  step: JsonStep,
  rel: string,
  name: string,
  scope: Scope,
  workflow: Workflow,
): Promise<Ended> {
  const line = openLine(workflow, rel, name, kindOf(step));
  workflow.starts += 1;
  const at: At = { step, rel, name, line, place: [...workflow.place, workflow.starts] };
  try {
    return closeLine(workflow, line, await performOrCatch(at, scope, workflow));
  } catch (error) {
    line.status = 'error';
    line.endedAt = workflow.run.clock.now();
    if (error instanceof Failure) {
      line.code = error.code;
      line.isStopped ||= scope.stop.reason !== null;
    } else line.isStopped = true;
    throw error;
  } finally {
    if (scope.stop.reason !== null && line.kind !== 'capability') line.isStopped = true;
  }
}

async function performOrCatch(at: At, scope: Scope, workflow: Workflow): Promise<Ended> {
  try {
    return await perform(at, scope, workflow);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { code, step, attempts, didNothing, details } = error;
    const own = new Failure(code, step, step === at.rel ? at.line.attempts : attempts, didNothing, details);
    if (scope.stop.reason !== null) {
      // Nothing starts any more.
      at.line.isStopped = true;
      throw own;
    }
    return catchFailure(at, own, scope, workflow);
  }
}

async function catchFailure(at: At, failure: Failure, scope: Scope, workflow: Workflow): Promise<Ended> {
  const { step, rel } = at;
  const { code, details } = failure;
  const { attempts } = at.line;
  const error = { code, step: failure.step, attempts: failure.attempts, details };
  const degraded = (value: unknown, missing: boolean): Ended => ({
    status: 'degraded',
    value,
    missing,
    error,
    attempts,
  });
  const handler = handlersOf(step).find(
    ({ match }) => match.includes(code) || (match.includes('*') && !isMistake(code)),
  );
  try {
    if (!handler) throw failure;
    const frame = inner(scope.frame, { error: { ...error, message: '' } });
    if (!isStep(handler.use)) {
      const { value, missing } = mistakesFail(rel, () =>
        fill(handler.use, { frame, inputs: workflow.inputs }),
      );
      return degraded(value, missing !== undefined);
    }
    const label = `${rel}:${handler.label}`;
    const end = await runStep(
      handler.use,
      label,
      nameOf(handler.use) ?? label,
      { ...scope, frame },
      workflow,
    );
    return degraded(end.value, end.missing);
  } catch (last) {
    if (!(last instanceof Failure)) throw last;
    if (step.optional !== true || isMistake(last.code) || scope.stop.reason !== null) throw last;
    return {
      ...degraded(null, true),
      error: { code: last.code, step: last.step, attempts: last.attempts, details: last.details },
    };
  }
}

const skipped: Ended = { status: 'skipped', value: null, missing: true, error: null, attempts: 0 };

function success(value: unknown, attempts = 1): Ended {
  return { status: 'success', value, missing: false, error: null, attempts };
}

async function end(line: Line, stop: Stop | null, { run: { clock, schedule } }: Workflow): Promise<void> {
  await clock.sleep(
    schedule.end({ whole: line.path, now: clock.now() }),
    stop ?? undefined,
    undefined,
    schedule.grace,
  );
}

/** A step that is stopped before it began may not have been seen at all. */
async function begin(line: Line, scope: Scope, { run: { clock, schedule } }: Workflow): Promise<void> {
  try {
    await clock.sleep(schedule.begin({ whole: line.path, now: clock.now() }), scope.stop);
  } finally {
    line.startedAt = clock.now();
  }
  if (scope.stop.reason !== null) throw new Stopped();
}

function skip(line: Line, reason: string): Ended {
  line.reason = reason;
  return skipped;
}

async function perform(at: At, scope: Scope, workflow: Workflow): Promise<Ended> {
  const { step, rel, line } = at;
  const { clock } = workflow.run;
  await begin(line, scope, workflow);
  if (step.condition !== undefined && !isTrue(step.condition, rel, scope.frame, workflow))
    return skip(line, 'condition');
  if (line.kind === 'capability') return performCapability(at, scope, workflow);
  if (line.kind === 'pattern') return performPattern(at, scope, workflow);
  if (line.kind === 'map') return performMap(at, scope, workflow);
  line.attempts = 1;
  switch (line.kind) {
    case 'steps':
      return success(await withUndos(at, scope, workflow, (own) => runGroup(at, own, workflow)));
    case 'repeat':
      return success(await withUndos(at, scope, workflow, (own) => runRounds(at, own, workflow)));
    case 'compute':
      return success(compute(at, scope, workflow));
    case 'wait':
      await clock.sleep(millisecondsOf(step.wait?.for ?? ''), scope.stop);
      await end(line, scope.stop, workflow);
      return success(true);
    case 'approval':
      return success(await ask(at, scope, workflow));
    case 'assert':
      if (isTrue(step.assert ?? '', rel, scope.frame, workflow)) return success(true);
      throw new Failure('ASSERTION_FAILED', rel, 1, true);
  }
}

function compute({ step, rel }: At, scope: Scope, workflow: Workflow): unknown {
  const { compute: expressions = '' } = step;
  if (typeof expressions === 'string') return evaluateIn(expressions, rel, scope.frame, workflow);
  const members = Object.entries(expressions).map(([name, source]) => [
    name,
    evaluateIn(source, rel, scope.frame, workflow),
  ]);
  return Object.fromEntries(members);
}

async function ask({ step, rel, line }: At, scope: Scope, workflow: Workflow): Promise<unknown> {
  const { run } = workflow;
  const answer = run.program.answers[line.path];
  const silence = millisecondsOf(step.approval?.timeout ?? 'PT1000M');
  mistakesFail(rel, () => fill(step.approval?.title, { frame: scope.frame, inputs: workflow.inputs }));
  await run.clock.sleep(Math.min(answer?.ms ?? silence, silence), scope.stop);
  if (answer === undefined || answer.ms >= silence) throw new Failure('APPROVAL_TIMED_OUT', rel, 1, true);
  if (answer.decision === 'reject') throw new Failure('APPROVAL_REJECTED', rel, 1, true);
  return { decision: 'approve', data: answer.data };
}

async function performCapability(at: At, scope: Scope, workflow: Workflow): Promise<Ended> {
  const { step, rel, line } = at;
  const seen = { frame: scope.frame, inputs: workflow.inputs };
  const { nullable = [], required = [] } = capabilities[step.capability ?? ''] ?? {};
  const sent = mistakesFail(rel, () => argumentsOf(step.args ?? {}, { nullable, required }, seen));
  if ('missing' in sent) return skip(line, `missing: ${sent.missing}`);
  const undo = step.compensate ? undoOf(step, at, scope, workflow) : null;
  const begins = (): void => {
    if (undo) scope.undos.push(undo);
  };
  try {
    const { value, attempts } = await callCapability(step, sent.args, { rel, line, begins }, scope, workflow);
    if (undo) undo.result = { value };
    return success(value, attempts);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    line.attempts = error.attempts;
    if (undo && error.didNothing) withdraw(scope, undo);
    throw error;
  }
}

function withdraw(scope: Scope, undo: Scope['undos'][number]): void {
  scope.undos.splice(scope.undos.indexOf(undo), 1);
}

async function runGroup({ step, rel }: At, own: Scope, workflow: Workflow): Promise<unknown> {
  const scope = { ...own, frame: inner(own.frame) };
  await runList(step.steps ?? [], `${rel}.`, scope, workflow);
  const seen = { frame: scope.frame, inputs: workflow.inputs };
  return mistakesFail(rel, () => fill(outputsOf(step.outputs), seen)).value;
}

async function performPattern(at: At, scope: Scope, workflow: Workflow): Promise<Ended> {
  const { step, rel, line, place } = at;
  const pattern = patternOf(step.pattern ?? '', workflow.others);
  const required = Object.entries(pattern.inputs ?? {}).flatMap(([name, input]) =>
    input.required === true ? [name] : [],
  );
  const seen = { frame: scope.frame, inputs: workflow.inputs };
  const sent = mistakesFail(rel, () => argumentsOf(step.args ?? {}, { nullable: [], required }, seen));
  if ('missing' in sent) return skip(line, `missing: ${sent.missing}`);
  line.attempts = 1;
  const child = openWorkflow(workflow.run, {
    ...{ inputs: { ...defaultsOf(pattern), ...sent.args }, id: `${workflow.id}/${rel}`, place },
    ...{ prefix: `${workflow.prefix}${rel}.`, isPatient: workflow.isPatient },
  });
  const undo = step.compensate ? undoOf(step, at, scope, workflow) : null;
  const value = await withUndos(at, scope, workflow, async (own) => {
    if (undo) own.undos.push(undo);
    try {
      const outputs = await runChild(pattern, rel, own, child);
      await end(line, own.stop, workflow);
      return outputs;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      await end(line, null, workflow);
      // One that failed has undone its steps itself; one that was stopped is of unknown outcome.
      if (undo) withdraw(own, undo);
      throw error;
    }
  });
  if (undo) undo.result = { value };
  return success(value);
}

async function runChild(pattern: JsonPattern, rel: string, own: Scope, child: Workflow): Promise<unknown> {
  const scope = { ...own, frame: inner(null) };
  try {
    await runList(pattern.steps, '', scope, child);
    return mistakesFail('', () =>
      fill(outputsOf(pattern.outputs), { frame: scope.frame, inputs: child.inputs }),
    ).value;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const step = error.step === '' ? rel : `${rel}.${error.step}`;
    throw new Failure(error.code, step, error.attempts, error.didNothing, error.details);
  }
}

async function performMap(at: At, scope: Scope, workflow: Workflow): Promise<Ended> {
  const { step, rel, line } = at;
  const { value: items, missing } = mistakesFail(rel, () =>
    fill(step.map?.in, { frame: scope.frame, inputs: workflow.inputs }),
  );
  if (missing !== undefined) return skip(line, `missing: ${missing}`);
  line.attempts = 1;
  if (!Array.isArray(items)) throw new Failure('ARGS_INVALID', rel, 1, true);
  workflow.run.counts.set(line.path, items.length);
  const { values, lacks } = await withUndos(at, scope, workflow, (own) => runItems(at, items, own, workflow));
  if (lacks.length === 0) return success(values);
  const details = lacks.sort((a, b) => a.index - b.index);
  return {
    ...success(values),
    status: 'degraded',
    error: { code: 'ITEMS_FAILED', step: rel, attempts: 1, details },
  };
}

export function defaultsOf({ inputs = {} }: JsonPattern): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, input]) =>
      input.default === undefined ? [] : [[name, input.default]],
    ),
  );
}
