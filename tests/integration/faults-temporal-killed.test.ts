/** Fault F3: Temporal is killed under load and started again on the same file; no run is lost, every effect is there once. */
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startGuard } from '../../src/embedded/guard';
import type { RunningTemporal } from '../../src/embedded/temporal';
import { createWrittenTable, readEffects } from '../support/effect-agent';
import { type Engine, outcomeOf, startEngine, userId } from '../support/engine';
import { until } from '../support/process';
import { startOwnTemporal } from '../support/temporal';

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'dawsos-temporal-'));
const guard = startGuard();
let temporal: RunningTemporal;
let engine: Engine;
const start = (port: number): Promise<RunningTemporal> => startOwnTemporal(dataDir, guard, port);

beforeAll(async () => {
  temporal = await start(0);
  engine = await startEngine({ address: temporal.address });
  await createWrittenTable(engine.databaseUrl);
});
afterAll(async () => {
  await engine.close();
  await temporal.stop();
  guard.close();
});

it('thirty runs that write, in all their stages, lose nothing and do nothing twice', async () => {
  const names = ['a', 'b', 'c', 'd'];
  const steps = names.map((name) => ({
    capability: 'effects.write',
    args: { name, ms: 150 },
    compensate: { capability: 'effects.undo', args: { name, result: `{{state.${name}}}` } },
    as: name,
  }));
  const refused = { capability: 'effects.write', args: { name: 'no', script: ['fail:NOT_FOUND'] }, as: 'no' };
  const runs = await Promise.all(
    Array.from({ length: 30 }, (_, i) =>
      engine.start({ steps: i % 3 === 0 ? [...steps, refused] : steps, outputs: [] }),
    ),
  );
  const countWritten = async () => (await readEffects(engine.pool, userId)).written.length;
  await until('a third of the writes', async () => (await countWritten()) > 40);
  process.kill(temporal.process.pid, 'SIGKILL');
  await temporal.process.ended;
  expect(await countWritten()).toBeLessThan(30 * names.length);
  temporal = await start(Number(temporal.address.split(':')[1]));

  const rows = await Promise.all(runs.map(({ ended }) => ended()));
  for (const [index, row] of rows.entries()) {
    const isRefused = index % 3 === 0;
    expect([index, outcomeOf(row).status]).toEqual([index, isRefused ? 'failed' : 'succeeded']);
    const prefix = `${row.workflow_id}/`;
    const { written } = await readEffects(engine.pool, userId, prefix);
    const undone = isRefused ? [...names].reverse().map((name) => `${name}:undo`) : [];
    expect([index, written.map(({ key }) => key.slice(prefix.length))]).toEqual([
      index,
      [...names, ...undone],
    ]);
  }
}, 90_000);
