/** Which process a number means: ids are reused, so a process is its id and its start time together. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

export interface ProcessIdentity {
  pid: number;
  /** As the system tells it; only ever compared. */
  started: string;
}

/** `null` when no such process lives; a zombie does not live. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | null> {
  const started = process.platform === 'linux' ? await startedByProc(pid) : await startedByPs(pid);
  return started === null ? null : { pid, started };
}

export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  return (await identifyProcess(identity.pid))?.started === identity.started;
}

/** Asks with `signal`, waits, then kills the process's whole group. Resolves when it is gone. */
export async function stopProcess(
  identity: ProcessIdentity,
  signal: NodeJS.Signals,
  patienceMs: number,
): Promise<void> {
  if (!(await isAlive(identity))) return;
  signalProcess(identity.pid, signal);
  if (await isGoneWithin(identity, patienceMs)) return;
  signalProcess(-identity.pid, 'SIGKILL');
  await isGoneWithin(identity, 5000);
}

/** Like `process.kill`, but a process that has just ended is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function isGoneWithin(identity: ProcessIdentity, ms: number): Promise<boolean> {
  const deadline = Date.now() + ms;
  while (await isAlive(identity)) {
    if (Date.now() > deadline) return false;
    await sleep(30);
  }
  return true;
}

async function startedByProc(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => null);
  // The second field is the program's name in brackets and may hold anything, brackets included.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields === undefined || fields[0] === 'Z' ? null : (fields[19] ?? null);
}

async function startedByPs(pid: number): Promise<string | null> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]).catch(
    () => ({ stdout: '' }),
  );
  const [, state, started] = /^\s*(\S+)\s+(.*\S)\s*$/.exec(stdout) ?? [];
  return started === undefined || state?.startsWith('Z') === true ? null : started;
}
