/** How two states of a ledger differ: rows added, removed and changed, and what that does to quantities and cash. */
import type {
  CashMovementState,
  LedgerComparison,
  LotState,
  TransactionState,
} from '../contract/ledger-commits';
import { both, changesIn, shown } from './compare-rows';
import { Exact } from './decimal';
import { type BookChange, plain, reconcileBooks } from './reconcile-books';

export interface LedgerState {
  lots: LotState[];
  transactions: TransactionState[];
  cash_movements: CashMovementState[];
  /** What changed in quantities and cash, by day. */
  changes: BookChange[];
}

export function compareStates(
  from: LedgerState,
  to: LedgerState,
  securities: ReadonlySet<string>,
): Omit<LedgerComparison, 'portfolio_id' | 'from' | 'to'> {
  const lots = changesIn(from.lots, to.lots, lotText, ({ lot_id }) => lot_id);
  const transactions = changesIn(
    from.transactions,
    to.transactions,
    transactionText,
    (row) => row.transaction_id,
  );
  const cash_movements = changesIn(
    from.cash_movements,
    to.cash_movements,
    movementText,
    (row) => row.movement_id,
  );
  const commodities = commoditiesOf(from, to, securities);
  const dates = [
    ...[...both(lots)].map(({ opened_on }) => opened_on),
    ...[...both(transactions), ...both(cash_movements)].map(({ date }) => date),
    ...commodities.map(({ first_date }) => first_date),
  ];
  return {
    equal: dates.length === 0,
    first_date: dates.sort()[0] ?? null,
    commodities,
    lots: shown(lots),
    transactions: shown(transactions),
    cash_movements: shown(cash_movements),
  };
}

function commoditiesOf(
  from: LedgerState,
  to: LedgerState,
  securities: ReadonlySet<string>,
): LedgerComparison['commodities'] {
  const totals = [totalsOf(from.changes), totalsOf(to.changes)] as const;
  return reconcileBooks({ ledger: from.changes, database: to.changes, securities }).differences.map(
    ({ commodity, kind, first_date }) => {
      const name = commodity as string;
      const [before, after] = [totals[0].get(name) ?? new Exact(0), totals[1].get(name) ?? new Exact(0)];
      return {
        commodity: name,
        kind: kind as 'quantity' | 'cash',
        from: plain(before),
        to: plain(after),
        change: plain(after.minus(before)),
        first_date,
      };
    },
  );
}

function totalsOf(changes: readonly BookChange[]): Map<string, Exact> {
  const totals = new Map<string, Exact>();
  for (const { commodity, change } of changes)
    totals.set(commodity, (totals.get(commodity) ?? new Exact(0)).plus(change));
  return totals;
}

function lotText({
  symbol,
  acquired_on,
  opened_on,
  quantity,
  unit_cost_local,
  currency,
  cost_base,
  quantity_open,
}: LotState): string {
  return JSON.stringify([
    symbol,
    acquired_on,
    opened_on,
    quantity,
    unit_cost_local,
    currency,
    cost_base,
    quantity_open,
  ]);
}

function transactionText({
  transaction_id: _id,
  file: _file,
  line: _line,
  ...row
}: TransactionState): string {
  return JSON.stringify(Object.entries(row).sort());
}

function movementText({ date, currency, amount, external }: CashMovementState): string {
  return JSON.stringify([date, currency, amount, external]);
}
