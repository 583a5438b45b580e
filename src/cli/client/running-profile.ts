/** What `npm start` leaves in its data folder for the command line: where its servers are, as long as it runs. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type ProcessIdentity, isAlive } from '../../embedded/process-identity';

export interface RunningProfile {
  /** `null` while it is still starting. */
  apiUrl: string | null;
  /** Addresses of its servers, as the environment variables that API and worker read. */
  env: Record<string, string>;
}

const fileOf = (dataDir: string): string => path.join(dataDir, 'run', 'environment.json');

/** Readable by its owner only: addresses of databases hold passwords. */
export async function publishEnvironment(dataDir: string, env: Record<string, string>): Promise<void> {
  const draft = `${fileOf(dataDir)}.${String(process.pid)}`;
  await writeFile(draft, JSON.stringify(env), { mode: 0o600 });
  await rename(draft, fileOf(dataDir));
}

export async function withdrawEnvironment(dataDir: string): Promise<void> {
  await rm(fileOf(dataDir), { force: true });
}

/** `null` when nothing runs on this folder, whatever files lie there. */
export async function readRunningProfile(dataDir: string): Promise<RunningProfile | null> {
  const lock = await readJson<ProcessIdentity & { links?: Record<string, string> }>(
    path.join(dataDir, 'lock'),
  );
  if (lock === null || !(await isAlive(lock))) return null;
  const env = await readJson<Record<string, string>>(fileOf(dataDir));
  return { apiUrl: lock.links?.['API'] ?? null, env: env ?? {} };
}

async function readJson<T>(file: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch {
    return null;
  }
}
