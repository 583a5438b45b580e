/**
 * Is what the database holds of a portfolio what its ledger, or a custodian, says? Lots and cash movements against the
 * sums of the ledger's legs, exactly and on every day up to the pack's; market values within a basis point.
 */
import { reconcileBooks } from '../ledger/reconcile-books';
import { type ReconciledStatement, reconcileStatement } from '../ledger/reconcile-statement';
import { reconcileValues } from '../ledger/reconcile-values';
import type { ReconciledDifference, Reconciliation } from '../ledger/reconciliation';
import type { StatementRow } from '../ledger/statement-file';
import { unitValues } from '../ledger/unit-values';
import { valueLots } from '../ledger/value-lots';
import { packFx } from './fx-rates';
import type { Tx } from './pool';
import { cashBalancesAt, openLotsAt } from './positions';
import { packPrices } from './prices';
import { type ReconcileInputs, type ReconcileRequest, readReconcileInputs } from './reconcile-inputs';

export type { ReconcileRequest } from './reconcile-inputs';

/**
 * Reads only. Run it in a transaction of the portfolio's user.
 * @throws EngineError PORTFOLIO_NOT_FOUND, PACK_NOT_FOUND, DATA_MISSING (no such ledger commit, or one without balances)
 */
export async function reconcilePortfolio(tx: Tx, request: ReconcileRequest): Promise<Reconciliation> {
  const inputs = await readReconcileInputs(tx, request);
  const { ledger, database, securityIds, base_currency, pack } = inputs;
  const books = reconcileBooks({ ledger, database, securities: new Set(securityIds.keys()) });
  const values = reconcileValues({ ...inputs, conversions: [], ...(await engineValues(tx, inputs)) });
  const differences = [...books.differences, ...values.differences.map(sinceWrong(books.differences))];
  return {
    ...request,
    asof_date: pack.date,
    base_currency,
    passed: differences.length === 0,
    balances_checked: books.checked,
    values_checked: values.checked,
    days: values.days,
    unvalued: values.unvalued,
    differences,
    reasons: values.reasons,
  };
}

/** The database against a statement from outside, at the pack's prices. @throws EngineError as reconcilePortfolio */
export async function reconcileWithStatement(
  tx: Tx,
  request: ReconcileRequest,
  rows: readonly StatementRow[],
): Promise<ReconciledStatement> {
  const commodities = rows.map(({ commodity }) => commodity);
  const inputs = await readReconcileInputs(tx, request, commodities);
  return reconcileStatement({
    rows,
    database: inputs.database,
    securities: new Set(inputs.securityIds.keys()),
    base_currency: inputs.base_currency,
    unitValue: unitValues(inputs),
    asof_date: inputs.pack.date,
  });
}

/** A position of a wrong quantity is wrong since the quantity is; its value is compared on the pack's day alone. */
function sinceWrong(
  books: readonly ReconciledDifference[],
): (value: ReconciledDifference) => ReconciledDifference {
  const first = new Map(books.map(({ commodity, first_date }) => [commodity, first_date]));
  return (value) => ({ ...value, first_date: first.get(value.commodity) ?? value.first_date });
}

/** What `ledger.positions` and `pricing.apply_pack` make of it. */
async function engineValues(tx: Tx, { span, pack, base_currency }: ReconcileInputs) {
  const day = { ...span, asof_date: pack.date };
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
    base_currency,
    asof_date: pack.date,
  });
}
