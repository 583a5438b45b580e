/** The folder of one test run's servers; what killed runs left is removed, their processes first. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { acquireLock, type DataLock } from '../../src/embedded/lock';
import { sweepProcesses } from '../../src/embedded/server-process';

export interface RunFolder {
  path: string;
  remove(): Promise<void>;
}

const root = path.resolve(__dirname, '../..', '.data/tests');

export async function makeRunFolder(say: (line: string) => void): Promise<RunFolder> {
  await mkdir(root, { recursive: true });
  for (const name of await readdir(root)) await removeAbandoned(path.join(root, name), say);
  const folder = path.join(root, `run-${String(process.pid)}`);
  const lock = await lockOf(folder);
  if (lock === null) throw new Error(`${folder} belongs to another process.`);
  return { path: folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function removeAbandoned(folder: string, say: (line: string) => void): Promise<void> {
  if ((await lockOf(folder)) === null) return;
  await sweepProcesses(path.join(folder, 'run'), say);
  await rm(folder, { recursive: true, force: true });
}

async function lockOf(folder: string): Promise<DataLock | null> {
  const attempt = await acquireLock(folder);
  return 'lock' in attempt ? attempt.lock : null;
}
