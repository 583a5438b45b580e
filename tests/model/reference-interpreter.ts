/**
 * The reference interpreter: the language, read a second time, over a pattern's JSON and a world in memory. Slow and
 * plain on purpose. It shares no code with the engine; where both are wrong, they are wrong in different ways.
 */
import { Stopped, type Stop } from './clock';
import { evaluate, NoValue } from './expressions';
import { argumentsOf, callCapability, undoOf } from './model-calls';
import {
  closeLine, exactSchedule, Failure, isMistake, openLine, openRun, openWorkflow, undoAll,
  type Line, type Run, type Schedule, type Scope, type Workflow,
} from './model-state'; // prettier-ignore
import { orderOf, patternOf } from './order';
import {
  handlersOf,
  isStep,
  type JsonPattern,
  type JsonStep,
  kindOf,
  millisecondsOf,
  nameOf,
  type Program,
} from './program';
import { type Ended, fill, inner, Mistake, outputsOf, resolvePath } from './references';
import { capabilities } from './world';

export interface ModelOutcome {
  status: 'succeeded' | 'failed' | 'cancelled';
  data: Record<string, unknown>;
  error: { code: string; step: string } | null;
  run: Run;
}

/** Runs a program in the model. @param schedule how long things take */
export async function predict(program: Program, schedule: Schedule = exactSchedule): Promise<ModelOutcome> {
  const run = openRun(program, schedule);
  return run.clock.run(runWhole(program, run));
}

async function runWhole({ pattern, inputs, others }: Program, run: Run): Promise<ModelOutcome> {
  const isPatient = isSlow(pattern.steps, others);
  const workflow = openWorkflow(run, {
    inputs: { ...defaultsOf(pattern), ...inputs },
    id: 'w',
    prefix: '',
    place: [],
    isPatient,
  });
  const scope: Scope = { frame: inner(null), stop: run.stop.child(), undos: [] };
  try {
    await runList(pattern.steps, '', scope, workflow);
    const seen = { frame: scope.frame, inputs: workflow.inputs };
    const data = mistakesFail('', () => fill(outputsOf(pattern.outputs), seen)).value;
    return { status: 'succeeded', data: data as Record<string, unknown>, error: null, run };
  } catch (error) {
    if (!(error instanceof Failure || error instanceof Stopped)) throw error;
    run.failing += 1;
    await undoAll(scope.undos);
    const isCancelled = error instanceof Stopped;
    const cause = isCancelled
      ? { code: 'EXECUTION_CANCELLED', step: '' }
      : { code: error.code, step: error.step };
    return { status: isCancelled ? 'cancelled' : 'failed', data: {}, error: cause, run };
  }
}

/** Who waits for people or time has patience. */
function isSlow(steps: JsonStep[], others: JsonPattern[]): boolean {
  return steps.some((step) => {
    if (step.wait !== undefined || step.approval !== undefined || step.repeat?.every !== undefined)
      return true;
    const handlers = handlersOf(step).flatMap(({ use }) => (isStep(use) ? [use] : []));
    const parts = step.pattern === undefined ? [] : patternOf(step.pattern, others).steps;
    const inside = [
      ...(step.steps ?? []),
      ...(step.map ? [step.map.do] : []),
      ...(step.repeat ? [step.repeat.do] : []),
    ];
    return isSlow([...handlers, ...parts, ...inside], others);
  });
}

function defaultsOf({ inputs = {} }: JsonPattern): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, input]) =>
      input.default === undefined ? [] : [[name, input.default]],
    ),
  );
}

/** @throws Failure: the first of the list, when all that was under way has ended; Stopped: when it could not finish */
async function runList(steps: JsonStep[], prefix: string, scope: Scope, workflow: Workflow): Promise<void> {
  const order = orderOf(steps, workflow.others);
  const waiting = new Set(steps);
  const ended = new Set<string>();
  let running = 0;
  let failure: Failure | null = null;
  await new Promise<void>((resolve, reject) => {
    const startReady = (): void => {
      for (const step of steps) {
        const name = nameOf(step) ?? '';
        const isReady = [...(order.get(name) ?? [])].every((other) => ended.has(other));
        if (scope.stop.reason !== null || !waiting.has(step) || !isReady) continue;
        waiting.delete(step);
        running += 1;
        runStep(step, `${prefix}${name}`, name, scope, workflow)
          .then((end) => scope.frame.ended.set(name, end))
          .then(
            () => ended.add(name),
            (error: unknown) => {
              // What fails after a stop from outside is no failure of this list.
              if (error instanceof Failure) {
                if (failure !== null || scope.stop.reason === null)
                  failure = failIn(scope, workflow, failure, error);
              } else if (!(error instanceof Stopped)) reject(error as Error);
            },
          )
          .then(() => {
            running -= 1;
            startReady();
          }, reject);
      }
      if (running > 0) return;
      if (failure === null) resolve();
      else reject(failure);
    };
    startReady();
  });
  if (ended.size < steps.length) throw new Stopped();
}

