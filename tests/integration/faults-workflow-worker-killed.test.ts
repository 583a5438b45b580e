/** Fault F2: the worker that holds the runs is killed; another one takes them over within seconds, and their histories replay. */
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createWrittenTable, readEffects } from '../support/effect-agent';
import { type Engine, outcomeOf, startEngine, userId } from '../support/engine';
import { kill, startProcess, until } from '../support/process';
import { replayHistories } from '../support/replay';
import { temporalAddress } from '../support/temporal';

/** How long a run waits for the worker that knows it, as workers/main.ts says. */
const stickyMs = 3_000;
const marginMs = 2_000;

let engine: Engine;
const children: ChildProcess[] = [];
const startWorker = async (): Promise<ChildProcess> => {
  const child = await startProcess(path.resolve('tests/support/worker-process.ts'), {
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_NAMESPACE: engine.namespace,
    DATABASE_URL: engine.databaseUrl,
  });
  children.push(child);
  return child;
};

beforeAll(async () => {
  engine = await startEngine({ worker: false });
  await createWrittenTable(engine.databaseUrl);
});
afterAll(async () => {
  for (const child of children) await kill(child);
  await engine.close();
});

it('runs go on with another worker, each write once, and replay', async () => {
  const first = await startWorker();
  const write = (as: string, after: string[]) => ({
    capability: 'effects.write',
    args: { name: as },
    as,
    after,
  });
  const steps = [write('a', []), { wait: { for: 'PT1.5S' }, as: 'pause' }, write('b', ['pause'])];
  const runs = await Promise.all(
    Array.from({ length: 10 }, () => engine.start({ steps, outputs: ['a', 'b'] })),
  );
  const waiting = async (): Promise<boolean> => {
    const progress = runs.map(({ handle }) => handle.query<{ path: string; status: string }[]>('progress'));
    return (await Promise.all(progress)).every((lines) => lines.some(({ path, status }) => path === 'pause' && status === 'running')); // prettier-ignore
  };
  await until('all runs to wait', waiting);
  await Promise.all([startWorker(), kill(first)]);
  const readyAt = Date.now();
  const outcomes = (await Promise.all(runs.map(({ ended }) => ended()))).map(outcomeOf);
  expect(outcomes.map(({ status }) => status)).toEqual(runs.map(() => 'succeeded'));
  for (const [index, { handle }] of runs.entries()) {
    const prefix = `${handle.workflowId}/`;
    const { written } = await readEffects(engine.pool, userId, prefix);
    expect(written.map(({ key }) => key)).toEqual([`${prefix}a`, `${prefix}b`]);
    const paused = outcomes[index]?.trace.steps.find(({ as }) => as === 'pause');
    const due = Date.parse(paused?.started_at ?? '') + 1_500;
    const resumed = Date.parse(paused?.started_at ?? '') + (paused?.duration_ms ?? Infinity);
    expect(resumed).toBeLessThan(Math.max(due + stickyMs, readyAt) + marginMs);
  }
  await replayHistories(await Promise.all(runs.map(({ handle }) => handle.fetchHistory())), engine.pool);
}, 60_000);
