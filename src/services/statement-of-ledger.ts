/** The transactions of a ledger as rows of a performance statement. */
import type { EntryDifference } from '../contract/ledger-rows';
import type { LedgerActivity, LedgerTransaction } from './ledger-transactions';
import {
  readStatementRows,
  type StatementRow,
  type StatementRowType,
  type StatementTransaction,
} from './statement-rows';

/** By whether cash came or went; a dividend taken back is interest charged, both are earnings. */
const flows: Readonly<Record<string, readonly [came: StatementRowType, went: StatementRowType]>> = {
  DIVIDEND: ['DIVIDENDS', 'INTEREST_CHARGE'],
  INTEREST: ['INTEREST', 'INTEREST_CHARGE'],
  FEE: ['FEES_REFUND', 'FEES'],
  TAX: ['TAX_REFUND', 'TAXES'],
  DEPOSIT: ['DEPOSIT', 'REMOVAL'],
  WITHDRAWAL: ['DEPOSIT', 'REMOVAL'],
};

/** In the order of days. Exchanges come from what cash did, so `FX_CONVERSION` is no row of its own. */
export function statementRowsOf(
  { transactions, exchanges, gains }: LedgerActivity,
  base: string,
): StatementRow[] {
  const narrations = new Map(transactions.map((row) => [entryOf(row), row.narration]));
  const cashRow = (
    difference: EntryDifference,
    [came, went]: readonly [StatementRowType, StatementRowType],
  ): StatementTransaction => {
    const { date, currency, amount } = difference;
    const out = amount.startsWith('-');
    const exchange = entryOf(difference);
    const narration = narrations.get(exchange);
    return {
      date,
      currency,
      exchange,
      narration,
      type: out ? went : came,
      amount: out ? amount.slice(1) : amount,
    };
  };
  // An exchange's gain is told of the currency that is not the base.
  const foreignFirst = [...exchanges].sort(
    (a, b) => Number(a.currency === base) - Number(b.currency === base),
  );
  return readStatementRows([
    ...transactions.flatMap(rowsOf),
    ...foreignFirst.map((side) => cashRow(side, ['EXCHANGE_IN', 'EXCHANGE_OUT'])),
    ...gains.map((gain) => cashRow(gain, ['GAIN', 'LOSS'])),
  ]);
}

function entryOf({ date, entry }: { date: string; entry: number }): string {
  return `${date} ${String(entry)}`;
}

function rowsOf(transaction: LedgerTransaction): StatementTransaction[] {
  const { date, type, currency, amount, narration, quantity } = transaction;
  const security = transaction.security_id;
  const row = { date, currency, narration, ...(security !== null && { security }) };
  if (type === 'BUY' || type === 'SELL')
    return [{ ...row, type, amount: amount.abs(), shares: quantity?.abs() }];
  if (type === 'SPLIT') return [{ ...row, type, amount: 0, shares: quantity ?? 0 }];
  const flow = flows[type];
  if (!flow) return [];
  return [{ ...row, type: amount.isNegative() ? flow[1] : flow[0], amount: amount.abs() }];
}
