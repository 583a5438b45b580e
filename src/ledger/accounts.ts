/** Which accounts are open, what they may hold, and what they hold: the checks beside those of a single transaction. */
import { Exact } from './decimal';
import type { Entry, Posting } from './entries';

type Open = Extract<Entry, { kind: 'open' }>;
type Balance = Extract<Entry, { kind: 'balance' }>;

export interface Accounts {
  open: Map<string, Open>;
  closed: Set<string>;
  /** Units by account and commodity. */
  holdings: Map<string, Map<string, Exact>>;
}

export function noAccounts(): Accounts {
  return { open: new Map(), closed: new Set(), holdings: new Map() };
}

/** Each of these returns what is wrong, or `null`. */
export function openAccount(accounts: Accounts, entry: Open): string | null {
  if (accounts.open.has(entry.account)) return `${entry.account} is opened twice`;
  accounts.open.set(entry.account, entry);
  if (entry.booking === null || ['STRICT', 'FIFO'].includes(entry.booking)) return null;
  return `the booking method "${entry.booking}" is not supported (STRICT, FIFO)`;
}

export function closeAccount(accounts: Accounts, account: string): string | null {
  if (!accounts.open.has(account)) return `${account} is closed but was never opened`;
  accounts.closed.add(account);
  return null;
}

export function checkUsable(accounts: Accounts, account: string, currency: string | null): string | null {
  const open = accounts.open.get(account);
  if (!open) return `${account} is not open`;
  if (accounts.closed.has(account)) return `${account} is already closed`;
  if (currency === null || open.currencies.length === 0 || open.currencies.includes(currency)) return null;
  return `${account} holds ${open.currencies.join(', ')}, not ${currency}`;
}

export function addHolding(accounts: Accounts, { account, units }: Posting): void {
  const held = accounts.holdings.get(account) ?? new Map<string, Exact>();
  held.set(units.currency, (held.get(units.currency) ?? new Exact(0)).plus(units.number));
  accounts.holdings.set(account, held);
}

/** An assertion covers the account and those below it, at the beginning of its day. */
export function checkBalance(accounts: Accounts, { account, amount, tolerance }: Balance): string | null {
  if (
    !accounts.open.has(account) &&
    ![...accounts.open.keys()].some((name) => name.startsWith(`${account}:`))
  ) {
    return `${account} is not open`;
  }
  let actual = new Exact(0);
  for (const [name, held] of accounts.holdings) {
    if (name === account || name.startsWith(`${account}:`))
      actual = actual.plus(held.get(amount.currency) ?? 0);
  }
  const difference = actual.minus(amount.number);
  if (difference.abs().lessThanOrEqualTo(tolerance)) return null;
  const { currency } = amount;
  return `balance of ${account}: ${amount.number.toString()} ${currency} asserted, ${actual.toString()} ${currency} there (difference ${difference.toString()})`;
}
