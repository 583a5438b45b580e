/** Which accounts are open, what they may hold, and what they hold: the checks beside those of a single transaction. */
import { Exact } from './decimal';
import type { EntryOf, Posting } from './entries';

type Open = EntryOf<'open'>;

export interface Accounts {
  open: Map<string, Open>;
  closed: Set<string>;
  /** Of accounts that name none: the option `booking_method`, else STRICT. */
  booking: string;
}

/** How a reduction finds its lots; of the others Beancount knows, none can be shown as lots sold. */
const bookings = ['STRICT', 'FIFO', 'LIFO', 'HIFO'] as const;
export type BookingMethod = (typeof bookings)[number];

export function noAccounts(): Accounts {
  return { open: new Map(), closed: new Set(), booking: 'STRICT' };
}

/** Each of these returns what is wrong, or `null`. */
export function openAccount(accounts: Accounts, entry: Open): string | null {
  if (accounts.open.has(entry.account)) return `${entry.account} is opened twice`;
  accounts.open.set(entry.account, entry);
  return entry.booking === null ? null : checkBooking(entry.booking);
}

export function checkBooking(method: string): string | null {
  if (isBooking(method)) return null;
  return `the booking method "${method}" is not supported (${bookings.join(', ')})`;
}

/** STRICT where the ledger asks for what is not supported: that is a problem of its own. */
export function bookingOf({ open, booking }: Accounts, account: string): BookingMethod {
  const method = open.get(account)?.booking ?? booking;
  return isBooking(method) ? method : 'STRICT';
}

function isBooking(method: string): method is BookingMethod {
  return (bookings as readonly string[]).includes(method);
}

export function closeAccount(accounts: Accounts, account: string): string | null {
  if (!accounts.open.has(account)) return `${account} is closed but was never opened`;
  if (accounts.closed.has(account)) return `${account} is closed twice`;
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

export function checkKnown(accounts: Accounts, account: string): string | null {
  const isKnown = [...accounts.open.keys()].some(
    (name) => name === account || name.startsWith(`${account}:`),
  );
  return isKnown ? null : `${account} is not open`;
}

/** Units by account and commodity. */
export type Holdings = Map<string, Map<string, Exact>>;

export function addHolding(holdings: Holdings, { account, units }: Posting): void {
  const held = holdings.get(account) ?? new Map<string, Exact>();
  held.set(units.currency, (held.get(units.currency) ?? new Exact(0)).plus(units.number));
  holdings.set(account, held);
}

/** An assertion covers the account and those below it, at the beginning of its day. */
export function checkBalance(
  holdings: Holdings,
  { account, amount, tolerance }: EntryOf<'balance'>,
): string | null {
  let actual = new Exact(0);
  for (const [name, held] of holdings) {
    if (name === account || name.startsWith(`${account}:`))
      actual = actual.plus(held.get(amount.currency) ?? 0);
  }
  const difference = actual.minus(amount.number);
  if (difference.abs().lessThanOrEqualTo(tolerance)) return null;
  const { currency } = amount;
  return `balance of ${account}: ${amount.number.toString()} ${currency} asserted, ${actual.toString()} ${currency} there (difference ${difference.toString()})`;
}
