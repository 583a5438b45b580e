/** The lines of a Beancount file become entries as written; nothing is booked or checked for sense yet. */
import { need, needEnd, rest, SyntaxProblem, take, takeDate, withoutComment, type Cursor } from './cursor';
import { readDated, unknownDirective } from './directives';
import type { Include, LedgerProblem, Place, RawEntry } from './entries';
import { readPosting, readTransaction, transactionFlag } from './transaction-syntax';

export interface Syntax {
  entries: RawEntry[];
  includes: Include[];
  /** Directives that move nothing and are left out. */
  ignored: LedgerProblem[];
  problems: LedgerProblem[];
}

/** They say nothing about amounts: the ledger is whole without them. */
const harmless = ['event', 'query', 'custom', 'document'];
const undatedHarmless = ['pushtag', 'poptag', 'pushmeta', 'popmeta'];

/** Reads on after a problem, so that all of them are reported at once. */
export function readSyntax(text: string, file: string): Syntax {
  const syntax: Syntax = { entries: [], includes: [], ignored: [], problems: [] };
  let current: RawEntry | null = null;
  // Editors of Windows put a mark before the text.
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  lines.forEach((source, index) => {
    const place = { file, line: index + 1 };
    const content = withoutComment(source);
    if (content.trim() === '') return;
    try {
      if (/^[ \t]/.test(content)) {
        readIndented(content.trim(), place.line, current);
        return;
      }
      // Beancount takes a line that begins like a heading for a comment.
      if (/^[*:#!|&%]/.test(content)) return;
      current = null;
      current = readDirective({ text: content, at: 0 }, place, syntax);
      if (current !== null) syntax.entries.push(current);
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error;
      syntax.problems.push({ ...place, message: error.message });
    }
  });
  return syntax;
}

/** Metadata stands under any directive, postings under a transaction only. */
function readIndented(content: string, line: number, current: RawEntry | null): void {
  const metadata = /^([a-z][A-Za-z0-9_-]*):\s*(?:"((?:[^"\\]|\\.)*)"\s*$)?/.exec(content);
  if (metadata) {
    if (current?.kind === 'commodity' && metadata[1] === 'name')
      current.name = metadata[2]?.replace(/\\(.)/g, '$1') ?? null;
    return;
  }
  // What follows a directive that could not be read, or is left out, was reported with it.
  if (/^[#^]/.test(content) || current === null) return;
  if (current.kind !== 'transaction') throw new SyntaxProblem(`"${content}" belongs to no transaction`);
  current.postings.push(readPosting({ text: content, at: 0 }, line));
}

/** `null`: a directive that makes no entry. */
function readDirective(cursor: Cursor, place: Place, syntax: Syntax): RawEntry | null {
  const date = takeDate(cursor);
  if (date === null) return readUndated(cursor, place, syntax);
  const flag = transactionFlag(cursor);
  if (flag !== null) return readTransaction(cursor, { ...place, date, flag });
  const keyword = take(cursor, 'word') ?? rest(cursor);
  if (harmless.includes(keyword)) {
    syntax.ignored.push({ ...place, message: `"${keyword}" moves nothing and is left out` });
    return null;
  }
  const entry = readDated(cursor, keyword, { ...place, date });
  needEnd(cursor);
  return entry;
}

function readUndated(cursor: Cursor, place: Place, syntax: Syntax): RawEntry | null {
  const keyword = take(cursor, 'word') ?? rest(cursor);
  // Tags and metadata name things, they move nothing.
  if (undatedHarmless.includes(keyword)) return null;
  if (keyword === 'include') {
    syntax.includes.push({ ...place, path: need(cursor, 'string', 'the file to include') });
    needEnd(cursor);
    return null;
  }
  if (keyword === 'plugin')
    throw new SyntaxProblem(
      'plugins are not run here, and one may change what is booked: remove it, or write out what it does',
    );
  if (keyword !== 'option') throw unknownDirective(keyword);
  const name = need(cursor, 'string', 'the option’s name');
  const entry: RawEntry = {
    kind: 'option',
    ...place,
    name,
    value: need(cursor, 'string', 'the option’s value'),
  };
  needEnd(cursor);
  return entry;
}
