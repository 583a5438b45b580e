/** The sales of a ledger under a lot method: what each gained, what is left, and the shares that wash sales compare. */
import type { LedgerLotRow, LotClosure } from '../contract/ledger-rows';
import type { TaxLotMethod } from '../contract/tax-names';
import { Decimal, sum } from './decimal';
import { grouped } from './grouped';
import type { LedgerRate } from './ledger-rates';
import type { LedgerTransaction } from './ledger-transactions';
import { type Realised, realiseSale } from './realised-gains';
import type { RealisedSale } from './realised-totals';
import { type OpenTaxLot, type ReplayMethod, replayTaxLots } from './tax-replay';
import { shareCount, type TaxTimeline, taxTimelines } from './tax-timeline';
import type { BoughtShares, SoldPart } from './wash-sales';

export interface TaxInputs {
  /** From the beginning, in the order of the ledger. */
  transactions: readonly LedgerTransaction[];
  lots: readonly LedgerLotRow[];
  closures: readonly LotClosure[];
  /** As the ledger booked the sale. */
  realise: (sale: LedgerTransaction) => Realised;
  rateOf: (sale: LedgerTransaction) => LedgerRate | { reason: string };
}

export interface TaxSales {
  /** In the order of the ledger. */
  sales: RealisedSale[];
  /** By symbol as the ledger first had them, then the oldest first; without those of withheld securities. */
  open: OpenTaxLot[];
  /** Securities whose lots the method cannot tell. */
  withheld: { security_id: string; symbol: string; reason: string }[];
  timelines: ReadonlyMap<string, TaxTimeline>;
}

/** Gives the sales under any method: what happened is put in order once. */
export function taxSalesOf(inputs: TaxInputs): (method: TaxLotMethod) => TaxSales {
  const timelines = taxTimelines(inputs);
  return (method) => salesUnder(inputs, timelines, method);
}

function salesUnder(
  inputs: TaxInputs,
  timelines: ReadonlyMap<string, TaxTimeline>,
  method: TaxLotMethod,
): TaxSales {
  const sales = inputs.transactions.filter(({ type }) => type === 'SELL');
  if (method === 'as_booked' || method === 'specific')
    return {
      sales: sales.map((sale) => ({ sale, realised: inputs.realise(sale) })),
      open: bookedLots(inputs),
      withheld: [],
      timelines,
    };
  return { ...replayed(sales, inputs, timelines, method), timelines };
}

function replayed(
  sales: readonly LedgerTransaction[],
  { realise, rateOf }: TaxInputs,
  timelines: ReadonlyMap<string, TaxTimeline>,
  method: ReplayMethod,
): Omit<TaxSales, 'timelines'> {
  const closures = new Map<string, LotClosure[]>();
  const withheld: TaxSales['withheld'] = [];
  const open: OpenTaxLot[] = [];
  for (const timeline of timelines.values()) {
    const found = replayTaxLots(timeline, method);
    const { security_id, symbol } = timeline;
    if ('reason' in found) withheld.push({ security_id, symbol, reason: found.reason });
    else {
      for (const [id, own] of found.closures) closures.set(id, own);
      open.push(...found.open);
    }
  }
  const realised = sales.map((sale): RealisedSale => {
    const own = closures.get(sale.transaction_id);
    if (own) return { sale, realised: realiseSale(sale, own, rateOf(sale)) };
    const reason = withheld.find(({ security_id }) => security_id === sale.security_id)?.reason;
    return { sale, realised: withoutLots(realise(sale), reason ?? 'NOT_ENOUGH_LOTS') };
  });
  return { sales: realised, open, withheld };
}

const ofLots = [
  'cost_local',
  'gain_local',
  'gain_after_fees_local',
  'cost_base',
  'gain_base',
  'fx_gain_base',
];

/** What a sale brought and its fees stay known. */
function withoutLots(booked: Realised, reason: string): Realised {
  const fields = [...ofLots, 'gain_after_fees_base'];
  const reasons = { ...booked.reasons, ...Object.fromEntries(fields.map((field) => [field, reason])) };
  return { ...booked, ...Object.fromEntries(fields.map((field) => [field, null])), lots: [], reasons };
}

function bookedLots({ lots, closures }: TaxInputs): OpenTaxLot[] {
  const closedOf = grouped(closures, ({ lot_id }) => lot_id);
  const left = lots.map((lot): OpenTaxLot => {
    const closed = sum((closedOf.get(lot.lot_id) ?? []).map(({ quantity }) => new Decimal(quantity)));
    const { security_id, symbol, lot_id, acquired_on, currency, fx_base_per_local } = lot;
    return {
      ...{ security_id, symbol, lot_id, acquired_on, currency, closed },
      quantity: new Decimal(lot.quantity).minus(closed),
      unit_cost_local: new Decimal(lot.unit_cost_local),
      fx_base_per_local: fx_base_per_local === null ? null : new Decimal(fx_base_per_local),
    };
  });
  const open = left.filter(({ quantity }) => quantity.greaterThan(0));
  return [...grouped(open, ({ security_id }) => security_id).values()].flatMap((own) =>
    own.sort((a, b) => (a.acquired_on < b.acquired_on ? -1 : a.acquired_on > b.acquired_on ? 1 : 0)),
  );
}

/** What wash sales compare: parts of sales, and purchases, in shares after all splits. */
export function sharesMoved({ sales, timelines }: Pick<TaxSales, 'sales' | 'timelines'>): {
  parts: SoldPart[];
  bought: BoughtShares[];
} {
  const events = [...timelines.values()].flatMap((timeline) => timeline.events);
  const growthOf = new Map(
    events.flatMap((event) =>
      event.type === 'SELL' ? [[event.sale.transaction_id, event.growth] as const] : [],
    ),
  );
  const bought = events.flatMap((event): BoughtShares[] => {
    if (event.type !== 'BUY') return [];
    const { security_id, acquired_on: date, quantity } = event.lot;
    const count = new Decimal(quantity);
    return [{ security_id, date, quantity: count, shares: shareCount(count, event.growth) }];
  });
  const parts = sales.flatMap(({ sale, realised }) =>
    realised.lots.map(({ acquired_on, quantity, gain_base }): SoldPart => {
      const growth = growthOf.get(sale.transaction_id) ?? new Decimal(1);
      return {
        ...{ security_id: sale.security_id ?? '', symbol: sale.symbol ?? '', date: sale.date },
        ...{ acquired_on, quantity, shares: shareCount(quantity, growth) },
        // A part without a known gain still uses up its shares.
        gain: gain_base ?? new Decimal(0),
      };
    }),
  );
  return { parts, bought };
}