/** The first failure counts, and ends what is under way. */
function failIn(scope: Scope, workflow: Workflow, failure: Failure | null, next: Failure): Failure {
  if (failure !== null) return failure;
  workflow.run.failing += 1;
  scope.stop.fire('failure');
  return next;
}

/** @throws Failure when nothing caught it, Stopped */
async function runStep(
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

interface At {
  step: JsonStep;
  rel: string;
  name: string;
  line: Line;
  place: number[];
}

async function performOrCatch(at: At, scope: Scope, workflow: Workflow): Promise<Ended> {
  try {
    return await perform(at, scope, workflow);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (scope.stop.reason !== null) {
      // Nothing starts any more.
      at.line.isStopped = true;
      throw error;
    }
    return catchFailure(at, error, scope, workflow);
  }
}

async function catchFailure(at: At, failure: Failure, scope: Scope, workflow: Workflow): Promise<Ended> {
  const { step, rel } = at;
  const { code, details } = failure;
  const { attempts } = at.line;
  const error = { code, step: `${failure.step}`, attempts, details };
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
      error: { code: last.code, step: last.step, attempts, details: last.details },
    };
  }
}

/** Mistakes in references and expressions, and expressions without a value, fail the step. */
function mistakesFail<T>(rel: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Mistake) throw new Failure(error.code, rel, 0, true);
    if (error instanceof NoValue) throw new Failure('CONDITION_INVALID', rel, 0, true);
    throw error;
  }
}

function evaluateIn(source: string, rel: string, frame: Scope['frame'], workflow: Workflow): unknown {
  return mistakesFail(rel, () =>
    evaluate(source, (path) => resolvePath(path, { frame, inputs: workflow.inputs }).value),
  );
}

function isTrue(source: string, rel: string, frame: Scope['frame'], workflow: Workflow): boolean {
  const value = evaluateIn(source, rel, frame, workflow);
  if (typeof value !== 'boolean') throw new Failure('CONDITION_INVALID', rel, 0, true);
  return value;
}

const skipped: Ended = { status: 'skipped', value: null, missing: true, error: null, attempts: 0 };

function success(value: unknown, attempts = 1): Ended {
  return { status: 'success', value, missing: false, error: null, attempts };
}

