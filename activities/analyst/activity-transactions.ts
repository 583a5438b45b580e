/** The handler of ledger.transactions. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import { withUser } from '../../src/db/pool';
import { decimalText, ratePlaces, roundMoney } from '../../src/services/decimal';
import type { ReasonCodes } from '../../src/services/holdings';
import type { LedgerTransaction } from '../../src/services/ledger-transactions';
import type { Realised, RealisedLot } from '../../src/services/realised-gains';
import type { Handler } from '../agent';
import { ledgerCommitOf, requirePack, requirePortfolio } from '../portfolio-history';
import { type Activity, checkPeriod, loadActivity } from './activity-ledger';
import { gainConvention, textOf, textsOf } from './activity-texts';
import { requireSecurity } from './positions-held';
import type { AnalystServices } from './services';

type Result = ResultOf<Catalogue['ledger.transactions']>;
type Row = Result['transactions'][number];

export function transactionsHandler({ database }: AnalystServices): Handler<'ledger.transactions'> {
  return async ({ portfolio_id, security_id, types, from = null, to, limit = 50 }, call) => {
    const { asof_date, user_id, pricing_pack_id } = call.ctx;
    const ledger_commit_hash = ledgerCommitOf(call, portfolio_id);
    const last = to === undefined || to > asof_date ? asof_date : to;
    checkPeriod(from, last);
    const { base_currency, activity } = await withUser(database, user_id, async (tx) => {
      const portfolio = await requirePortfolio(tx, portfolio_id);
      const pack = await requirePack(tx, pricing_pack_id);
      if (security_id !== undefined) await requireSecurity(tx, security_id);
      const span = { portfolio_id, ledger_commit_hash, from, to: last };
      return {
        base_currency: portfolio.base_currency,
        activity: await loadActivity(tx, {
          span,
          pack_id: pack.id,
          base_currency: portfolio.base_currency,
        }),
      };
    });
    const matching = activity.transactions.filter(
      (row) =>
        (security_id === undefined || row.security_id === security_id) &&
        (types === undefined || types.includes(row.type)),
    );
    const shown = newestFirst(matching).slice(0, limit);
    return {
      result: {
        portfolio_id,
        asof_date,
        ledger_commit_hash,
        base_currency,
        from,
        to: last,
        transactions: shown.map((row) => transactionText(row, activity)),
        total: matching.length,
        more: matching.length > shown.length,
        convention: gainConvention,
      },
      source: `ledger:${ledger_commit_hash}`,
      asof_date,
    };
  };
}

/** Entries from the last to the first; rows of one entry as they stand in it. */
function newestFirst(rows: readonly LedgerTransaction[]): LedgerTransaction[] {
  return [...rows].sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : b.entry - a.entry));
}

function transactionText(row: LedgerTransaction, activity: Activity): Row {
  const {
    transaction_id,
    date,
    type,
    security_id,
    symbol,
    currency,
    counter_currency,
    narration,
    line,
    file,
  } = row;
  const rate = activity.rateOf(row);
  const found = 'rate' in rate ? rate : null;
  const untold = row.reasons['amount'];
  const isTrade = type === 'BUY' || type === 'SELL';
  const reasons: ReasonCodes = { ...row.reasons };
  if (untold !== undefined) Object.assign(reasons, { price: untold, amount_base: untold });
  if ('reason' in rate)
    for (const field of ['rate_base_per_local', 'rate_date', 'rate_source', 'amount_base'])
      reasons[field] ??= rate.reason;
  return {
    transaction_id,
    date,
    type,
    security_id,
    symbol,
    quantity: textOf(row.quantity),
    price:
      isTrade && untold === undefined && row.quantity?.isZero() === false
        ? decimalText(row.amount.div(row.quantity).abs().toDecimalPlaces(ratePlaces))
        : null,
    amount: untold === undefined ? decimalText(row.amount) : null,
    currency,
    counter_amount: textOf(row.counter_amount),
    counter_currency,
    rate_base_per_local: textOf(found?.rate ?? null),
    rate_date: found?.quote_date ?? null,
    rate_source: found?.source ?? null,
    amount_base: found && untold === undefined ? decimalText(roundMoney(row.amount.times(found.rate))) : null,
    fee: textOf(row.fee),
    narration,
    line,
    file,
    realised: type === 'SELL' ? realisedText(activity.realise(row)) : null,
    reasons,
  };
}

function realisedText({ lots, reasons, ...amounts }: Realised): Row['realised'] {
  return { ...textsOf(amounts), lots: lots.map(lotText), reasons };
}

function lotText({ proceeds_local: _local, ...lot }: RealisedLot) {
  const { lot_id, acquired_on, holding_days, cost_currency, quantity, unit_cost_local, cost_local, ...base } =
    lot;
  const reasons: ReasonCodes = {};
  if (base.cost_base === null) reasons['cost_base'] = 'NO_QUOTE';
  if (base.proceeds_base === null) reasons['proceeds_base'] = 'MISSING_INPUT';
  if (base.gain_base === null) reasons['gain_base'] = 'MISSING_INPUT';
  return {
    lot_id,
    acquired_on,
    holding_days,
    cost_currency,
    ...textsOf({ quantity, unit_cost_local, cost_local }),
    ...textsOf(base),
    reasons,
  };
}
