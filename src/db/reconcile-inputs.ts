/** What a reconciliation reads of a portfolio: its ledger's balances, what the database holds, prices and quotes. */
import { EngineError } from '../contract/errors';
import type { BookChange } from '../ledger/reconcile-books';
import { fxHistory } from './fx-rates';
import {
  cashChanges,
  type CashChangeRow,
  holdingChanges,
  type HoldingChangeRow,
  type LedgerSpan,
} from './history';
import { hasLedgerBalances, ledgerChanges } from './ledger-balances';
import type { Tx } from './pool';
import { findPortfolio } from './portfolios';
import { packDates, type DatedPriceRow, priceHistory } from './prices';
import { findPack, type PackRow } from './pricing-packs';

export interface ReconcileRequest {
  portfolio_id: string;
  ledger_commit_hash: string;
  pack_id: string;
}

export interface ReconcileInputs {
  span: LedgerSpan;
  pack: PackRow;
  base_currency: string;
  /** By symbol: every security that has a lot, a balance in the ledger, or was asked for besides. */
  securityIds: ReadonlyMap<string, string>;
  ledger: BookChange[];
  database: BookChange[];
  holding_changes: HoldingChangeRow[];
  cash_changes: CashChangeRow[];
  dates: string[];
  prices: DatedPriceRow[];
  rates: Awaited<ReturnType<typeof fxHistory>>;
}

/**
 * @param others symbols that may be known besides
 * @throws EngineError PORTFOLIO_NOT_FOUND, PACK_NOT_FOUND, DATA_MISSING (no such ledger commit, or one without balances)
 */
export async function readReconcileInputs(
  tx: Tx,
  request: ReconcileRequest,
  others: readonly string[] = [],
): Promise<ReconcileInputs> {
  const { portfolio_id, ledger_commit_hash, pack_id } = request;
  const portfolio = await findPortfolio(tx, portfolio_id);
  if (!portfolio)
    throw new EngineError('PORTFOLIO_NOT_FOUND', `There is no portfolio ${portfolio_id} among yours.`, {
      portfolio_id,
    });
  const pack = await findPack(tx, pack_id);
  if (!pack) throw new EngineError('PACK_NOT_FOUND', `There is no pricing pack ${pack_id}.`, { pack_id });
  if (!(await hasLedgerBalances(tx, { portfolio_id, ledger_commit_hash }))) {
    throw new EngineError(
      'DATA_MISSING',
      `Portfolio ${portfolio_id} has no balances of ledger commit ${ledger_commit_hash}: import that ledger (again) with \`dawsos ledger import\`.`,
      { portfolio_id, ledger_commit_hash },
    );
  }
  const span = { portfolio_id, ledger_commit_hash, to: pack.date };
  const ledger = await ledgerChanges(tx, span);
  const holding_changes = await holdingChanges(tx, span);
  const cash_changes = await cashChanges(tx, span);
  const symbols = await symbolsOf(tx, span, [
    ...new Set([...ledger.map(({ commodity }) => commodity), ...others]),
  ]);
  return {
    span,
    pack,
    base_currency: portfolio.base_currency,
    securityIds: new Map([...symbols].map(([id, symbol]) => [symbol, id])),
    ledger,
    database: bookOf(holding_changes, cash_changes, symbols),
    holding_changes,
    cash_changes,
    ...(await quotesOf(tx, pack_id, [...symbols.keys()])),
  };
}

function bookOf(
  holdings: readonly HoldingChangeRow[],
  cash: readonly CashChangeRow[],
  symbols: ReadonlyMap<string, string>,
): BookChange[] {
  return [
    ...holdings.map(({ security_id, date, quantity_change }) => ({
      commodity: symbols.get(security_id) ?? security_id,
      date,
      change: quantity_change,
    })),
    ...cash.map(({ currency, date, amount }) => ({ commodity: currency, date, change: amount })),
  ];
}

async function symbolsOf(
  tx: Tx,
  span: LedgerSpan,
  commodities: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ id: string; symbol: string }>(
    `select id, symbol from securities where symbol = any($3)
        or id in (select security_id from lots where portfolio_id = $1 and ledger_commit_hash = $2)`,
    [span.portfolio_id, span.ledger_commit_hash, commodities],
  );
  return new Map(rows.map(({ id, symbol }) => [id, symbol]));
}

async function quotesOf(
  tx: Tx,
  pack_id: string,
  security_ids: readonly string[],
): Promise<Pick<ReconcileInputs, 'dates' | 'prices' | 'rates'>> {
  const prices = security_ids.length === 0 ? [] : await priceHistory(tx, { pack_id, security_ids });
  const { rows } = await tx.query<{ quote_ccy: string }>(
    'select distinct quote_ccy from fx_rates where pack_id = $1',
    [pack_id],
  );
  const currencies = rows.map(({ quote_ccy }) => quote_ccy);
  return {
    dates: await packDates(tx, { pack_id }),
    prices,
    rates: await fxHistory(tx, { pack_id, currencies }),
  };
}
