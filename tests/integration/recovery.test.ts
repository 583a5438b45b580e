import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Engine, outcomeOf, startEngine } from '../support/engine';
import { kill, startProcess, until } from '../support/process';
import { temporalAddress } from '../support/temporal';

const worker = path.resolve('tests/support/worker-process.ts');
const linesOf = (file: string): string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];

/** Five steps one after the other, each noting its call in a file. */
function chain(log: string): object {
  const names = ['one', 'two', 'three', 'four', 'five'];
  const steps = names.map((name, i) => ({
    capability: 'probe.sleep',
    args: { ms: 300, log, name, ...(i > 0 && { after: `{{state.${names[i - 1] ?? ''}.name}}` }) },
    as: name,
  }));
  return { steps, outputs: names };
}

describe('a killed worker', () => {
  let engine: Engine;
  let child: ChildProcess | undefined;
  const start = () =>
    startProcess(worker, {
      TEMPORAL_ADDRESS: temporalAddress(),
      TEMPORAL_NAMESPACE: engine.namespace,
      DATABASE_URL: engine.databaseUrl,
    });
  beforeAll(async () => {
    engine = await startEngine({ worker: false });
    child = await start();
  });
  afterAll(async () => {
    if (child) await kill(child);
    await engine.close();
  });

  it('loses nothing: after a restart the run completes, and no completed step runs again', async () => {
    const log = path.join(mkdtempSync(path.join(os.tmpdir(), 'dawsos-')), 'calls');
    const { ended } = await engine.start(chain(log));
    await until('the third step to start', () => linesOf(log).includes('three'));
    if (child) await kill(child);
    const before = linesOf(log);
    child = await start();
    const outcome = outcomeOf(await ended());
    expect(outcome.status).toBe('succeeded');
    const calls = linesOf(log);
    // The step in flight when the process died may run twice; those that had ended may not.
    for (const name of before.slice(0, -1))
      expect([name, calls.filter((line) => line === name)]).toEqual([name, [name]]);
    expect(new Set(calls)).toEqual(new Set(['one', 'two', 'three', 'four', 'five']));
    expect(outcome.trace.steps.map((step) => step.status)).toEqual(Array(5).fill('success'));
  }, 60_000);
});