async function perform(at: At, scope: Scope, workflow: Workflow): Promise<Ended> {
  const { step, rel, line } = at;
  const { clock, schedule } = workflow.run;
  await clock.sleep(schedule.moment());
  if (scope.stop.reason !== null) throw new Stopped();
  if (step.condition !== undefined && !isTrue(step.condition, rel, scope.frame, workflow)) return skipped;
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
  if ('missing' in sent) return skipped;
  const undo = step.compensate ? undoOf(step, at, scope, workflow) : null;
  if (undo) scope.undos.push(undo);
  try {
    const { value, attempts } = await callCapability(step, sent.args, { rel, line }, scope, workflow);
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

/** A list of its own: when it fails, what it did is undone; when it succeeds or is stopped, whoever is around may do that. */
async function withUndos<T>(
  at: At,
  scope: Scope,
  workflow: Workflow,
  work: (own: Scope) => Promise<T>,
): Promise<T> {
  const { run } = workflow;
  const own: Scope = { frame: scope.frame, stop: scope.stop.child(), undos: [] };
  const limit = watchLimit(at, own.stop, workflow);
  try {
    const value = await work(own);
    if (limit.isOver()) throw new Stopped();
    scope.undos.push(...own.undos);
    return value;
  } catch (error) {
    const isLate = error instanceof Stopped && limit.isOver() && scope.stop.reason === null;
    const failure = isLate ? new Failure('STEP_TIMED_OUT', at.rel, 1, false) : error;
    if (!(failure instanceof Failure) || scope.stop.reason === 'cancel') {
      scope.undos.push(...own.undos);
      throw scope.stop.reason === 'cancel' ? new Stopped() : failure;
    }
    if (own.stop.reason === null) run.failing += 1;
    await undoAll(own.undos);
    run.failing -= 1;
    throw failure;
  } finally {
    limit.end();
  }
}

function watchLimit({ step }: At, stop: Stop, { run }: Workflow): { isOver(): boolean; end(): void } {
  let isOver = false;
  const end = run.stop.child();
  if (step.timeout !== undefined) {
    run.clock
      .sleep(millisecondsOf(step.timeout), end, () => true)
      .then(
        () => {
          if (stop.reason !== null) return;
          isOver = true;
          run.failing += 1;
          stop.fire('failure');
        },
        () => undefined,
      );
  }
  return {
    isOver: () => isOver,
    end: () => {
      end.fire('cancel');
    },
  };
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
  if ('missing' in sent) return skipped;
  line.attempts = 1;
  const child = openWorkflow(workflow.run, {
    ...{ inputs: { ...defaultsOf(pattern), ...sent.args }, id: `${workflow.id}/${rel}`, place },
    ...{ prefix: `${workflow.prefix}${rel}.`, isPatient: workflow.isPatient },
  });
  const undo = step.compensate ? undoOf(step, at, scope, workflow) : null;
  if (undo) scope.undos.push(undo);
  try {
    const value = await withUndos(at, scope, workflow, (own) => runChild(pattern, rel, own, child));
    if (undo) undo.result = { value };
    return success(value);
  } catch (error) {
    // It has undone its steps itself.
    if (undo && error instanceof Failure) withdraw(scope, undo);
    throw error;
  }
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
  if (missing !== undefined) return skipped;
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

interface Items {
  values: unknown[];
  lacks: { index: number; code: string }[];
}

/** Some at once, in the order of the list. */
async function runItems({ step, rel }: At, items: unknown[], own: Scope, workflow: Workflow): Promise<Items> {
  const {
    do: each = {},
    concurrency = 10,
    on_item_error,
    max_failures = Number.POSITIVE_INFINITY,
  } = step.map ?? {};
  const values: unknown[] = items.map(() => null);
  const lacks: Items['lacks'] = [];
  let [next, failures] = [0, 0];
  let failure: Failure | null = null;
  const caught = (index: number, error: unknown): void => {
    if (!(error instanceof Failure)) throw error;
    if (own.stop.reason !== null) return;
    if (on_item_error === 'collect' && !isMistake(error.code) && failures < max_failures) {
      failures += 1;
      lacks.push({ index, code: error.code });
    } else failure = failIn(own, workflow, failure, error);
  };
  const worker = async (): Promise<void> => {
    while (next < items.length && own.stop.reason === null) {
      const index = next;
      next += 1;
      const scope = { ...own, frame: inner(own.frame, { item: items[index], index }) };
      try {
        const end = await runStep(each, `${rel}.${String(index)}`, nameOf(each) ?? '', scope, workflow);
        values[index] = end.value;
        if (end.status === 'skipped') lacks.push({ index, code: 'SKIPPED' });
      } catch (error) {
        caught(index, error);
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(concurrency, items.length) }, worker));
  if (failure !== null) throw failure as Failure;
  for (const end of ends) if (end.status === 'rejected') throw end.reason as Error;
  if (next < items.length || own.stop.reason !== null) throw new Stopped();
  return { values, lacks };
}

async function runRounds({ step, rel, line }: At, own: Scope, workflow: Workflow): Promise<unknown> {
  const { do: round = {}, until = '', max = 0, every } = step.repeat ?? {};
  let last: unknown = null;
  for (let index = 0; index < max; index += 1) {
    if (own.stop.reason !== null) throw new Stopped();
    workflow.run.counts.set(line.path, index + 1);
    const scope = { ...own, frame: inner(own.frame, { last, index }) };
    last = await runStep(round, `${rel}.${String(index)}`, nameOf(round) ?? '', scope, workflow).then(
      ({ value }) => value,
      (error: unknown) => {
        throw own.stop.reason === null ? error : new Stopped();
      },
    );
    if (isTrue(until, rel, inner(own.frame, { last, index }), workflow)) return last;
    if (every !== undefined && index + 1 < max)
      await workflow.run.clock.sleep(millisecondsOf(every), own.stop);
  }
  throw new Failure('REPEAT_EXHAUSTED', rel, 1, true);
}
