/** The embedded stack, in a folder of its own, with the demo and the benchmark's worker. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { migrate } from '../src/db/migrate';
import { seedDemo } from '../src/db/seed';
import { startGuard } from '../src/embedded/guard';
import { startPostgres } from '../src/embedded/postgres';
import { startTemporal } from '../src/embedded/temporal';
import { resolveTemporalCli } from '../src/embedded/temporal-cli';

export interface BenchStack {
  env: Record<string, string>;
  dataDir: string;
  close(): Promise<void>;
}

/** @param durable `false`: neither Temporal nor a worker, which take a core for themselves even when nobody asks them */
export async function startBenchStack(
  say: (line: string) => void,
  { durable }: { durable: boolean },
): Promise<BenchStack> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'dawsos-bench-'));
  // PostgreSQL's own user has to be able to enter.
  chmodSync(dataDir, 0o755);
  const guard = startGuard();
  const place = { dataDir, guard, say };
  const [postgres, temporal] = await Promise.all([
    startPostgres({ ...place, port: 0 }),
    durable ? startBenchTemporal(place) : null,
  ]);
  const { ownerUrl, appUrl } = postgres;
  await migrate({ ownerUrl, appUrl, log: () => undefined });
  await seedDemo({ ownerUrl, log: () => undefined });
  const env = {
    TEMPORAL_ADDRESS: temporal?.address ?? '127.0.0.1:1',
    DATABASE_URL: appUrl,
    DATA_DIR: dataDir,
    LOG_LEVEL: durable ? 'error' : 'silent',
    PORT: '0',
  };
  const stopWorker = durable ? await startBenchWorker(env) : null;
  return {
    env,
    dataDir,
    close: async () => {
      await stopWorker?.();
      await temporal?.stop();
      await postgres.stop();
      guard.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function startBenchTemporal(place: Omit<Parameters<typeof startTemporal>[0], 'cli'>) {
  // The CLI is looked for where `npm start` keeps it, so that a benchmark fetches nothing a second time.
  const dataDir = path.resolve(process.env['DATA_DIR'] ?? '.data');
  const cli = await resolveTemporalCli({ dataDir, say: place.say });
  return startTemporal({ ...place, cli, port: 0, uiPort: 0 });
}

/** @returns how to end it */
async function startBenchWorker(env: Record<string, string>): Promise<() => Promise<void>> {
  const worker = spawn(process.execPath, ['--require', 'tsx/cjs', path.join(__dirname, 'worker.ts')], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const failed = once(worker, 'exit').then(() => {
    throw new Error('the benchmark’s worker ended before it was ready');
  });
  failed.catch(() => undefined);
  await Promise.race([once(worker, 'message'), failed]);
  return async () => {
    const ended = once(worker, 'exit');
    worker.kill('SIGTERM');
    await ended;
  };
}
