/** A small Beancount reader: a ledger's text becomes booked, checked entries in the order of time. */
import { sha256Hex } from '../canonical';
import {
  addHolding,
  type Accounts,
  checkBalance,
  checkUsable,
  closeAccount,
  noAccounts,
  openAccount,
} from './accounts';
import { bookTransaction, type Booking } from './book';
import type { Entry, LedgerProblem, RawEntry } from './entries';
import { emptyInventory } from './inventory';
import { readSyntax } from './syntax';

export interface ParsedLedger {
  file: string;
  /** What could be read; complete only when there are no problems. */
  entries: Entry[];
  /** In the order of lines. */
  problems: LedgerProblem[];
}

/**
 * Understands option, open, close, commodity, price, balance and transactions, with lots, costs, prices and one leg
 * without an amount. Reductions name their lot, or `{}` for the oldest first. Anything else is a problem with its line.
 */
export function parseLedger(text: string, fileName: string): ParsedLedger {
  const { entries: raw, problems } = readSyntax(text);
  const accounts = noAccounts();
  const fifo = new Set<string>();
  const booking: Booking = { inventory: emptyInventory(), fifo, problems };
  const entries: Entry[] = [];
  for (const entry of raw.toSorted(byTime)) {
    if (entry.kind === 'open' && entry.booking === 'FIFO') fifo.add(entry.account);
    const accepted = accept(entry, accounts, booking);
    if (accepted) entries.push(accepted);
  }
  return { file: fileName, entries, problems: problems.toSorted((a, b) => a.line - b.line) };
}

/** The name of a ledger's state when no repository gives it one: `sha256:` and the hash of its text. */
export function ledgerCommitHash(text: string): string {
  return `sha256:${sha256Hex(text)}`;
}

function accept(entry: RawEntry, accounts: Accounts, booking: Booking): Entry | null {
  const note = (message: string | null, line = entry.line): void => {
    if (message !== null) booking.problems.push({ line, message });
  };
  switch (entry.kind) {
    case 'open':
      note(openAccount(accounts, entry));
      return entry;
    case 'close':
      note(closeAccount(accounts, entry.account));
      return entry;
    case 'balance':
      note(checkBalance(accounts, entry));
      return entry;
    case 'transaction': {
      for (const { account, units, line } of entry.postings) {
        note(checkUsable(accounts, account, units?.currency ?? null), line);
      }
      const booked = bookTransaction(entry, booking);
      booked?.postings.forEach((posting) => addHolding(accounts, posting));
      return booked;
    }
    case 'option':
    case 'commodity':
    case 'price':
      return entry;
  }
}

/** Beancount's order: within a day accounts open first, balances are those of its beginning, accounts close last. */
function byTime(a: RawEntry, b: RawEntry): number {
  const rank = { option: 0, open: 1, commodity: 2, price: 2, balance: 3, transaction: 4, close: 5 };
  const dateOf = (entry: RawEntry): string => (entry.kind === 'option' ? '' : entry.date);
  const [dateA, dateB] = [dateOf(a), dateOf(b)];
  if (dateA !== dateB) return dateA < dateB ? -1 : 1;
  return rank[a.kind] - rank[b.kind] || a.line - b.line;
}
