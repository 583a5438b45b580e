/** How two states of a ledger differ: rows added, removed and changed, and what that does to quantities and cash. */
import type {
  CashMovementState,
  LedgerComparison,
  LotState,
  TransactionState,
} from '../contract/ledger-commits';
import { Exact } from './decimal';
import { type BookChange, plain, reconcileBooks } from './reconcile-books';

export interface LedgerState {
  lots: LotState[];
  transactions: TransactionState[];
  cash_movements: CashMovementState[];
  /** What changed in quantities and cash, by day. */
  changes: BookChange[];
}

type Changes<Row> = {
  counts: Record<'added' | 'removed' | 'changed' | 'unchanged', number>;
  added: Row[];
  removed: Row[];
  changed: { from: Row; to: Row }[];
  more: boolean;
};

const shownRows = 1_000;

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

/**
 * Rows of the same content are the same, wherever they stand and whatever number they have; of the rest, rows of the same
 * id are one that changed.
 */
function changesIn<Row>(
  from: readonly Row[],
  to: readonly Row[],
  textOf: (row: Row) => string,
  idOf: (row: Row) => string,
): Changes<Row> {
  const rest = new Map<string, Row[]>();
  for (const row of from) rest.set(textOf(row), [...(rest.get(textOf(row)) ?? []), row]);
  const added: Row[] = [];
  let unchanged = 0;
  for (const row of to) {
    if (rest.get(textOf(row))?.shift() === undefined) added.push(row);
    else unchanged += 1;
  }
  const removed = new Map([...rest.values()].flat().map((row) => [idOf(row), row]));
  const changed: { from: Row; to: Row }[] = [];
  const really = added.filter((row) => {
    const before = removed.get(idOf(row));
    if (before === undefined) return true;
    removed.delete(idOf(row));
    changed.push({ from: before, to: row });
    return false;
  });
  return {
    counts: { added: really.length, removed: removed.size, changed: changed.length, unchanged },
    added: really,
    removed: [...removed.values()],
    changed,
    more: false,
  };
}

function both<Row>({ added, removed, changed }: Changes<Row>): Row[] {
  return [...added, ...removed, ...changed.flatMap(({ from, to }) => [from, to])];
}

function shown<Row>(changes: Changes<Row>): Changes<Row> {
  const { added, removed, changed } = changes;
  return {
    ...changes,
    added: added.slice(0, shownRows),
    removed: removed.slice(0, shownRows),
    changed: changed.slice(0, shownRows),
    more: [added, removed, changed].some(({ length }) => length > shownRows),
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
