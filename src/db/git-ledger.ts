/** Ledgers as git has them: what was committed, not what lies in the folder, for the commit has to name exactly what was read. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** A place within a git repository. */
export interface GitPlace {
  /** Folder of the work tree. */
  root: string;
  /** Of the file, relative to it, with `/`. */
  file: string;
}

/** `null`: the file lies in no work tree, or there is no git. */
export function findWorkTree(file: string): GitPlace | null {
  const folder = path.dirname(path.resolve(file));
  try {
    const root = git(folder, 'rev-parse', '--show-toplevel').trim();
    // Below the root by git's own reckoning: links in the path would lead astray.
    const prefix = git(folder, 'rev-parse', '--show-prefix').trim();
    return root === '' ? null : { root, file: `${prefix}${path.basename(file)}` };
  } catch {
    return null;
  }
}

/** The whole hash of a commit, by any name git knows it by; `null`: there is none. */
export function findCommit(root: string, name: string): string | null {
  try {
    return git(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`).trim();
  } catch {
    return null;
  }
}

/** The text of a file in a commit; `null`: the commit has no such file. */
export function readAtCommit(root: string, commit: string, file: string): string | null {
  const inside = path.posix.normalize(file);
  if (inside.startsWith('../') || path.posix.isAbsolute(inside)) return null;
  try {
    return git(root, 'cat-file', 'blob', `${commit}:${inside}`);
  } catch {
    return null;
  }
}

/** Of these files, those whose text in the folder is not that of the commit. */
export function changedSince(root: string, commit: string, files: readonly string[]): string[] {
  return git(root, 'diff', '--name-only', '-z', commit, '--', ...files)
    .split('\0')
    .filter((name) => name !== '');
}

/** @throws Error with what git says */
function git(folder: string, ...args: string[]): string {
  return execFileSync('git', ['-C', folder, ...args], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
