/** Reads one line of a ledger from left to right. */
import { isDay } from '../services/dates';
import { Exact } from './decimal';
import type { WrittenAmount } from './entries';

export interface Cursor {
  text: string;
  at: number;
}

/** Expected, and answered with a problem on the line it happened on. */
export class SyntaxProblem extends Error {}

const patterns = {
  space: /[ \t]+/y,
  date: /\d{4}[-/]\d{2}[-/]\d{2}/y,
  account: /(?:Assets|Liabilities|Equity|Income|Expenses)(?::[\p{Lu}\p{Nd}][\p{L}\p{Nd}-]*)+/uy,
  number: /[-+]?(?:\d[\d,]*(?:\.\d*)?|\.\d+)/y,
  currency: /[A-Z][A-Z0-9'._-]*/y,
  string: /"((?:[^"\\]|\\.)*)"/y,
  word: /[a-z_]+/y,
  flag: /[*!](?= |\t|$)/y,
  tag: /[#^][A-Za-z0-9_./-]+/y,
} as const;

/** The token at the cursor, which then stands behind it and any blanks; `null` when something else is there. */
export function take(cursor: Cursor, token: keyof typeof patterns): string | null {
  const found = match(cursor, patterns[token]);
  if (found === null) return null;
  match(cursor, patterns.space);
  return token === 'string' ? found.slice(1, -1).replace(/\\(.)/g, '$1') : found;
}

/** @throws SyntaxProblem when the token is not there */
export function need(cursor: Cursor, token: keyof typeof patterns, what: string): string {
  const found = take(cursor, token);
  if (found === null) throw new SyntaxProblem(`expected ${what} at "${rest(cursor)}"`);
  return found;
}

export function takeText(cursor: Cursor, text: string): boolean {
  if (!cursor.text.startsWith(text, cursor.at)) return false;
  cursor.at += text.length;
  match(cursor, patterns.space);
  return true;
}

export function takeDate(cursor: Cursor): string | null {
  const found = take(cursor, 'date')?.replaceAll('/', '-') ?? null;
  if (found !== null && !isDay(found)) throw new SyntaxProblem(`${found} is not a day of the calendar`);
  return found;
}

export function takeNumber(cursor: Cursor): Omit<WrittenAmount, 'currency'> | null {
  const found = take(cursor, 'number');
  if (found === null) return null;
  return { number: new Exact(found.replaceAll(',', '')), digits: found.split('.')[1]?.length ?? 0 };
}

/** A number and its currency. @throws SyntaxProblem when either is missing, or the number is a calculation */
export function needAmount(cursor: Cursor): WrittenAmount {
  const number = takeNumber(cursor);
  if (number === null) throw new SyntaxProblem(`expected a number at "${rest(cursor)}"`);
  return { ...number, currency: need(cursor, 'currency', 'a currency (calculations are not read)') };
}

/** @throws SyntaxProblem when anything but blanks is left */
export function needEnd(cursor: Cursor): void {
  if (rest(cursor) !== '') throw new SyntaxProblem(`cannot read "${rest(cursor)}"`);
}

export function rest(cursor: Cursor): string {
  return cursor.text.slice(cursor.at).trim();
}

/** The line without its comment; a `;` inside a text is none. */
export function withoutComment(line: string): string {
  const found = /^(?:[^";]|"(?:[^"\\]|\\.)*")*/.exec(line);
  const text = found?.[0] ?? '';
  // An unfinished text: left as it is, for the message.
  return line.charAt(text.length) === '"' ? line : text.trimEnd();
}

function match(cursor: Cursor, pattern: RegExp): string | null {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text);
  if (found === null) return null;
  cursor.at = pattern.lastIndex;
  return found[0];
}
