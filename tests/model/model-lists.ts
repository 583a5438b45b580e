/** Lists of steps in the model: their order, their failures, their undos; and the items of maps and the rounds of loops. */
import { Stopped, type Stop } from './clock';
import { isTrue } from './model-evaluate';
import { type At, Failure, isMistake, type Line, type Scope, undoAll, type Workflow } from './model-state';
import { orderOf } from './order';
import { type JsonStep, millisecondsOf, nameOf } from './program';
import { inner } from './references';

/** @throws Failure: the first of the list, when all that was under way has ended; Stopped: when it could not finish */
export async function runList(
  steps: JsonStep[],
  prefix: string,
  scope: Scope,
  workflow: Workflow,
): Promise<void> {
  const order = orderOf(steps, workflow.others);
  const waiting = new Set(steps);
  const ended = new Set<string>();
  let running = 0;
  const first: { failure: Failure | null } = { failure: null };
  await new Promise<void>((resolve, reject) => {
    const startReady = (): void => {
      for (const step of steps) {
        const name = nameOf(step) ?? '';
        const isReady = [...(order.get(name) ?? [])].every((other) => ended.has(other));
        if (scope.stop.reason !== null || !waiting.has(step) || !isReady) continue;
        waiting.delete(step);
        running += 1;
        workflow.run
          .step(step, `${prefix}${name}`, name, scope, workflow)
          .then((end) => scope.frame.ended.set(name, end))
          .then(
            () => ended.add(name),
            (error: Error) => {
              // What fails after a stop from outside is no failure of this list.
              if (error instanceof Failure) {
                if (first.failure !== null || scope.stop.reason === null)
                  first.failure = failIn(scope, workflow, first.failure, error);
              } else if (!(error instanceof Stopped)) reject(error);
            },
          )
          .then(() => {
            running -= 1;
            startReady();
          }, reject);
      }
      if (running > 0) return;
      if (first.failure === null) resolve();
      else reject(first.failure);
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

/** A list of its own: when it fails, what it did is undone; when it succeeds or is stopped, whoever is around may do that. */
export async function withUndos<T>(
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

function watchLimit({ step, line }: At, stop: Stop, { run }: Workflow): { isOver(): boolean; end(): void } {
  let isOver = false;
  const end = run.stop.child();
  if (step.timeout !== undefined) {
    const ms = millisecondsOf(step.timeout);
    run.clock.sleep(run.schedule.limit({ whole: line.path, ms, now: run.clock.now() }), end).then(
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

export interface Items {
  values: unknown[];
  lacks: { index: number; code: string }[];
}

/** Some at once, in the order of the list. */
export async function runItems(
  { step, rel }: At,
  items: unknown[],
  own: Scope,
  workflow: Workflow,
): Promise<Items> {
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
        const end = await workflow.run.step(
          each,
          `${rel}.${String(index)}`,
          nameOf(each) ?? '',
          scope,
          workflow,
        );
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

export async function runRounds({ step, rel, line }: At, own: Scope, workflow: Workflow): Promise<unknown> {
  const { do: round = {}, until = '', max = 0, every } = step.repeat ?? {};
  let last: unknown = null;
  for (let index = 0; index < max; index += 1) {
    if (own.stop.reason !== null) throw new Stopped();
    workflow.run.counts.set(line.path, index + 1);
    const scope = { ...own, frame: inner(own.frame, { last, index }) };
    last = await workflow.run
      .step(round, `${rel}.${String(index)}`, nameOf(round) ?? '', scope, workflow)
      .then(
        ({ value }) => value,
        (error: unknown) => {
          throw own.stop.reason === null ? error : new Stopped();
        },
      );
    if (isTrue(until, rel, inner(own.frame, { last, index }), workflow)) return last;
    if (every !== undefined && index + 1 < max)
      await pauseAfter(index, millisecondsOf(every), line, own.stop, workflow);
  }
  throw new Failure('REPEAT_EXHAUSTED', rel, 1, true);
}

async function pauseAfter(
  index: number,
  ms: number,
  line: Line,
  stop: Stop,
  { run }: Workflow,
): Promise<void> {
  const { clock, schedule } = run;
  await clock.sleep(schedule.pause({ whole: line.path, index, ms, now: clock.now() }), stop);
}
