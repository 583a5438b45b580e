/** One owner of a data directory at a time: two servers on one set of files would destroy them. */
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { identifyProcess, isAlive, type ProcessIdentity } from './process-identity';

export interface DataLock {
  /** Tells the next one who tries where the running one is found. */
  publish(links: Record<string, string>): Promise<void>;
  release(): Promise<void>;
}

/** Somebody else owns the directory: an answer, not a crash. */
export interface LockOwner extends ProcessIdentity {
  links: Record<string, string>;
}

export type LockAttempt = { lock: DataLock } | { owner: LockOwner };

/** A lock whose owner no longer lives counts for nothing. */
export async function acquireLock(dataDir: string): Promise<LockAttempt> {
  await mkdir(dataDir, { recursive: true });
  const file = path.join(dataDir, 'lock');
  const self = await identifyProcess(process.pid);
  if (self === null) throw new Error('This process cannot find out when it was started.');
  for (;;) {
    if (await createOnce(file, { ...self, links: {} })) return { lock: heldLock(file, self) };
    const owner = await readOwner(file);
    if (owner !== null && (await isAlive(owner))) return { owner };
    await removeStale(file, owner);
  }
}

function heldLock(file: string, self: ProcessIdentity): DataLock {
  return {
    publish: async (links) => {
      const draft = `${file}.${String(self.pid)}`;
      await writeFile(draft, JSON.stringify({ ...self, links }));
      await rename(draft, file);
    },
    release: async () => {
      if ((await readOwner(file))?.pid === self.pid) await rm(file, { force: true });
    },
  };
}

/** Written elsewhere and linked: whoever finds the lock finds it whole. */
async function createOnce(file: string, owner: LockOwner): Promise<boolean> {
  const draft = `${file}.${String(owner.pid)}`;
  await writeFile(draft, JSON.stringify(owner));
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Moved aside first and looked at again, since another start may have replaced it in this moment. */
async function removeStale(file: string, stale: LockOwner | null): Promise<void> {
  const aside = `${file}.stale-${String(process.pid)}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  const moved = await readOwner(aside);
  if (moved !== null && moved.started !== stale?.started && (await isAlive(moved))) {
    await rename(aside, file);
  } else {
    await rm(aside, { force: true });
  }
}

async function readOwner(file: string): Promise<LockOwner | null> {
  try {
    const value = JSON.parse(await readFile(file, 'utf8')) as Partial<LockOwner>;
    const { pid, started, links = {} } = value;
    return pid !== undefined && started !== undefined ? { pid, started, links } : null;
  } catch {
    return null;
  }
}
