/** What `dawsos start` runs, for other commands on this machine: where its servers are, readable by this user only. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findOwner } from '../embedded/lock';
import type { Stack } from './start-stack';

/** Named as in the environment. */
export interface KnownServices {
  DATABASE_URL: string;
  TEMPORAL_ADDRESS: string;
}

/** Gone again when all is stopped. */
export async function publishServices(dataDir: string, stack: Stack, known: KnownServices): Promise<void> {
  const file = fileIn(dataDir);
  await rm(file, { force: true });
  await writeFile(file, JSON.stringify(known), { mode: 0o600 });
  await stack.add('the note of the servers', () => rm(file, { force: true }));
}

export interface RunningStart {
  pid: number;
  /** `null` while it is still starting. */
  apiUrl: string | null;
  services: KnownServices | null;
}

/** The `dawsos start` that lives on this folder, if there is one. */
export async function findRunningStart(dataDir: string): Promise<RunningStart | null> {
  const owner = await findOwner(dataDir);
  if (owner === null) return null;
  const text = await readFile(fileIn(dataDir), 'utf8').catch(() => null);
  const services = text === null ? null : (JSON.parse(text) as KnownServices);
  return { pid: owner.pid, apiUrl: owner.links['API'] ?? null, services };
}

function fileIn(dataDir: string): string {
  return path.join(dataDir, 'services.json');
}
