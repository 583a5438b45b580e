/** A ledger of several files: each `include` is read in the place where it stands. */
import type { Include } from './entries';
import { readSyntax, type Syntax } from './syntax';

export interface LedgerFile {
  /** The first as it was named; the others by their path relative to the folder of the first, with `/`. */
  name: string;
  text: string;
}

/** Gives the text of a file, by its path relative to the folder of the ledger's first file; `null`: there is none. */
export type ReadFile = (path: string) => string | null;

export interface ReadLedger extends Syntax {
  /** All that were read, the first first. */
  files: LedgerFile[];
}

/** @param readFile `null`: the ledger is a single text, and an include is a problem */
export function readFiles(text: string, name: string, readFile: ReadFile | null): ReadLedger {
  const ledger: ReadLedger = { files: [], entries: [], includes: [], ignored: [], problems: [] };
  const read = new Set<string>();

  /** @param path what includes of this file are relative to */
  function readInto(file: LedgerFile, path: string): void {
    read.add(path);
    ledger.files.push(file);
    const { entries, includes, ignored, problems } = readSyntax(file.text, file.name);
    ledger.entries.push(...entries);
    ledger.includes.push(...includes);
    ledger.ignored.push(...ignored);
    ledger.problems.push(...problems);
    for (const include of includes) {
      const target = pathOf(include, path);
      const found = find(include, target);
      if (typeof found === 'string') readInto({ name: target, text: found }, target);
      else ledger.problems.push({ file: include.file, line: include.line, message: found.problem });
    }
  }

  function find({ path }: Include, target: string): string | { problem: string } {
    if (readFile === null)
      return { problem: 'a ledger of one text includes no files: "include" is not read here' };
    if (/[*?[\]]/.test(path)) return { problem: `"${path}": wildcards are not read here, name each file` };
    if (read.has(target))
      return { problem: `"${path}" was read already: a file is included once, and never from itself` };
    return readFile(target) ?? { problem: `"${path}" is not there, or cannot be read` };
  }

  readInto({ name, text }, name.slice(name.lastIndexOf('/') + 1));
  return ledger;
}

/** Relative to the file it stands in, without `.` and, as far as it goes, `..`. */
function pathOf({ path }: Include, from: string): string {
  if (path.startsWith('/')) return path;
  const parts: string[] = [];
  for (const part of [...from.split('/').slice(0, -1), ...path.split('/')]) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
