/** The handler of portfolio.corporate_actions. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import { holdingChanges } from '../../src/db/history';
import { packActions } from '../../src/db/pack-actions';
import { lotsOfSplitDays } from '../../src/db/transactions';
import { decimalText } from '../../src/services/decimal';
import { dayOf, type DeclaredDividend, dividendEvents } from '../../src/services/dividends';
import { heldBefore } from '../../src/services/held-before';
import type { LedgerTransaction } from '../../src/services/ledger-transactions';
import { type DeclaredSplit, type SplitEvent, splitEvents } from '../../src/services/splits';
import type { Handler } from '../agent';
import { dividendText, dividendTotals } from './activity-dividends';
import { checkPeriod, readOnPack } from './activity-ledger';
import { textOf, textsOf } from './activity-texts';
import { packSource } from './pack-source';
import type { AnalystServices } from './services';

type Result = ResultOf<Catalogue['portfolio.corporate_actions']>;

const convention = {
  entitlement: 'shares held on the evening before the ex-date',
  fx: 'of the pay date: base_per_local, last quote on or before it, or as the ledger entry records it',
  matching:
    'a payment belongs to the dividend with the nearest pay date within 30 days; less than a cent is no difference',
};

export function corporateActionsHandler({
  database,
}: AnalystServices): Handler<'portfolio.corporate_actions'> {
  return async ({ from, to, ...args }, call) =>
    readOnPack(database, args, call, async (tx, { activity, base_currency, pack, span }) => {
      if (from !== undefined && to !== undefined) checkPeriod(from, to);
      const { transactions, closures } = activity;
      const held = heldBefore(await holdingChanges(tx, span));
      const security_ids = [...new Set(transactions.flatMap(({ security_id }) => security_id ?? []))];
      const actions = await packActions(tx, { pack_id: pack.id, security_ids });
      const opened = await lotsOfSplitDays(tx, span);
      const isAsked = (date: string): boolean =>
        (from === undefined || date >= from) && (to === undefined || date <= to);
      const declared = actions.filter(({ type }) => type === 'dividend') as DeclaredDividend[];
      const events = dividendEvents(transactions, declared, held, pack.date);
      const withheld = new Set(events.flatMap(({ payment }) => payment?.taxes ?? []));
      const dividends = events
        .filter((event) => isAsked(dayOf(event)))
        .map((event) => dividendText(event, activity));
      const splits = splitEvents({
        ...{ transactions, closures, opened, asof: pack.date },
        declared: actions.filter(({ type }) => type === 'split') as DeclaredSplit[],
        heldBefore: held,
      });
      return {
        result: {
          asof_date: pack.date,
          base_currency,
          dividends,
          splits: splits.filter(({ ex_date }) => isAsked(ex_date)).map(splitText),
          other_taxes: transactions
            .filter((row) => row.type === 'TAX' && !withheld.has(row) && isAsked(row.date))
            .map(taxText),
          totals: dividendTotals(dividends),
          convention,
        },
        ...packSource(pack),
      };
    });
}

function splitText({
  security_id,
  symbol,
  ex_date,
  booked_on,
  status,
  ...amounts
}: SplitEvent): Result['splits'][number] {
  const reasons: Record<string, string> = {};
  const notBooked = status === 'pending' ? 'NOT_YET_DUE' : 'NOT_RECEIVED';
  if (booked_on === null)
    for (const field of ['booked_on', 'quantity_after', 'cost_before', 'cost_after'])
      reasons[field] = notBooked;
  if (amounts.ratio === null) reasons['ratio'] = 'ZERO_START';
  if (amounts.expected_after === null) reasons['expected_quantity_after'] = 'NOT_DECLARED';
  const { expected_after, quantity_before, ...others } = amounts;
  return {
    ...{ security_id, symbol, ex_date, booked_on, status, reasons },
    ...textsOf({ quantity_before, ...others }),
    expected_quantity_after: textOf(expected_after),
  };
}

function taxText({ transaction_id, date, currency, amount, narration }: LedgerTransaction) {
  return { transaction_id, date, currency, amount: decimalText(amount.negated()), narration };
}
