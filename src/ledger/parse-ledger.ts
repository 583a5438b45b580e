/** A small Beancount reader: a ledger's text becomes booked, checked entries in the order of time. */
import { sha256Hex } from '../canonical';
import {
  type Accounts,
  addHolding,
  checkBalance,
  checkKnown,
  checkUsable,
  closeAccount,
  type Holdings,
  noAccounts,
  openAccount,
} from './accounts';
import { bookTransaction, type Booking } from './book';
import type { Entry, LedgerProblem, RawEntry, RawPosting, Transaction } from './entries';
import { emptyInventory } from './inventory';
import { readOption } from './ledger-options';
import { insertPadding } from './pad';
import { type LedgerFile, type ReadFile, readFiles } from './read-files';

export interface ParsedLedger {
  file: string;
  /** All files it was read from, the first first. */
  files: LedgerFile[];
  /** What could be read; complete only when there are no problems. */
  entries: Entry[];
  /** File by file, in the order of lines. */
  problems: LedgerProblem[];
  /** Directives that move nothing and were left out: event, query, custom, document. */
  ignored: LedgerProblem[];
}

/**
 * Understands option, include, open, close, commodity, price, balance, pad, note and transactions, with lots, costs,
 * prices and one leg without an amount. Reductions name their lot, or `{}` for those the account's booking method takes.
 * Anything else is a problem with its line.
 * @param fileName as problems shall name it
 * @param readFile gives included files; without it an include is a problem
 */
export function parseLedger(text: string, fileName: string, readFile: ReadFile | null = null): ParsedLedger {
  const { files, entries: raw, problems, ignored } = readFiles(text, fileName, readFile);
  const accounts = noAccounts();
  const booking: Booking = { inventory: emptyInventory(), accounts, problems };
  const booked: Entry[] = [];
  for (const entry of raw.toSorted(byTime)) {
    const accepted = accept(entry, accounts, booking);
    if (accepted) booked.push(accepted);
  }
  const entries = insertPadding(booked, problems);
  checkBalances(entries, problems);
  const place = new Map(files.map(({ name }, index) => [name, index]));
  const inFile = ({ file }: LedgerProblem): number => place.get(file) ?? 0;
  return {
    file: fileName,
    files,
    entries,
    problems: problems.toSorted((a, b) => inFile(a) - inFile(b) || a.line - b.line),
    ignored,
  };
}

/** The name of a ledger's state when no repository gives it one: `sha256:` and the hash of its text. */
export function ledgerCommitHash(text: string): string {
  return `sha256:${sha256Hex(text)}`;
}

/** The same for a ledger of several files: of their names and texts, in the order in which they are included. */
export function ledgerFilesHash(files: readonly LedgerFile[]): string {
  const [first, ...included] = files;
  if (included.length === 0) return ledgerCommitHash(first?.text ?? '');
  // The first file's name depends on where it lies; those of the others are relative to it.
  return ledgerCommitHash(JSON.stringify([first?.text, ...included.map(({ name, text }) => [name, text])]));
}

function accept(entry: RawEntry, accounts: Accounts, booking: Booking): Entry | null {
  const { file } = entry;
  const note = (message: string | null, line = entry.line): void => {
    if (message !== null) booking.problems.push({ file, line, message });
  };
  switch (entry.kind) {
    case 'option':
      note(readOption(accounts, entry));
      return entry;
    case 'open':
      note(openAccount(accounts, entry));
      return entry;
    case 'close':
      note(closeAccount(accounts, entry.account));
      return entry;
    case 'balance':
    case 'note':
      note(checkKnown(accounts, entry.account));
      return entry;
    case 'pad':
      note(checkUsable(accounts, entry.account, null));
      note(checkUsable(accounts, entry.source, null));
      return entry;
    case 'transaction': {
      const booked = bookTransaction(entry, booking);
      for (const leg of entry.postings) {
        for (const currency of currenciesOf(leg, booked))
          note(checkUsable(accounts, leg.account, currency), leg.line);
      }
      return booked;
    }
    case 'commodity':
    case 'price':
      return entry;
  }
}

/** Of a leg without an amount: of what it was filled with; `null`: with nothing. */
function currenciesOf({ units, line }: RawPosting, booked: Transaction | null): (string | null)[] {
  if (units !== null) return [units.currency];
  const filled = booked?.postings.filter((posting) => posting.line === line) ?? [];
  return filled.length === 0 ? [null] : filled.map((posting) => posting.units.currency);
}

/** After the padding, which is there to make them true. */
function checkBalances(entries: readonly Entry[], problems: LedgerProblem[]): void {
  const holdings: Holdings = new Map();
  for (const entry of entries) {
    if (entry.kind === 'transaction') entry.postings.forEach((posting) => addHolding(holdings, posting));
    if (entry.kind !== 'balance') continue;
    const message = checkBalance(holdings, entry);
    if (message !== null) problems.push({ file: entry.file, line: entry.line, message });
  }
}

/** Beancount's order: within a day accounts open first, balances are those of its beginning, accounts close last. */
function byTime(a: RawEntry, b: RawEntry): number {
  const rank = (entry: RawEntry): number =>
    ({ option: 0, open: 1, balance: 2, close: 4 })[entry.kind as string] ?? 3;
  const dateOf = (entry: RawEntry): string => (entry.kind === 'option' ? '' : entry.date);
  const [dateA, dateB] = [dateOf(a), dateOf(b)];
  if (dateA !== dateB) return dateA < dateB ? -1 : 1;
  return rank(a) - rank(b) || a.line - b.line;
}
