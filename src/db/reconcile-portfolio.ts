/**
 * Is what the database holds of a portfolio what its ledger says? Lots and cash movements against the sums of the
 * ledger's legs, exactly and on every day up to the pack's; market values within a basis point.
 */
import { EngineError } from '../contract/errors';
import { reconcileBooks } from '../ledger/reconcile-books';
import { reconcileValues } from '../ledger/reconcile-values';
import type { ReconciledDifference, Reconciliation } from '../ledger/reconciliation';
import { valueLots } from '../ledger/value-lots';
import { fxHistory, packFx } from './fx-rates';
import { cashChanges, holdingChanges, type LedgerSpan } from './history';
import { hasLedgerBalances, ledgerChanges } from './ledger-balances';
import type { Tx } from './pool';
import { findPortfolio, type PortfolioRow } from './portfolios';
import { cashBalancesAt, openLotsAt } from './positions';
import { packDates, packPrices, priceHistory } from './prices';
import { findPack, type PackRow } from './pricing-packs';

export interface ReconcileRequest {
  portfolio_id: string;
  ledger_commit_hash: string;
  pack_id: string;
}

/**
 * Reads only. Run it in a transaction of the portfolio's user.
 * @throws EngineError PORTFOLIO_NOT_FOUND, PACK_NOT_FOUND, DATA_MISSING (no such ledger commit, or one without balances)
 */
export async function reconcilePortfolio(tx: Tx, request: ReconcileRequest): Promise<Reconciliation> {
  const { portfolio_id, ledger_commit_hash, pack_id } = request;
  const { portfolio, pack } = await requireAll(tx, request);
  const span = { portfolio_id, ledger_commit_hash, to: pack.date };
  const ledger = await ledgerChanges(tx, span);
  const holding_changes = await holdingChanges(tx, span);
  const cash_changes = await cashChanges(tx, span);
  const symbols = await symbolsOf(tx, span, [...new Set(ledger.map(({ commodity }) => commodity))]);
  const securityIds = new Map([...symbols].map(([id, symbol]) => [symbol, id]));
  const books = reconcileBooks({
    ledger,
    database: [
      ...holding_changes.map(({ security_id, date, quantity_change }) => ({
        commodity: symbols.get(security_id) ?? security_id,
        date,
        change: quantity_change,
      })),
      ...cash_changes.map(({ currency, date, amount }) => ({ commodity: currency, date, change: amount })),
    ],
    securities: new Set(securityIds.keys()),
  });
  const values = reconcileValues({
    ledger,
    securityIds,
    holding_changes,
    cash_changes,
    conversions: [],
    ...(await quotesOf(tx, pack, portfolio.base_currency, [...symbols.keys()])),
    ...(await engineValues(tx, span, pack, portfolio.base_currency)),
  });
  const differences = [...books.differences, ...values.differences.map(sinceWrong(books.differences))];
  return {
    portfolio_id,
    ledger_commit_hash,
    pack_id,
    asof_date: pack.date,
    base_currency: portfolio.base_currency,
    passed: differences.length === 0,
    balances_checked: books.checked,
    values_checked: values.checked,
    differences,
    reasons: values.reasons,
  };
}

/** A position of a wrong quantity is wrong since the quantity is; its value is compared on the pack's day alone. */
function sinceWrong(
  books: readonly ReconciledDifference[],
): (value: ReconciledDifference) => ReconciledDifference {
  const first = new Map(books.map(({ commodity, first_date }) => [commodity, first_date]));
  return (value) => ({ ...value, first_date: first.get(value.commodity) ?? value.first_date });
}

async function requireAll(
  tx: Tx,
  { portfolio_id, ledger_commit_hash, pack_id }: ReconcileRequest,
): Promise<{ portfolio: PortfolioRow; pack: PackRow }> {
  const portfolio = await findPortfolio(tx, portfolio_id);
  if (!portfolio)
    throw new EngineError('PORTFOLIO_NOT_FOUND', `There is no portfolio ${portfolio_id} among yours.`);
  const pack = await findPack(tx, pack_id);
  if (!pack) throw new EngineError('PACK_NOT_FOUND', `There is no pricing pack ${pack_id}.`);
  if (!(await hasLedgerBalances(tx, { portfolio_id, ledger_commit_hash }))) {
    throw new EngineError(
      'DATA_MISSING',
      `Portfolio ${portfolio_id} has no balances of ledger commit ${ledger_commit_hash}: import that ledger (again) with \`dawsos ledger import\`.`,
      { portfolio_id, ledger_commit_hash },
    );
  }
  return { portfolio, pack };
}

/** By id: every security that has a lot, or a balance in the ledger. */
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

async function quotesOf(tx: Tx, pack: PackRow, base_currency: string, security_ids: readonly string[]) {
  const pack_id = pack.id;
  const prices = security_ids.length === 0 ? [] : await priceHistory(tx, { pack_id, security_ids });
  const { rows } = await tx.query<{ quote_ccy: string }>(
    'select distinct quote_ccy from fx_rates where pack_id = $1',
    [pack_id],
  );
  const currencies = rows.map(({ quote_ccy }) => quote_ccy);
  const rates = await fxHistory(tx, { pack_id, currencies });
  return { base_currency, dates: await packDates(tx, { pack_id }), prices, rates };
}

/** What `ledger.positions` and `pricing.apply_pack` make of it. */
async function engineValues(
  tx: Tx,
  { portfolio_id, ledger_commit_hash }: LedgerSpan,
  pack: PackRow,
  base: string,
) {
  const day = { portfolio_id, ledger_commit_hash, asof_date: pack.date };
  const lots = await openLotsAt(tx, day);
  const prices = await packPrices(
    tx,
    pack.id,
    lots.map(({ security_id }) => security_id),
  );
  return valueLots({
    lots,
    cash: await cashBalancesAt(tx, day),
    prices,
    fx: await packFx(tx, pack.id),
    base_currency: base,
    asof_date: pack.date,
  });
}
