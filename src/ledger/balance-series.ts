/** The balances of a ledger day by day, and its balance assertions that fail, as figures. */
import { Exact } from './decimal';
import type { Entry, LedgerProblem } from './entries';
import { parseLedger } from './parse-ledger';

/** What an account holds of a commodity from the end of a day on. */
export interface LedgerBalance {
  account: string;
  commodity: string;
  date: string;
  amount: string;
}

export interface FailedAssertion {
  account: string;
  commodity: string;
  date: string;
  /** As asserted. */
  expected: string;
  /** At the beginning of the day, of the account and those below it. */
  actual: string;
  /** actual − expected. */
  difference: string;
  tolerance: string;
}

export interface BalanceSeries {
  /** One row for each day on which a balance changed, in the order of days. */
  changes: LedgerBalance[];
  failed_assertions: FailedAssertion[];
}

export interface LedgerBalances extends BalanceSeries {
  /** What else the ledger's author has to correct; with any, balances may be incomplete. */
  problems: { line: number; message: string }[];
}

export function ledgerBalances(text: string): LedgerBalances {
  const { entries, problems } = parseLedger(text, 'ledger');
  return {
    ...balanceSeries(entries),
    problems: problems
      .filter((problem) => !isFailedAssertion(problem))
      .map(({ line, message }) => ({ line, message })),
  };
}

/** From the legs alone: lots and what a transaction is called play no part. */
export function balanceSeries(entries: readonly Entry[]): BalanceSeries {
  const held = new Map<string, Map<string, Exact>>();
  const changes = new Map<string, LedgerBalance>();
  const failed_assertions: FailedAssertion[] = [];
  for (const entry of entries) {
    if (entry.kind === 'transaction') {
      const { date } = entry;
      for (const { account, units } of entry.postings) {
        const commodity = units.currency;
        const amounts = held.get(account) ?? new Map<string, Exact>();
        held.set(account, amounts);
        const amount = (amounts.get(commodity) ?? new Exact(0)).plus(units.number);
        amounts.set(commodity, amount);
        // The last balance of a day stands; its place is that of the day's first change.
        changes.set(`${date} ${account} ${commodity}`, { account, commodity, date, amount: plain(amount) });
      }
    }
    if (entry.kind !== 'balance') continue;
    const { account, date, amount, tolerance } = entry;
    const actual = balanceOf(held, account, amount.currency);
    const difference = actual.minus(amount.number);
    if (difference.abs().lessThanOrEqualTo(tolerance)) continue;
    failed_assertions.push({
      account,
      commodity: amount.currency,
      date,
      expected: plain(amount.number),
      actual: plain(actual),
      difference: plain(difference),
      tolerance: plain(tolerance),
    });
  }
  return { changes: [...changes.values()], failed_assertions };
}

/** They are figures here, no problems. */
function isFailedAssertion({ message }: LedgerProblem): boolean {
  return message.startsWith('balance of ');
}

function balanceOf(
  held: ReadonlyMap<string, ReadonlyMap<string, Exact>>,
  account: string,
  commodity: string,
): Exact {
  let actual = new Exact(0);
  for (const [name, amounts] of held) {
    if (name === account || name.startsWith(`${account}:`)) actual = actual.plus(amounts.get(commodity) ?? 0);
  }
  return actual;
}

/** Never an exponent or a negative zero. */
function plain(value: Exact): string {
  return value.isZero() ? '0' : value.toFixed();
}
