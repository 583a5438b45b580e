/** What a portfolio holds as its ledger is played forward, and what came in since it was last valued. */
import { earlier } from './dates';
import { rowsUpTo } from './day-quotes';
import { parseFixed } from './fixed';

export interface HoldingChange {
  date: string;
  security_id: string;
  quantity_change: string;
}

export interface CashChange {
  date: string;
  currency: string;
  amount: string;
  /** Part of `amount` that came from outside the portfolio. */
  external_amount: string;
}

/** Money that arrived in a currency out of another one (positive), or left it for another. */
export interface Conversion {
  date: string;
  currency: string;
  amount: string;
}

export interface LedgerChanges {
  holding_changes: readonly HoldingChange[];
  cash_changes: readonly CashChange[];
  conversions: readonly Conversion[];
}

/** The first day that changed anything; `null`: none did. Both lists are in the order of dates. */
export function firstActivity({
  holding_changes,
  cash_changes,
}: Pick<LedgerChanges, 'holding_changes' | 'cash_changes'>): string | null {
  const [first, second] = [holding_changes[0]?.date, cash_changes[0]?.date];
  if (first === undefined || second === undefined) return first ?? second ?? null;
  return earlier(first, second);
}

/** Amounts by security or currency, at 18 places; nothing of 0. */
export type Amounts = ReadonlyMap<string, bigint>;

export interface LedgerState {
  quantities: Amounts;
  cash: Amounts;
  /** By currency, since `settle` was last called. */
  external: Amounts;
  converted: Amounts;
  /** Plays everything up to and including a day. */
  advance(date: string): void;
  /** What has come in so far is accounted for. */
  settle(): void;
}

/** Every list has to be in the order of dates. */
export function ledgerState(changes: LedgerChanges): LedgerState {
  const holdingsUpTo = rowsUpTo(changes.holding_changes);
  const cashUpTo = rowsUpTo(changes.cash_changes);
  const conversionsUpTo = rowsUpTo(changes.conversions);
  const quantities = new Map<string, bigint>();
  const cash = new Map<string, bigint>();
  const external = new Map<string, bigint>();
  const converted = new Map<string, bigint>();
  return {
    quantities,
    cash,
    external,
    converted,
    advance(date) {
      for (const row of holdingsUpTo(date)) add(quantities, row.security_id, row.quantity_change);
      for (const row of cashUpTo(date)) {
        add(cash, row.currency, row.amount);
        add(external, row.currency, row.external_amount);
      }
      for (const row of conversionsUpTo(date)) add(converted, row.currency, row.amount);
    },
    settle() {
      external.clear();
      converted.clear();
    },
  };
}

function add(amounts: Map<string, bigint>, key: string, change: string): void {
  const amount = (amounts.get(key) ?? 0n) + parseFixed(change);
  if (amount === 0n) amounts.delete(key);
  else amounts.set(key, amount);
}
