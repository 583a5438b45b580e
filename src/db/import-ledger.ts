/** Writes users, portfolios and a state of a ledger, as the owner and under row-level security like everybody. */
import type { ImportModel } from '../ledger/import-model';
import type { Tx } from './pool';

export interface UserRow {
  id: string;
  email: string;
}

export interface NewPortfolio {
  id: string;
  user_id: string;
  name: string;
  base_currency: string;
  benchmark_id: string | null;
}

export interface LedgerImport {
  user_id: string;
  portfolio_id: string;
  ledger_commit_hash: string;
  model: ImportModel;
  /** The ledger's first file, as the model names it (left out: there is only one). */
  file?: string;
}

export async function insertUser(tx: Tx, { id, email }: UserRow): Promise<void> {
  await tx.query('insert into users (id, email) values ($1, $2) on conflict (id) do nothing', [id, email]);
}

export async function insertPortfolio(tx: Tx, portfolio: NewPortfolio): Promise<void> {
  await tx.query(
    `insert into portfolios (user_id, id, name, base_currency, benchmark_id) values ($1, $2, $3, $4, $5)
     on conflict (user_id, id) do nothing`,
    [portfolio.user_id, portfolio.id, portfolio.name, portfolio.base_currency, portfolio.benchmark_id],
  );
}

/** `written`: a new state; `made_current`: an older one counts again; `unchanged`: it is the current one already. */
export type ImportOutcome = 'written' | 'made_current' | 'unchanged';

/**
 * Makes this state of the ledger the current one. A state that was read in before keeps its rows as they are; one that
 * was read in before balances were kept gets them.
 * @throws Error when the ledger holds a commodity that is not in the table of securities
 */
export async function importLedger(
  tx: Tx,
  { user_id, portfolio_id, ledger_commit_hash, model, file = model.transactions[0]?.file }: LedgerImport,
): Promise<ImportOutcome> {
  const key = [user_id, portfolio_id, ledger_commit_hash];
  // One import of a portfolio at a time: whoever waited finds what the other wrote.
  await tx.query('select from portfolios where user_id = $1 and id = $2 for update', key.slice(0, 2));
  const { rows } = await tx.query<{ is_current: boolean }>(stateOf, key);
  const [known] = rows;
  if (known) {
    const { rowCount } = await tx.query(`${balancesOf} limit 1`, key);
    if (rowCount === 0) await tx.query(insertBalances, [...key, JSON.stringify(model.balances)]);
    if (known.is_current) return 'unchanged';
    await tx.query(makeCurrent, key);
    return 'made_current';
  }
  await tx.query(
    'insert into ledger_commits (user_id, portfolio_id, ledger_commit_hash) values ($1, $2, $3)',
    key,
  );
  await refuseUnknownSymbols(tx, model);
  await tx.query(insertLots, [...key, JSON.stringify(model.lots)]);
  await tx.query(insertTransactions, [...key, JSON.stringify(model.transactions), file]);
  await tx.query(insertClosures, [...key, JSON.stringify(model.closures)]);
  await tx.query(insertCashMovements, [...key, JSON.stringify(model.cash_movements)]);
  await tx.query(insertBalances, [...key, JSON.stringify(model.balances)]);
  return 'written';
}

async function refuseUnknownSymbols(tx: Tx, { lots, transactions }: ImportModel): Promise<void> {
  const symbols = new Set([...lots, ...transactions].flatMap(({ symbol }) => symbol ?? []));
  const { rows } = await tx.query<{ symbol: string }>(
    'select symbol from unnest($1::text[]) as symbol where symbol not in (select symbol from securities) order by 1',
    [[...symbols]],
  );
  if (rows.length === 0) return;
  throw new Error(
    `The ledger holds what is no known security: ${rows.map(({ symbol }) => symbol).join(', ')}.`,
  );
}

const insertLots = `
  insert into lots (user_id, portfolio_id, ledger_commit_hash, lot_id, security_id, acquired_on, opened_on, quantity,
                    unit_cost_local, currency, fx_base_per_local, cost_base)
  select $1, $2, $3, l.lot_id, s.id, l.acquired_on, l.opened_on, l.quantity, l.unit_cost_local, l.currency,
         l.fx_base_per_local, l.cost_base
    from json_to_recordset($4) as l(lot_id text, symbol text, acquired_on date, opened_on date, quantity numeric,
      unit_cost_local numeric, currency text, fx_base_per_local numeric, cost_base numeric)
    join securities s on s.symbol = l.symbol`;

const insertTransactions = `
  insert into transactions (user_id, portfolio_id, ledger_commit_hash, transaction_id, date, type, security_id,
                            quantity, amount, currency, counter_amount, counter_currency, narration, file, line)
  select $1, $2, $3, t.transaction_id, t.date, t.type, s.id, t.quantity, t.amount, t.currency, t.counter_amount,
         t.counter_currency, t.narration, nullif(t.file, $5), t.line
    from json_to_recordset($4) as t(transaction_id text, date date, type text, symbol text, quantity numeric,
      amount numeric, currency text, counter_amount numeric, counter_currency text, narration text,
      file text, line integer)
    left join securities s on s.symbol = t.symbol`;

const insertClosures = `
  insert into lot_closures (user_id, portfolio_id, ledger_commit_hash, lot_id, transaction_id, date, quantity,
                            proceeds_local, currency)
  select $1, $2, $3, c.* from json_to_recordset($4) as c(lot_id text, transaction_id text, date date,
    quantity numeric, proceeds_local numeric, currency text)`;

const insertCashMovements = `
  insert into cash_movements (user_id, portfolio_id, ledger_commit_hash, movement_id, date, currency, amount, external)
  select $1, $2, $3, m.* from json_to_recordset($4) as m(movement_id text, date date, currency text, amount numeric,
    external boolean)`;

const stateOf = `
  select is_current from (
    select ledger_commit_hash, imported_at = max(imported_at) over () as is_current
      from ledger_commits where user_id = $1 and portfolio_id = $2
  ) state where ledger_commit_hash = $3`;

const makeCurrent = `
  update ledger_commits set imported_at = clock_timestamp()
   where user_id = $1 and portfolio_id = $2 and ledger_commit_hash = $3`;

const balancesOf =
  'select from ledger_balances where user_id = $1 and portfolio_id = $2 and ledger_commit_hash = $3';

const insertBalances = `
  insert into ledger_balances (user_id, portfolio_id, ledger_commit_hash, account, commodity, date, balance)
  select $1, $2, $3, b.* from json_to_recordset($4) as b(account text, commodity text, date date, amount numeric)`;
