import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startGuard } from '../../src/embedded/guard';
import type { RunningTemporal } from '../../src/embedded/temporal';
import { type Engine, outcomeOf, startEngine } from '../support/engine';
import { until } from '../support/process';
import { startOwnTemporal } from '../support/temporal';

const linesOf = (file: string): string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];

describe('a killed Temporal server', () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'dawsos-temporal-'));
  const guard = startGuard();
  let temporal: RunningTemporal;
  let engine: Engine;
  const start = (port: number) => startOwnTemporal(dataDir, guard, port);
  beforeAll(async () => {
    temporal = await start(0);
    engine = await startEngine({ address: temporal.address });
  });
  afterAll(async () => {
    await engine.close();
    await temporal.stop();
    guard.close();
  });

  it('loses nothing: runs go on after its restart, and no completed step runs again', async () => {
    const log = path.join(dataDir, 'calls');
    const names = ['one', 'two', 'three', 'four'];
    const steps = names.map((name, i) => ({
      capability: 'probe.sleep',
      args: { ms: 300, log, name, ...(i > 0 && { after: `{{state.${names[i - 1] ?? ''}.name}}` }) },
      as: name,
    }));
    const { ended } = await engine.start({ steps, outputs: names });
    await until('the second step to start', () => linesOf(log).includes('two'));
    process.kill(temporal.process.pid, 'SIGKILL');
    await temporal.process.ended;
    temporal = await start(Number(temporal.address.split(':')[1]));

    const outcome = outcomeOf(await ended());
    expect(outcome.status).toBe('succeeded');
    expect(linesOf(log).filter((name) => name === 'one')).toEqual(['one']);
    expect(new Set(linesOf(log))).toEqual(new Set(names));
  }, 90_000);
});
