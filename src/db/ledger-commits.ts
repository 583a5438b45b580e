/** States of a ledger that were read in: which there are, and how two of them differ. */
import { EngineError } from '../contract/errors';
import type { LedgerComparison } from '../contract/ledger-commits';
import { compareStates, type LedgerState } from '../ledger/compare-states';
import { cashChanges, holdingChanges } from './history';
import type { Tx } from './pool';

export interface LedgerCommitRow {
  ledger_commit_hash: string;
  imported_at: Date;
  is_current: boolean;
  lots: number;
  transactions: number;
  first_date: string | null;
  last_date: string | null;
}

/** Later than any ledger's day. */
const end = '9999-12-31';

/** The current one first, then as they were imported. `after` is time (ISO) and hash of the last row before. */
export async function listLedgerCommits(
  tx: Tx,
  {
    portfolio_id,
    after,
    limit,
  }: { portfolio_id: string; after: readonly [string, string] | null; limit: number },
): Promise<LedgerCommitRow[]> {
  const { rows } = await tx.query<LedgerCommitRow>(
    `select state.ledger_commit_hash, state.imported_at, state.is_current,
            (select count(*)::int from lots where ${sameState('lots')}) as lots, moves.*
       from (select *, imported_at = max(imported_at) over () as is_current,
                    date_trunc('milliseconds', imported_at) as at
               from ledger_commits where portfolio_id = $1) state
       cross join lateral (
         select count(*)::int as transactions, min(date) as first_date, max(date) as last_date
           from transactions where ${sameState('transactions')}
       ) moves
      where $2::timestamptz is null or (state.at, state.ledger_commit_hash) < ($2, $3)
      order by state.at desc, state.ledger_commit_hash desc limit $4`,
    [portfolio_id, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
  return rows;
}

function sameState(table: string): string {
  return ['user_id', 'portfolio_id', 'ledger_commit_hash']
    .map((key) => `${table}.${key} = state.${key}`)
    .join(' and ');
}

/** @param names whole hashes or the beginnings of them. @throws EngineError LEDGER_COMMIT_NOT_FOUND */
export async function compareLedgerCommits(
  tx: Tx,
  portfolio_id: string,
  names: { from: string; to: string },
): Promise<LedgerComparison> {
  const from = await requireCommit(tx, portfolio_id, names.from);
  const to = await requireCommit(tx, portfolio_id, names.to);
  const { rows } = await tx.query<{ symbol: string }>('select symbol from securities');
  const comparison = compareStates(
    await readState(tx, portfolio_id, from),
    await readState(tx, portfolio_id, to),
    new Set(rows.map(({ symbol }) => symbol)),
  );
  return { portfolio_id, from, to, ...comparison };
}

/** The whole hash. @throws EngineError LEDGER_COMMIT_NOT_FOUND when none, or several, begin so */
export async function requireCommit(tx: Tx, portfolio_id: string, name: string): Promise<string> {
  const { rows } = await tx.query<{ hash: string }>(
    `select ledger_commit_hash as hash from ledger_commits
      where portfolio_id = $1 and (ledger_commit_hash = $2 or left(ledger_commit_hash, length($2)) = $2
                                   or left(ledger_commit_hash, length($2) + 7) = 'sha256:' || $2)
      order by ledger_commit_hash <> $2, imported_at desc limit 2`,
    [portfolio_id, name],
  );
  const [first, second] = rows;
  if (first && (first.hash === name || second === undefined)) return first.hash;
  throw new EngineError(
    'LEDGER_COMMIT_NOT_FOUND',
    first
      ? `Several ledger commits of portfolio ${portfolio_id} begin with "${name}": write more of it.`
      : `Portfolio ${portfolio_id} has no ledger commit "${name}".`,
    { portfolio_id, ledger_commit_hash: name },
  );
}

async function readState(tx: Tx, portfolio_id: string, ledger_commit_hash: string): Promise<LedgerState> {
  const key = [portfolio_id, ledger_commit_hash];
  const span = { portfolio_id, ledger_commit_hash, to: end };
  const lots = await tx.query<LedgerState['lots'][number]>(lotRows, key);
  const transactions = await tx.query<LedgerState['transactions'][number]>(transactionRows, key);
  const cash_movements = await tx.query<LedgerState['cash_movements'][number]>(movementRows, key);
  const symbols = await tx.query<{ id: string; symbol: string }>('select id, symbol from securities');
  const symbolOf = new Map(symbols.rows.map(({ id, symbol }) => [id, symbol]));
  return {
    lots: lots.rows,
    transactions: transactions.rows,
    cash_movements: cash_movements.rows,
    changes: [
      ...(await holdingChanges(tx, span)).map(({ security_id, date, quantity_change }) => ({
        commodity: symbolOf.get(security_id) ?? security_id,
        date,
        change: quantity_change,
      })),
      ...(await cashChanges(tx, span)).map(({ currency, date, amount }) => ({
        commodity: currency,
        date,
        change: amount,
      })),
    ],
  };
}

const lotRows = `
  select lot.lot_id, security.symbol, lot.acquired_on, lot.opened_on, trim_scale(lot.quantity) as quantity,
         trim_scale(lot.unit_cost_local) as unit_cost_local, lot.currency, trim_scale(lot.cost_base) as cost_base,
         trim_scale(lot.quantity - coalesce((select sum(quantity) from lot_closures closure
           where closure.user_id = lot.user_id and closure.portfolio_id = lot.portfolio_id
             and closure.ledger_commit_hash = lot.ledger_commit_hash and closure.lot_id = lot.lot_id), 0)) as quantity_open
    from lots lot join securities security on security.id = lot.security_id
   where lot.portfolio_id = $1 and lot.ledger_commit_hash = $2 order by lot.opened_on, lot.lot_id`;

const transactionRows = `
  select transaction_id, date, type, symbol, trim_scale(quantity) as quantity, trim_scale(amount) as amount,
         transaction.currency, trim_scale(counter_amount) as counter_amount, counter_currency, narration, file, line
    from transactions transaction left join securities security on security.id = transaction.security_id
   where portfolio_id = $1 and ledger_commit_hash = $2 order by date, transaction_id`;

const movementRows = `
  select movement_id, date, currency, trim_scale(amount) as amount, external from cash_movements
   where portfolio_id = $1 and ledger_commit_hash = $2 order by date, movement_id`;
