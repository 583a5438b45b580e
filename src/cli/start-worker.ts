/** The worker of `npm start`: a child process, started again when it ends by itself. */
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Guard } from '../embedded/guard';
import { type ServerProcess, startProcess } from '../embedded/server-process';

export interface WorkerOptions {
  dataDir: string;
  guard: Guard;
  env: NodeJS.ProcessEnv;
  say: (line: string) => void;
  isStopping: () => boolean;
  /** Called when it keeps ending. */
  onLost: (name: string, lastLines: string) => void;
}

const readyTimeoutMs = 60_000;
/** So often within a minute is not chance. */
const restartsPerMinute = 5;

/** Resolves when the worker polls. @throws Error with its last words when it ends before */
export async function superviseWorker(options: WorkerOptions): Promise<{ stop(): Promise<void> }> {
  let current = await launch(options);
  const restarts: number[] = [];
  const watch = async (): Promise<void> => {
    for (;;) {
      const { code, signal } = await current.ended;
      if (options.isStopping()) return;
      const now = Date.now();
      restarts.push(now);
      if (restarts.filter((time) => time > now - 60_000).length > restartsPerMinute) {
        options.onLost('the worker', current.lastLines());
        return;
      }
      options.say(
        `the worker ended (${String(code ?? signal)}); starting it again. Runs go on where they were.`,
      );
      await sleep(500);
      if (options.isStopping()) return;
      current = await launch(options).then(
        (worker) => {
          options.say('the worker is back');
          return worker;
        },
        (error: unknown) => {
          options.say(error instanceof Error ? error.message : String(error));
          return current;
        },
      );
    }
  };
  void watch();
  return { stop: () => current.stop(25_000) };
}

async function launch({ dataDir, guard, env, isStopping }: WorkerOptions): Promise<ServerProcess> {
  const file = path.resolve(__dirname, '../../workers', `main${path.extname(__filename)}`);
  const loader = file.endsWith('.ts') ? ['--require', require.resolve('tsx/cjs')] : [];
  const logs = path.join(dataDir, 'logs');
  mkdirSync(logs, { recursive: true });
  const log = createWriteStream(path.join(logs, 'worker.log'));
  const worker = await startProcess({
    name: 'worker',
    command: process.execPath,
    args: [...loader, file],
    stopSignal: 'SIGTERM',
    runDir: path.join(dataDir, 'run'),
    guard,
    env,
    cwd: path.resolve(__dirname, '../..'),
    ipc: true,
    onLine: (line) => log.write(`${line}\n`),
  });
  void worker.ended.then(() => log.end());
  const ready = new Promise<boolean>((resolve) => {
    worker.child.once('message', () => {
      resolve(true);
    });
    void worker.ended.then(() => {
      resolve(false);
    });
    setTimeout(() => {
      resolve(false);
    }, readyTimeoutMs).unref();
  });
  if (await ready) return worker;
  await worker.stop(1000);
  if (isStopping()) return worker;
  throw new Error(`The worker did not become ready:\n${worker.lastLines() || '(it said nothing)'}`);
}
