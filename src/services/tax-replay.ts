/**
 * Which lots the sales of a security would have used up under another method than the ledger's, and what would be left:
 * every purchase, sale and split from the start. The result has the form of what the ledger booked, so whatever tells
 * gains tells these too.
 */
import type { LotClosure } from '../contract/ledger-rows';
import { Decimal, roundMoney } from './decimal';
import { lotBook } from './lot-book';
import type { Purchase, TaxTimeline } from './tax-timeline';

/** The oldest lot first, the youngest, the dearest per share in base currency. */
export type ReplayMethod = 'fifo' | 'lifo' | 'hifo';

/** What is left of a lot. */
export interface OpenTaxLot {
  security_id: string;
  symbol: string;
  lot_id: string;
  acquired_on: string;
  quantity: Decimal;
  unit_cost_local: Decimal;
  currency: string;
  /** Base for one `currency` on the purchase; `null`: there was no rate. */
  fx_base_per_local: Decimal | null;
  /** Of the same lot, sold so far. */
  closed: Decimal;
}

export interface Replayed {
  /** By the id of the sale's transaction. */
  closures: Map<string, LotClosure[]>;
  /** The oldest first. */
  open: OpenTaxLot[];
}

/**
 * `PARTIAL_SPLIT`: a split changed some lots only, so it is not known what it would have done to others; `NO_QUOTE`: a
 * purchase has no exchange rate; `NOT_ENOUGH_LOTS`: more was sold than held.
 */
export type ReplayProblem = { reason: 'PARTIAL_SPLIT' | 'NO_QUOTE' | 'NOT_ENOUGH_LOTS' };

export function replayTaxLots(timeline: TaxTimeline, method: ReplayMethod): Replayed | ReplayProblem {
  const { events, problem } = timeline;
  if (problem) return { reason: problem };
  const book = lotBook(method);
  const lots = new Map<string, OpenTaxLot>();
  const closures: Replayed['closures'] = new Map();
  for (const [entry, event] of events.entries()) {
    if (event.type === 'BUY') {
      const lot = lotOf(event, timeline);
      if (!lot.fx_base_per_local) return { reason: 'NO_QUOTE' };
      const costLocal = lot.quantity.times(lot.unit_cost_local);
      const cost = costLocal.times(lot.fx_base_per_local);
      const { lot_id, acquired_on: date, quantity } = lot;
      book.add({ lot_id, date, entry, account: '', quantity, cost, costLocal });
      lots.set(lot_id, lot);
    } else if (event.type === 'SPLIT') {
      const { shares, old } = event.ratio;
      book.split(null, shares, old);
      for (const lot of lots.values()) {
        lot.unit_cost_local = lot.unit_cost_local.times(old).div(shares);
        lot.closed = lot.closed.times(shares).div(old);
      }
    } else {
      const wanted = event.sale.quantity?.negated() ?? new Decimal(0);
      if (wanted.greaterThan(book.held('')) && !book.same(wanted, book.held('')))
        return { reason: 'NOT_ENOUGH_LOTS' };
      const taken = book.take('', wanted).map(({ lot_id, quantity }) => {
        const lot = lots.get(lot_id) as OpenTaxLot;
        const closed_before = lot.closed.toFixed();
        lot.closed = lot.closed.plus(quantity);
        return closureOf(event.sale.transaction_id, lot, quantity, closed_before);
      });
      closures.set(event.sale.transaction_id, taken);
    }
  }
  const open = book.lots().map(({ lot_id, quantity }) => ({ ...(lots.get(lot_id) as OpenTaxLot), quantity }));
  return { closures, open };
}

/** In base, of what is left: the whole lot's cost less that of what was sold, so that all parts together cost what it did. */
export function costOfOpen({
  quantity,
  unit_cost_local,
  fx_base_per_local,
  closed,
}: OpenTaxLot): Decimal | null {
  if (!fx_base_per_local) return null;
  const unit = unit_cost_local.times(fx_base_per_local);
  return roundMoney(unit.times(closed.plus(quantity))).minus(roundMoney(unit.times(closed)));
}

function lotOf({ lot }: Purchase, { security_id, symbol }: TaxTimeline): OpenTaxLot {
  const { lot_id, acquired_on, currency, quantity, unit_cost_local, fx_base_per_local } = lot;
  return {
    ...{ security_id, symbol, lot_id, acquired_on, currency },
    quantity: new Decimal(quantity),
    unit_cost_local: new Decimal(unit_cost_local),
    fx_base_per_local: fx_base_per_local === null ? null : new Decimal(fx_base_per_local),
    closed: new Decimal(0),
  };
}

function closureOf(
  transaction_id: string,
  { lot_id, acquired_on, currency, unit_cost_local, fx_base_per_local }: OpenTaxLot,
  quantity: Decimal,
  closed_before: string,
): LotClosure {
  return {
    ...{ transaction_id, lot_id, acquired_on, currency, closed_before },
    quantity: quantity.toFixed(),
    unit_cost_local: unit_cost_local.toFixed(),
    fx_base_per_local: fx_base_per_local?.toFixed() ?? null,
    // A sale's proceeds go to its lots by shares, whatever the ledger wrote beside its own.
    ...{ proceeds_local: null, proceeds_currency: null },
  };
}
