/** Runs programs on real Temporal and PostgreSQL, and holds them against the model. */
import { randomUUID } from 'node:crypto';
import { createWrittenTable, readEffects } from '../support/effect-agent';
import { type Engine, outcomeOf, startEngine, type Started, userId } from '../support/engine';
import { defaultLimits } from '../../src/breaker/state-machine';
import { localBreakerStore } from '../../src/cache/local-breaker-store';
import { rebuildOutcome } from '../../src/temporal/rebuild';
import { cancelAgent, cancels } from './agent';
import { judge, type Verdict } from './compare';
import type { Program } from './program';
import { randomOf } from './random';
import { inputsOf, type Observed } from './run-local';
import { schedulesOf } from './schedules';
import { cancelCapability } from './world';

/** So many schedules are tried before the engine is said to be wrong: which calls came first is not known exactly. */
const schedulesTried = 1000;

export async function startModelEngine(): Promise<Engine> {
  const engine = await startEngine({
    agents: [cancelAgent],
    catalogue: { 'model.cancel': cancelCapability },
    // The language knows no breakers, and these programs let many calls time out.
    breakers: localBreakerStore({ limits: { ...defaultLimits, failures: Number.POSITIVE_INFINITY } }),
  });
  await createWrittenTable(engine.databaseUrl);
  return engine;
}

export interface Examined extends Verdict {
  observed: Observed;
  started: Started;
}

export async function examineOnTemporal(engine: Engine, program: Program): Promise<Examined> {
  const key = randomUUID();
  const { pattern, others } = withKey(program, key);
  const started = new Promise<Started>((resolve, reject) => {
    cancels.set(key, async () => (await started).handle.cancel());
    engine.start(pattern, inputsOf(program), undefined, others).then(resolve, reject);
  });
  const run = await started;
  const outcome = outcomeOf(await run.ended());
  cancels.delete(key);
  const { workflowId } = run.handle;
  const { written, effects } = await readEffects(engine.pool, userId, `${workflowId}/`);
  const observed: Observed = { outcome, effects: written, workflowId };
  const random = randomOf(program.pattern.steps.length);
  const comparing = { startedAt: null, isOrderExact: false };
  const verdict = await judge(program, observed, schedulesOf(observed, schedulesTried, random), comparing);
  const differences = [...verdict.differences, ...doubled(written), ...unnoted(written, effects)];
  return { ...verdict, differences, observed, started: run };
}

/** The steps that ask for a cancel are told whose. */
function withKey({ pattern, others }: Program, key: string): Pick<Program, 'pattern' | 'others'> {
  const text = JSON.stringify({ pattern, others });
  const cancel = /("capability":"model\.cancel","args":\{"name":)"[a-z0-9]+"/g;
  return JSON.parse(text.replace(cancel, `$1"${key}"`)) as Pick<Program, 'pattern' | 'others'>;
}

function doubled(written: { key: string }[]): string[] {
  const keys = written.map(({ key }) => key);
  return keys.filter((key, i) => keys.indexOf(key) !== i).map((key) => `${key} was written twice`);
}

/** What is written is noted as done, and the other way round. */
function unnoted(
  written: { key: string; action: string }[],
  effects: Record<string, { done: boolean; undone: boolean }>,
): string[] {
  const rows = new Map(written.map((row) => [row.key, row]));
  return [
    ...written
      .filter(({ key }) => effects[key]?.done !== true)
      .map(({ key }) => `${key} is not noted as done`),
    ...Object.entries(effects)
      .filter(([key, { done }]) => done && !key.endsWith(':undo') && !rows.has(key))
      .map(([key]) => `${key} is noted as done, but is not`),
  ];
}

/** Differences between what the run stored and what its history alone tells. */
export async function differenceOfHistory({ observed, started }: Examined): Promise<unknown[]> {
  const { outcome } = observed;
  const { workflow_id, run_id } = outcome.trace;
  const ending = { status: 'failed', code: 'EXECUTION_FAILED', message: 'cut' } as const;
  const history = await started.handle.fetchHistory();
  const rebuilt = await rebuildOutcome(history, { workflow_id, run_id }, ending);
  return JSON.stringify(rebuilt) === JSON.stringify(outcome) ? [] : [rebuilt, outcome];
}

/** So many at once; the results in the order of the items. */
export async function inLanes<T, R>(items: T[], lanes: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index] as T);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
