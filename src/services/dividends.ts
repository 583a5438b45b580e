/**
 * Dividends: what was declared beside what the ledger received. Entitled is what was held before the ex-date; money
 * counts at the exchange rate of the day it was paid. Every payment and every declared dividend is told once.
 */
import { addDays, daysBetween } from './dates';
import { Decimal, sum } from './decimal';
import { majorUnit } from './fx';
import { grouped } from './grouped';
import type { ReasonCodes } from './holdings';
import type { LedgerTransaction } from './ledger-transactions';

export interface DeclaredDividend {
  security_id: string;
  symbol: string;
  ex_date: string;
  pay_date: string | null;
  /** Cash per share before tax. */
  amount: string;
  currency: string;
}

export type DividendStatus = 'matched' | 'different' | 'not_received' | 'not_declared' | 'pending';

export interface DividendPayment {
  date: string;
  currency: string;
  gross: Decimal;
  /** `null`: see `reasons`. */
  withholding: Decimal | null;
  fee: Decimal | null;
  transactions: readonly LedgerTransaction[];
  /** What was withheld from it. */
  taxes: readonly LedgerTransaction[];
  reasons: ReasonCodes;
}

export interface DividendEvent {
  /** `null`: the ledger does not say whose dividend it is. */
  security_id: string | null;
  symbol: string | null;
  declared: DeclaredDividend | null;
  payment: DividendPayment | null;
  /** Shares held before the ex-date. */
  entitled: Decimal | null;
  /** In the currency of the payment, as `expected` is, or until then as declared; `null`: it was paid in another one. */
  per_share: Decimal | null;
  expected: Decimal | null;
  difference: Decimal | null;
  status: DividendStatus;
}

/** A payment is taken for the dividend that was to be paid closest to it, within so many days. */
const daysApart = 30;
/** Payments are whole cents. */
const tolerance = new Decimal('0.01');

/** Of payments and of declared dividends with somebody entitled; `asof` is the last day that is known. */
export function dividendEvents(
  transactions: readonly LedgerTransaction[],
  declared: readonly DeclaredDividend[],
  heldBefore: (securityId: string, date: string) => Decimal,
  asof: string,
): DividendEvent[] {
  const open = declared
    .map((dividend) => ({ dividend, entitled: heldBefore(dividend.security_id, dividend.ex_date) }))
    .filter(({ entitled }) => entitled.greaterThan(0));
  const events = paymentsOf(transactions).map(({ security_id, symbol, payment }): DividendEvent => {
    const near = open
      .filter(({ dividend }) => dividend.security_id === security_id && isNear(dividend, payment.date))
      .sort((a, b) => distance(a.dividend, payment.date) - distance(b.dividend, payment.date))[0];
    if (!near) {
      const unknown = { declared: null, entitled: null, per_share: null, expected: null, difference: null };
      return { security_id, symbol, payment, ...unknown, status: 'not_declared' };
    }
    open.splice(open.indexOf(near), 1);
    const per_share = inUnit(near.dividend, payment.currency);
    const expected = per_share && near.entitled.times(per_share);
    const difference = expected && payment.gross.minus(expected);
    const isMatched =
      difference?.abs().lessThan(tolerance.times(majorUnit(payment.currency).perMajor)) === true;
    return {
      ...{ security_id, symbol, payment, per_share, expected, difference },
      declared: near.dividend,
      entitled: near.entitled,
      status: isMatched ? 'matched' : 'different',
    };
  });
  for (const { dividend, entitled } of open) {
    const { security_id, symbol, pay_date } = dividend;
    const status = pay_date === null || pay_date > asof ? 'pending' : 'not_received';
    const per_share = new Decimal(dividend.amount);
    const expected = entitled.times(per_share);
    events.push({
      ...{ security_id, symbol, entitled, per_share, expected, status },
      declared: dividend,
      payment: null,
      difference: status === 'pending' ? null : expected.negated(),
    });
  }
  return events.sort((a, b) => compare(dayOf(a), dayOf(b)) || compare(a.symbol ?? '', b.symbol ?? ''));
}

/** British dividends are declared in pence and paid in pounds. */
function inUnit({ amount, currency }: DeclaredDividend, paidIn: string): Decimal | null {
  const [declared, paid] = [majorUnit(currency), majorUnit(paidIn)];
  return declared.major === paid.major
    ? new Decimal(amount).times(paid.perMajor).div(declared.perMajor)
    : null;
}

/** The day by which an event is found: of the payment, else when it is to come. */
export function dayOf({ payment, declared }: DividendEvent): string {
  return payment?.date ?? declared?.pay_date ?? declared?.ex_date ?? '';
}

/** What a security paid on one day. Taxes of the same entry are withheld from it where no other dividend is in the entry. */
function paymentsOf(transactions: readonly LedgerTransaction[]) {
  const byEntry = grouped(transactions, entryOf);
  const dividends = transactions.filter(({ type }) => type === 'DIVIDEND');
  const groups = grouped(dividends, ({ date, security_id, currency }) =>
    [date, security_id, currency].join(' '),
  );
  return [...groups.values()].map((rows) => {
    const { date, currency, security_id, symbol } = rows[0] as LedgerTransaction;
    const reasons: ReasonCodes = {};
    const taxes = [...new Set(rows.map(entryOf))].flatMap((entry) => {
      const all = byEntry.get(entry) ?? [];
      const payers = new Set(all.filter(({ type }) => type === 'DIVIDEND').map((row) => row.security_id));
      const unclear = all.some((row) => row.type === 'TAX' && row.security_id === null && payers.size > 1);
      if (unclear) reasons['withholding'] = 'TAX_NOT_ATTRIBUTED';
      return all.filter(
        (row) => row.type === 'TAX' && (row.security_id === security_id || payers.size === 1),
      );
    });
    if (taxes.some((tax) => tax.currency !== currency)) reasons['withholding'] ??= 'MIXED_CURRENCIES';
    const lacking = rows.find(({ fee }) => fee === null);
    if (lacking) reasons['fee'] = lacking.reasons['fee'] ?? 'MIXED_CURRENCIES';
    const payment: DividendPayment = {
      ...{ date, currency, reasons, transactions: rows, taxes },
      gross: sum(rows.map(({ amount }) => amount)),
      withholding:
        reasons['withholding'] === undefined ? sum(taxes.map(({ amount }) => amount)).negated() : null,
      fee: lacking ? null : sum(rows.map(({ fee }) => fee as Decimal)),
    };
    return { security_id, symbol, payment };
  });
}

function entryOf({ date, entry }: LedgerTransaction): string {
  return `${date} ${String(entry)}`;
}

function isNear(dividend: DeclaredDividend, date: string): boolean {
  return date > dividend.ex_date && distance(dividend, date) <= daysApart;
}

/** Without a pay date a month after the ex-date is the guess. */
function distance({ ex_date, pay_date }: DeclaredDividend, date: string): number {
  return Math.abs(daysBetween(pay_date ?? addDays(ex_date, daysApart), date));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
