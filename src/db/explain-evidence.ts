/** What figures were computed from, with what only an explanation shows: sources, lots' ids, narrations, lines. */
import { packHistory } from './pack-history';
import type { Tx } from './pool';
import { fromOpenLots, type LedgerDay } from './positions';

export interface SourcedPriceRow {
  date: string;
  security_id: string;
  symbol: string;
  close: string;
  currency: string;
  source: string;
}

export interface SourcedFxRow {
  /** The pack's day. */
  date: string;
  quote_ccy: string;
  /** Units of `quote_ccy` for one EUR. */
  rate: string;
  quote_date: string;
  source: string;
}

export interface LotRow {
  lot_id: string;
  security_id: string;
  symbol: string;
  /** Day of the cost: of the purchase, whatever splits came after. */
  acquired_on: string;
  quantity_open: string;
  unit_cost_local: string;
  currency: string;
  /** `null`: there was no rate on the day of the purchase. */
  fx_base_per_local: string | null;
}

export interface FlowRow {
  date: string;
  currency: string;
  /** Positive: came in. */
  amount: string;
  narration: string;
}

export interface TransactionRow {
  transaction_id: string;
  date: string;
  type: string;
  security_id: string | null;
  symbol: string | null;
  quantity: string | null;
  amount: string;
  currency: string;
  narration: string;
  line: number;
}

/** Prices of every day from `from` (left out: the first) to the pack's own, with who gave them. */
export async function sourcedPrices(
  tx: Tx,
  {
    pack_id,
    security_ids,
    from = null,
  }: { pack_id: string; security_ids: readonly string[]; from?: string | null },
): Promise<SourcedPriceRow[]> {
  const { rows } = await tx.query<SourcedPriceRow>(
    `${packHistory}
     select history.date, price.security_id, security.symbol, price.close, price.currency, price.source
       from history join prices price on price.pack_id = history.id and price.security_id = any($3::uuid[])
       join securities security on security.id = price.security_id
      order by history.date, security.symbol`,
    [pack_id, from, security_ids],
  );
  return rows;
}

/** Also of what has never had a price. */
export async function symbolsOf(tx: Tx, security_ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ id: string; symbol: string }>(
    'select id, symbol from securities where id = any($1::uuid[])',
    [security_ids],
  );
  return new Map(rows.map(({ id, symbol }) => [id, symbol]));
}

/** Euro quotes of the same days, with who gave them. */
export async function sourcedRates(
  tx: Tx,
  {
    pack_id,
    currencies,
    from = null,
  }: { pack_id: string; currencies: readonly string[]; from?: string | null },
): Promise<SourcedFxRow[]> {
  const { rows } = await tx.query<SourcedFxRow>(
    `${packHistory}
     select history.date, fx.quote_ccy, fx.rate, fx.quote_date, fx.source
       from history join fx_rates fx
         on fx.pack_id = history.id and fx.base_ccy = 'EUR' and fx.quote_ccy = any($3::text[])
      order by history.date, fx.quote_ccy`,
    [pack_id, from, currencies],
  );
  return rows;
}

/** What is left of each lot at the end of the day, by symbol and age. */
export async function lotsAt(tx: Tx, day: LedgerDay): Promise<LotRow[]> {
  const { rows } = await tx.query<LotRow>(
    `select lot.lot_id, lot.security_id, security.symbol, lot.acquired_on,
            lot.quantity - closed.quantity as quantity_open, lot.unit_cost_local, lot.currency, lot.fx_base_per_local
       ${fromOpenLots}`,
    [day.portfolio_id, day.ledger_commit_hash, day.asof_date],
  );
  return rows;
}

/** What came from outside or left, after `from` and up to `to`, in the ledger's order. */
export async function externalFlows(
  tx: Tx,
  span: { portfolio_id: string; ledger_commit_hash: string; from: string; to: string },
): Promise<FlowRow[]> {
  const { rows } = await tx.query<FlowRow>(
    `select movement.date, movement.currency, movement.amount, coalesce((
         select entry.narration from transactions entry
          where entry.user_id = movement.user_id and entry.portfolio_id = movement.portfolio_id
            and entry.ledger_commit_hash = movement.ledger_commit_hash and entry.date = movement.date
            and split_part(entry.transaction_id, '_', 2) = split_part(movement.movement_id, '_', 2)
          order by entry.transaction_id limit 1), '') as narration
       from cash_movements movement
      where movement.portfolio_id = $1 and movement.ledger_commit_hash = $2 and movement.external
        and movement.date > $3 and movement.date <= $4
      order by movement.date, movement.movement_id`,
    [span.portfolio_id, span.ledger_commit_hash, span.from, span.to],
  );
  return rows;
}

/** Ledger entries up to a day, in the ledger's order; of one security, or those that moved the cash of a currency. */
export async function transactionsUpTo(
  tx: Tx,
  day: LedgerDay & { security_id?: string | null; currency?: string | null; from?: string | null },
): Promise<TransactionRow[]> {
  const { rows } = await tx.query<TransactionRow>(
    `select entry.transaction_id, entry.date, entry.type, entry.security_id, security.symbol, entry.quantity,
            entry.amount, entry.currency, entry.narration, entry.line
       from transactions entry left join securities security on security.id = entry.security_id
      where entry.portfolio_id = $1 and entry.ledger_commit_hash = $2 and entry.date <= $3
        and ($4::uuid is null or entry.security_id = $4)
        and ($5::text is null or entry.currency = $5 or entry.counter_currency = $5)
        and ($6::date is null or entry.date > $6)
      order by entry.date, entry.line, entry.transaction_id`,
    [
      day.portfolio_id,
      day.ledger_commit_hash,
      day.asof_date,
      day.security_id ?? null,
      day.currency ?? null,
      day.from ?? null,
    ],
  );
  return rows;
}
