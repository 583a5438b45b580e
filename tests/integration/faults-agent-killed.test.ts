/** Fault F1: worker processes are killed in the middle of steps that write; every run completes, every effect is there once. */
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { temporal } from '@temporalio/proto';
import { createWrittenTable, readEffects } from '../support/effect-agent';
import { type Engine, outcomeOf, startEngine, userId } from '../support/engine';
import { kill, startProcess } from '../support/process';
import { temporalAddress } from '../support/temporal';

/** `startToCloseTimeout` of the agent's capabilities. */
const startToCloseMs = 4_000;
const marginMs = 2_000;

let engine: Engine;
/** Like a supervisor: whenever the process dies there is a new one. */
const keeper = {
  deaths: [] as number[],
  starts: [] as number[],
  child: null as ChildProcess | null,
  stopping: false,
};

beforeAll(async () => {
  engine = await startEngine({ worker: false });
  await createWrittenTable(engine.databaseUrl);
  await keepAlive();
});
afterAll(async () => {
  keeper.stopping = true;
  if (keeper.child) await kill(keeper.child);
  await engine.close();
});

async function keepAlive(): Promise<void> {
  const child = await startProcess(path.resolve('tests/support/worker-process.ts'), {
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_NAMESPACE: engine.namespace,
    DATABASE_URL: engine.databaseUrl,
    EFFECT_AGENT_MAY_CRASH: 'yes',
  });
  keeper.child = child;
  keeper.starts.push(Date.now());
  child.once('exit', () => {
    keeper.deaths.push(Date.now());
    if (!keeper.stopping) void keepAlive();
  });
}

const write = (as: string, ...script: string[]) => ({
  capability: 'effects.write',
  args: { name: as, value: as, script, ms: 20 },
  compensate: { capability: 'effects.undo', args: { name: as, result: `{{state.${as}}}` } },
  as,
});

it('all runs complete, each write once and each undo once, and steps go on soon after', async () => {
  const steps = (script: string[], last: object) => [write('a'), write('b', ...script), { capability: 'effects.read', args: { name: 'r', ms: 300 }, as: 'r', after: ['b'] }, last]; // prettier-ignore
  const well = write('c');
  const refused = write('c', 'fail:NOT_FOUND');
  const started = await Promise.all(
    [
      // Before its write, after it, and not at all; the process dies under all of them, and then once more.
      steps(['crash'], well),
      steps(['crash_after', 'crash_after'], refused),
      ...Array.from({ length: 5 }, () => steps([], well)),
      steps([], refused),
    ].map((list) => engine.start({ steps: list, outputs: ['a'] })),
  );
  const rows = await Promise.all(started.map(({ ended }) => ended()));
  expect(keeper.deaths.length).toBeGreaterThanOrEqual(2);
  for (const [index, row] of rows.entries()) {
    const { handle } = started[index] as (typeof started)[number];
    const isRefused = index === 1 || index === 7;
    expect([index, outcomeOf(row).status]).toEqual([index, isRefused ? 'failed' : 'succeeded']);
    const prefix = `${handle.workflowId}/`;
    const { written, effects } = await readEffects(engine.pool, userId, prefix);
    const names = isRefused ? ['a', 'b', 'b:undo', 'a:undo'] : ['a', 'b', 'c'];
    expect([index, written.map(({ key }) => key)]).toEqual([index, names.map((name) => prefix + name)]);
    expect(Object.keys(effects).sort()).toEqual(written.map(({ key }) => key).sort());
    expectSoon(await handle.fetchHistory());
  }
}, 90_000);

/** Each attempt after a time-out starts within the time limit of the one before, or soon after there is a worker again. */
function expectSoon(history: temporal.api.history.v1.IHistory): void {
  for (const event of history.events ?? []) {
    const begun = event.activityTaskStartedEventAttributes;
    if (!begun || (begun.attempt ?? 1) < 2 || !begun.lastFailure?.timeoutFailureInfo) continue;
    const at = Number(event.eventTime?.seconds) * 1_000 + Number(event.eventTime?.nanos) / 1e6;
    const death = keeper.deaths.filter((moment) => moment < at).at(-1) ?? 0;
    const restart = keeper.starts.find((moment) => moment > death) ?? 0;
    expect(at).toBeLessThan(Math.max(death + startToCloseMs, restart) + marginMs);
  }
}
