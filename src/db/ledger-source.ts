/** A ledger's file, as the import reads it: from the last git commit where it lies in a work tree, else as it is. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ledgerFilesHash, parseLedger, type ParsedLedger } from '../ledger/parse-ledger';
import { changedSince, findCommit, findWorkTree, readAtCommit } from './git-ledger';

export interface LedgerSource {
  parsed: ParsedLedger;
  ledger_commit_hash: string;
  /** `git`: the hash is the commit's; `text`: it is that of the files. */
  origin: 'git' | 'text';
  /** Files with changes that are not in the commit, and so were not read. */
  uncommitted: string[];
}

/**
 * @param file as the user named it; problems name it so
 * @param commit any name of a commit; `null`: HEAD
 * @throws RangeError that says what cannot be read, and what to do
 */
export function readLedgerSource(file: string, commit: string | null): LedgerSource {
  const place = findWorkTree(file);
  if (place !== null) return readCommitted(file, place, commit ?? 'HEAD');
  if (commit !== null)
    throw new RangeError(
      `${file} lies in no git work tree, so it has no commit ${commit}: leave --commit out.`,
    );
  const folder = path.dirname(file);
  const parsed = parseLedger(readPlain(file), file, (name) => {
    try {
      return readPlain(path.resolve(folder, name));
    } catch {
      return null;
    }
  });
  return { parsed, ledger_commit_hash: ledgerFilesHash(parsed.files), origin: 'text', uncommitted: [] };
}

function readCommitted(file: string, place: { root: string; file: string }, name: string): LedgerSource {
  const { root } = place;
  const commit = findCommit(root, name);
  if (commit === null)
    throw new RangeError(
      `The repository of ${file} has no commit ${name}: commit the ledger first (git commit).`,
    );
  const text = readAtCommit(root, commit, place.file);
  if (text === null)
    throw new RangeError(
      `${file} is not in the commit ${commit}: add and commit it first (git add, git commit).`,
    );
  const folder = path.posix.dirname(place.file);
  const parsed = parseLedger(text, file, (included) =>
    readAtCommit(root, commit, path.posix.join(folder, included)),
  );
  const [, ...included] = parsed.files;
  const files = [place.file, ...included.map((each) => path.posix.join(folder, each.name))];
  return {
    parsed,
    ledger_commit_hash: commit,
    origin: 'git',
    uncommitted: changedSince(root, commit, files),
  };
}

function readPlain(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new RangeError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
