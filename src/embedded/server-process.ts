/**
 * One server as a child process, in a process group of its own so that Ctrl-C in a terminal reaches the supervisor
 * only. While it runs, a file names it, so that the next start can stop what a killed one left behind.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Guard } from './guard';
import {
  identifyProcess,
  isAlive,
  type ProcessIdentity,
  signalProcess,
  stopProcess,
} from './process-identity';

export interface ServerCommand {
  /** Also the name of its file under `runDir`. */
  name: string;
  command: string;
  args: readonly string[];
  /** What asks it to end in good order. */
  stopSignal: NodeJS.Signals;
  runDir: string;
  guard: Guard;
  env?: NodeJS.ProcessEnv;
  /** As another user; only root can. */
  user?: { uid: number; gid: number };
  cwd?: string;
  /** Adds a channel for messages. */
  ipc?: boolean;
  onLine?: (line: string) => void;
}

export interface ServerProcess {
  child: ChildProcess;
  pid: number;
  /** Resolves when it has ended, whoever ended it. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  isRunning(): boolean;
  /** Its last lines, for an error message. */
  lastLines(): string;
  stop(patienceMs?: number): Promise<void>;
}

interface PidFile extends ProcessIdentity {
  name: string;
  signal: NodeJS.Signals;
}

/** @throws Error when the program cannot be run at all */
export async function startProcess(settings: ServerCommand): Promise<ServerProcess> {
  const { command, args, stopSignal, guard, onLine } = settings;
  const child = spawn(command, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', ...(settings.ipc ? ['ipc' as const] : [])],
    ...(settings.env && { env: settings.env }),
    ...(settings.user ?? {}),
    ...(settings.cwd !== undefined && { cwd: settings.cwd }),
  });
  const lines = collectLines(child, onLine);
  const ended = new Promise<Awaited<ServerProcess['ended']>>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve({ code, signal });
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const pid = child.pid ?? 0;
  guard.watch(pid, stopSignal);
  const file = await writePidFile(settings, pid);
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const forgotten = ended.then(async () => {
    guard.forget(pid);
    if (file !== null) await rm(file, { force: true });
  });
  return {
    child,
    pid,
    ended,
    isRunning,
    lastLines: () => lines.join('\n'),
    stop: async (patienceMs = 8000) => {
      if (isRunning()) signalProcess(pid, stopSignal);
      const force = setTimeout(() => {
        if (isRunning()) signalProcess(-pid, 'SIGKILL');
      }, patienceMs);
      await forgotten;
      clearTimeout(force);
    },
  };
}

/** Stops what a killed supervisor left running. Call only as the owner of the data directory. */
export async function sweepProcesses(runDir: string, say: (line: string) => void): Promise<void> {
  const names = (await readdir(runDir).catch(() => [])).filter((name) => name.endsWith('.pid'));
  await Promise.all(
    names.map(async (name) => {
      const file = path.join(runDir, name);
      const left = parsePidFile(await readFile(file, 'utf8').catch(() => ''));
      if (left !== null && (await isAlive(left))) {
        say(`stopping ${left.name} (pid ${String(left.pid)}), left over from a start that was killed`);
        await stopProcess(left, left.signal, 5000);
      }
      await rm(file, { force: true });
    }),
  );
}

async function writePidFile(
  { name, runDir, stopSignal }: ServerCommand,
  pid: number,
): Promise<string | null> {
  const identity = await identifyProcess(pid);
  if (identity === null) return null;
  await mkdir(runDir, { recursive: true });
  const file = path.join(runDir, `${name}.pid`);
  const content: PidFile = { ...identity, name, signal: stopSignal };
  await writeFile(file, JSON.stringify(content));
  return file;
}

function parsePidFile(text: string): PidFile | null {
  try {
    const value = JSON.parse(text) as Partial<PidFile> | null;
    const { pid, started, name, signal } = value ?? {};
    if (!Number.isInteger(pid) || pid === undefined || pid <= 1) return null;
    return started !== undefined && name !== undefined && signal !== undefined
      ? { pid, started, name, signal }
      : null;
  } catch {
    return null;
  }
}

/** Keeps the last lines only: a server may run for weeks. */
function collectLines(child: ChildProcess, onLine?: (line: string) => void): string[] {
  const kept: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines.filter((each) => each.trim() !== '')) {
        kept.push(line.slice(0, 500));
        if (kept.length > 12) kept.shift();
        onLine?.(line);
      }
    });
  }
  return kept;
}
