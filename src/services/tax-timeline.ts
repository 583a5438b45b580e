/**
 * What happened to the shares of one security, in the order of the ledger: purchases, sales and splits, each with how many
 * shares of today one share of then became. Whatever compares or replays lots starts here.
 */
import type { LedgerLotRow, LotClosure } from '../contract/ledger-rows';
import { Decimal, sum } from './decimal';
import { amountPlaces } from './fixed';
import { grouped } from './grouped';
import type { LedgerTransaction } from './ledger-transactions';

export interface Purchase {
  type: 'BUY';
  lot: LedgerLotRow;
  /** Shares after all splits for one of these. */
  growth: Decimal;
}

export interface Sale {
  type: 'SELL';
  sale: LedgerTransaction;
  growth: Decimal;
}

export interface Split {
  type: 'SPLIT';
  date: string;
  /** New shares for one old. */
  ratio: { shares: Decimal; old: Decimal };
}

export interface TaxTimeline {
  security_id: string;
  symbol: string;
  events: (Purchase | Sale | Split)[];
  /** `PARTIAL_SPLIT`: a split replaced some lots and not others, so one ratio does not tell it. */
  problem: 'PARTIAL_SPLIT' | null;
}

export interface TimelineInputs {
  /** From the beginning, in the order of the ledger. */
  transactions: readonly LedgerTransaction[];
  lots: readonly LedgerLotRow[];
  closures: readonly LotClosure[];
}

/** By the id of the security, in the order of their first purchase. */
export function taxTimelines({ transactions, lots, closures }: TimelineInputs): Map<string, TaxTimeline> {
  const lotsOn = grouped(lots, ({ security_id, opened_on }) => `${security_id} ${opened_on}`);
  const replacedBy = grouped(closures, ({ transaction_id }) => transaction_id);
  const moves = transactions.filter(({ type }) => type === 'BUY' || type === 'SELL' || type === 'SPLIT');
  const bySecurity = grouped(moves, ({ security_id }) => security_id ?? '');
  return new Map([...bySecurity].map(([id, own]) => [id, timelineOf(id, own, { lotsOn, replacedBy })]));
}

interface Found {
  lotsOn: ReadonlyMap<string, LedgerLotRow[]>;
  replacedBy: ReadonlyMap<string, LotClosure[]>;
}

function timelineOf(
  security_id: string,
  transactions: readonly LedgerTransaction[],
  { lotsOn, replacedBy }: Found,
): TaxTimeline {
  const events: TaxTimeline['events'] = [];
  const used = new Set<string>();
  let held = new Decimal(0);
  let problem: TaxTimeline['problem'] = null;
  const splits = grouped(
    transactions.filter(({ type }) => type === 'SPLIT'),
    ({ date }) => date,
  );
  for (const transaction of transactions) {
    const { type, date, quantity } = transaction;
    const change = quantity ?? new Decimal(0);
    const growth = new Decimal(1);
    if (type === 'BUY') {
      const lot = openedBy(transaction, lotsOn.get(`${security_id} ${date}`) ?? [], used);
      events.push({ type, lot, growth });
    } else if (type === 'SELL') events.push({ type, sale: transaction, growth });
    else {
      // One row for each account, perhaps in an entry of its own; all of a day are one split.
      const rows = splits.get(date) ?? [];
      if (rows[0] !== transaction) continue;
      const ids = rows.flatMap(({ row_ids }) => row_ids);
      const old = sum(
        ids.flatMap((id) => replacedBy.get(id) ?? []).map((closure) => new Decimal(closure.quantity)),
      );
      const came = sum(rows.map((row) => row.quantity ?? new Decimal(0)));
      if (!old.equals(held)) problem = 'PARTIAL_SPLIT';
      if (!old.isZero()) events.push({ type: 'SPLIT', date, ratio: { shares: old.plus(came), old } });
      held = held.plus(came);
      continue;
    }
    held = held.plus(change);
  }
  return { security_id, symbol: transactions[0]?.symbol ?? '', events: grown(events), problem };
}

/** The lot of a purchase: of its day and size; of several, the one that cost what the purchase did. */
function openedBy(
  { quantity, amount }: LedgerTransaction,
  lots: readonly LedgerLotRow[],
  used: Set<string>,
): LedgerLotRow {
  const off = (lot: LedgerLotRow): Decimal =>
    new Decimal(lot.quantity).times(lot.unit_cost_local).plus(amount).abs();
  const [lot] = lots
    .filter((row) => !used.has(row.lot_id) && quantity?.equals(row.quantity))
    .sort((a, b) => off(a).comparedTo(off(b)));
  if (!lot) throw new TypeError('a purchase opens a lot');
  used.add(lot.lot_id);
  return lot;
}

/** Fills in `growth`, from the last event back to the first. */
function grown(events: TaxTimeline['events']): TaxTimeline['events'] {
  let growth = new Decimal(1);
  for (const event of [...events].reverse()) {
    if (event.type === 'SPLIT') growth = growth.times(event.ratio.shares).div(event.ratio.old);
    else event.growth = growth;
  }
  return events;
}

/** Shares of a day as shares after all splits, at the places of a quantity. */
export function shareCount(quantity: Decimal, growth: Decimal): Decimal {
  return quantity.times(growth).toDecimalPlaces(amountPlaces);
}
