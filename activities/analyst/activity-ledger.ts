/** Loads what happened in a portfolio, as transactions with their lots and exchange rates: four statements. */
import type { Pool } from 'pg';
import { EngineError } from '../../src/contract/errors';
import type { LotClosure } from '../../src/contract/ledger-rows';
import { type DatedFxRow, fxHistory } from '../../src/db/fx-rates';
import { type Tx, withUser } from '../../src/db/pool';
import type { PackRow } from '../../src/db/pricing-packs';
import {
  entryDifferences,
  saleClosures,
  transactionRows,
  type TransactionSpan,
} from '../../src/db/transactions';
import { majorUnit } from '../../src/services/fx';
import { grouped } from '../../src/services/grouped';
import { type LedgerRate, ledgerRates, type LedgerRates } from '../../src/services/ledger-rates';
import {
  type LedgerActivity,
  type LedgerTransaction,
  ledgerTransactions,
} from '../../src/services/ledger-transactions';
import { type Realised, realiseSale } from '../../src/services/realised-gains';
import type { Call } from '../agent';
import { ledgerCommitOf, requirePack, requirePortfolio } from '../portfolio-history';

export interface Activity extends LedgerActivity {
  /** Of all currencies that occur, and the base; in the order of dates. */
  quotes: DatedFxRow[];
  rates: LedgerRates;
  closures: LotClosure[];
  /** Base per 1 of the transaction's currency: as it records it, else as quoted on its day. */
  rateOf: (
    transaction: LedgerTransaction,
  ) => (LedgerRate & { source: 'recorded' | 'quoted' }) | { reason: string };
  realise: (sale: LedgerTransaction) => Realised;
}

export interface ActivityOnPack {
  activity: Activity;
  base_currency: string;
  pack: PackRow;
  span: TransactionSpan;
}

/**
 * What happened up to the pack's day, or to an earlier one, and what else `work` reads in the same transaction.
 * @throws EngineError PORTFOLIO_NOT_FOUND, PACK_NOT_FOUND, DATA_MISSING, ARGS_INVALID
 */
export async function readOnPack<T>(
  database: Pool,
  { portfolio_id, pack_id, since = null, to }: PeriodArgs,
  call: Call<'user_id' | 'portfolio_id'>,
  work: (tx: Tx, onPack: ActivityOnPack) => Promise<T>,
): Promise<T> {
  const ledger_commit_hash = ledgerCommitOf(call, portfolio_id);
  return withUser(database, call.ctx.user_id, async (tx) => {
    const { base_currency } = await requirePortfolio(tx, portfolio_id);
    const pack = await requirePack(tx, pack_id);
    const last = to === undefined || to > pack.date ? pack.date : to;
    checkPeriod(since, last);
    const span = { portfolio_id, ledger_commit_hash, from: since, to: last };
    const activity = await loadActivity(tx, { span, pack_id, base_currency });
    return work(tx, { activity, base_currency, pack, span });
  });
}

export interface PeriodArgs {
  portfolio_id: string;
  pack_id: string;
  /** First day, inclusive. */
  since?: string | null;
  /** Last day, inclusive; never later than the pack. */
  to?: string;
}

export interface ActivityRequest {
  span: TransactionSpan;
  pack_id: string;
  base_currency: string;
}

export async function loadActivity(
  tx: Tx,
  { span, pack_id, base_currency }: ActivityRequest,
): Promise<Activity> {
  const rows = await transactionRows(tx, span);
  const closures = await saleClosures(tx, span);
  const differences = await entryDifferences(tx, span);
  const currencies = new Set([
    base_currency,
    ...rows.map(({ currency }) => currency),
    ...differences.map(({ currency }) => currency),
  ]);
  const quotes = await fxHistory(tx, {
    pack_id,
    currencies: [...currencies].map((currency) => majorUnit(currency).major),
  });
  const rates = ledgerRates(quotes, base_currency);
  const unpriced = new Set(
    closures
      .filter(({ proceeds_local }) => proceeds_local === null)
      .map(({ transaction_id }) => transaction_id),
  );
  const closuresOf = grouped(closures, ({ transaction_id }) => transaction_id);
  const rateOf: Activity['rateOf'] = ({ currency, date, recorded_rate }) => {
    if (recorded_rate) return { rate: recorded_rate, quote_date: date, source: 'recorded' };
    const quoted = rates(currency, date);
    return 'reason' in quoted ? quoted : { ...quoted, source: 'quoted' };
  };
  return {
    ...ledgerTransactions({ base_currency, rows, differences, unpriced }),
    quotes,
    rates,
    closures,
    rateOf,
    realise: (sale) => realiseSale(sale, lotsOf(sale, closuresOf), rateOf(sale)),
  };
}

function lotsOf({ row_ids }: LedgerTransaction, closures: ReadonlyMap<string, LotClosure[]>): LotClosure[] {
  return row_ids.flatMap((id) => closures.get(id) ?? []);
}

/** @throws EngineError ARGS_INVALID */
export function checkPeriod(from: string | null, to: string): void {
  if (from === null || from <= to) return;
  throw new EngineError('ARGS_INVALID', `/from is ${from}, after the last day ${to}. Give an earlier day.`, {
    pointer: '/from',
  });
}
