/** However `npm start` ends, nothing of it stays behind, and the next start works. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { until } from '../support/process';
import {
  endAllStarts,
  makeDataDir,
  processesOf,
  removeDataDir,
  spawnStart,
  startTimeoutMs,
} from '../support/start-process';

let dataDir: string;

beforeAll(async () => {
  dataDir = await makeDataDir();
});
afterEach(endAllStarts);
afterAll(() => {
  removeDataDir(dataDir);
});

const supervisorPid = (): number =>
  (JSON.parse(readFileSync(path.join(dataDir, 'lock'), 'utf8')) as { pid: number }).pid;

async function expectNothingLeft(withinMs: number): Promise<void> {
  await until('all processes gone', async () => (await processesOf(dataDir)).length === 0, withinMs);
}

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'stops everything in order on %s',
  async (signal) => {
    const run = spawnStart(['--data', dataDir, '--port', '0']);
    await run.ready();
    expect((await processesOf(dataDir)).length).toBeGreaterThan(2);
    run.child.kill(signal);
    expect(await run.exitCode).toBe(0);
    expect(await processesOf(dataDir)).toEqual([]);
  },
  startTimeoutMs,
);

it(
  'stops what has come up so far when it is told to during the start',
  async () => {
    const run = spawnStart(['--data', dataDir, '--port', '0']);
    await until('PostgreSQL', () => run.output().includes('PostgreSQL: ready'), startTimeoutMs);
    run.child.kill('SIGINT');
    await run.exitCode;
    await expectNothingLeft(10_000);
  },
  startTimeoutMs,
);

it(
  'ends at once on a second signal',
  async () => {
    const run = spawnStart(['--data', dataDir, '--port', '0']);
    await run.ready();
    run.child.kill('SIGINT');
    await until('the stop', () => run.output().includes('stopping'));
    await new Promise((resolve) => setTimeout(resolve, 600));
    run.child.kill('SIGINT');
    await run.exitCode;
    await expectNothingLeft(10_000);
  },
  startTimeoutMs,
);

it.each(['the supervisor', 'scripts/start.mjs'])(
  'leaves no orphan within ten seconds of kill -9 of %s, and the next start finds the earlier runs',
  async (victim) => {
    const killed = spawnStart(['--data', dataDir, '--port', '0']);
    await killed.ready();
    if (victim === 'the supervisor') process.kill(supervisorPid(), 'SIGKILL');
    else killed.child.kill('SIGKILL');
    await killed.exitCode;
    await expectNothingLeft(10_000);
    const next = spawnStart(['--once', '--data', dataDir, '--port', '0']);
    expect(await next.exitCode).toBe(0);
  },
  2 * startTimeoutMs,
);

it(
  'starts while servers of a killed start are still running: it stops them first',
  async () => {
    const killed = spawnStart(['--data', dataDir, '--port', '0']);
    await killed.ready();
    process.kill(supervisorPid(), 'SIGKILL');
    const next = spawnStart(['--once', '--data', dataDir, '--port', '0']);
    expect(await next.exitCode).toBe(0);
    await killed.exitCode;
    await expectNothingLeft(10_000);
  },
  2 * startTimeoutMs,
);

it(
  'starts a worker again that was killed',
  async () => {
    const run = spawnStart(['--data', dataDir, '--port', '0']);
    await run.ready();
    const { pid } = JSON.parse(readFileSync(path.join(dataDir, 'run/worker.pid'), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    await until('the worker’s next start', () => run.output().includes('starting it again'));
    await until('another worker', () => run.output().includes('the worker is back'), 60_000);
    run.child.kill('SIGTERM');
    expect(await run.exitCode).toBe(0);
    expect(await processesOf(dataDir)).toEqual([]);
  },
  2 * startTimeoutMs,
);
