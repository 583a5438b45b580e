/**
 * `pad`: what is missing for the next balance assertion of an account is booked on the day of the `pad`, once for each
 * currency, against the account it names (Beancount, ops/pad.py). It fills accounts of money, never positions with a cost.
 */
import { Exact } from './decimal';
import type { Entry, EntryOf, LedgerProblem, Posting, Transaction } from './entries';

type Pad = EntryOf<'pad'>;

/** The entries with the transactions that the pads stand for, each right after its pad. */
export function insertPadding(entries: readonly Entry[], problems: LedgerProblem[]): Entry[] {
  const pads = entries.filter((entry) => entry.kind === 'pad');
  if (pads.length === 0) return [...entries];
  const added = new Map<Pad, Transaction[]>(pads.map((pad) => [pad, []]));
  const failed = new Set<Pad>();
  for (const account of [...new Set(pads.map((pad) => pad.account))].sort()) {
    fillAccount(account, entries, (pad, assertion, found) => {
      if (typeof found === 'string') {
        failed.add(pad);
        problems.push({ file: assertion.file, line: assertion.line, message: found });
      } else added.get(pad)?.push(paddingOf(pad, assertion, found));
    });
  }
  for (const [pad, transactions] of added) {
    if (transactions.length > 0 || failed.has(pad)) continue;
    const message = `the pad of ${pad.account} fills nothing: no balance assertion after it needs it`;
    problems.push({ file: pad.file, line: pad.line, message });
  }
  return entries.flatMap((entry): Entry[] =>
    entry.kind === 'pad' ? [entry, ...(added.get(entry) ?? [])] : [entry],
  );
}

/** Plays the account with those below it, and tells what each assertion of its own needs of the pad before it. */
function fillAccount(
  account: string,
  entries: readonly Entry[],
  found: (pad: Pad, assertion: EntryOf<'balance'>, missing: Exact | string) => void,
): void {
  const held = new Map<string, Exact>();
  const atCost = new Map<string, Map<string, Exact>>();
  let active: Pad | null = null;
  let padded = new Set<string>();
  const isOwn = (name: string): boolean => name === account || name.startsWith(`${account}:`);
  for (const entry of entries) {
    if (entry.kind === 'transaction') {
      for (const posting of entry.postings) if (isOwn(posting.account)) hold(posting, held, atCost);
    } else if (entry.kind === 'pad' && entry.account === account) {
      active = entry;
      padded = new Set();
    } else if (entry.kind === 'balance' && isOwn(entry.account)) {
      const { currency, number } = entry.amount;
      const missing = number.minus(held.get(currency) ?? 0);
      if (active !== null && !padded.has(currency) && missing.abs().greaterThan(entry.tolerance)) {
        const lots = [...(atCost.get(currency)?.values() ?? [])];
        if (lots.some((left) => !left.isZero())) {
          found(
            active,
            entry,
            `${currency} in ${account} is held at a cost, which no pad can fill: book what is missing with its cost`,
          );
        } else {
          found(active, entry, missing);
          held.set(currency, number);
        }
      }
      padded.add(currency);
    }
  }
}

function hold(
  { units, lot_id }: Posting,
  held: Map<string, Exact>,
  atCost: Map<string, Map<string, Exact>>,
): void {
  held.set(units.currency, (held.get(units.currency) ?? new Exact(0)).plus(units.number));
  if (lot_id === null) return;
  const lots = atCost.get(units.currency) ?? new Map<string, Exact>();
  atCost.set(units.currency, lots);
  lots.set(lot_id, (lots.get(lot_id) ?? new Exact(0)).plus(units.number));
}

function paddingOf(pad: Pad, { amount }: EntryOf<'balance'>, missing: Exact): Transaction {
  const { file, line, date, account, source } = pad;
  const leg = (name: string, number: Exact): Posting => ({
    line,
    account: name,
    units: { number, currency: amount.currency },
    cost: null,
    lot_id: null,
    price: null,
  });
  return {
    kind: 'transaction',
    file,
    line,
    date,
    flag: 'P',
    payee: null,
    narration: `Padding of ${account} to ${amount.number.toString()} ${amount.currency}`,
    postings: [leg(account, missing), leg(source, missing.negated())],
  };
}
