/** PostgreSQL refuses to run as root: whom root runs it as, and whether that user reaches the files. */
import { readFile } from 'node:fs/promises';
import { runCommand } from './run-command';

export interface Account {
  uid: number;
  gid: number;
  name: string;
}

/** `null` when this process is not root and simply runs PostgreSQL itself. */
export async function postgresAccount(): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const [name, , uid, gid] = lines.find(([each]) => each === wanted) ?? [];
    if (name !== undefined) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is neither a user `postgres` nor `nobody`: ' +
      'start as another user, or set DATABASE_URL and DATABASE_OWNER_URL.',
  );
}

/** A directory in the way that only root may enter hides all below it. */
export async function canEnter(account: Account, folder: string): Promise<boolean> {
  const { code } = await runCommand('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { user: account, cwd: '/' });
  return code === 0;
}

export async function canRun(account: Account | null, program: string): Promise<boolean> {
  const { code } = await runCommand(program, ['--version'], { ...(account && { user: account }), cwd: '/' });
  return code === 0;
}
