/** The lots of a period: what was held when it began at its value then, and what was bought since, used up oldest first. */
import type { FxEvidence, LotEvidence } from '../../contract/explanation';
import { type Decimal, decimalText, roundMoney, sum } from '../../services/decimal';
import { type Lot, type LotBook, lotBook } from '../../services/lot-book';
import { type Origin, partWords } from './statement-words';

export interface UsedLots {
  cost: Decimal;
  words: string[];
  fx: FxEvidence[];
  lots: LotEvidence[];
  isOfStart: boolean;
}

export interface PeriodLots {
  add(security: string, origin: Origin, quantity: Decimal, cost: Decimal, costLocal: Decimal): void;
  split(security: string, held: Decimal, change: Decimal): void;
  take(security: string, quantity: Decimal): UsedLots;
  left(security: string): UsedLots;
}

/** The oldest are used up first; what was held when the period began is one lot, at its value then. */
export function periodLots(nameOf: (security: string) => string, base: string): PeriodLots {
  const books = new Map<string, LotBook>();
  const origins = new Map<string, Origin>();
  const bookOf = (security: string): LotBook => {
    const book = books.get(security) ?? lotBook('fifo');
    books.set(security, book);
    return book;
  };
  const tell = (security: string, parts: readonly Lot[]): UsedLots => {
    const told = parts.map((part) => ({ part, origin: origins.get(part.lot_id) as Origin }));
    return {
      cost: sum(parts.map(({ cost }) => cost)),
      words: told.map(({ part, origin }) => partWords(part, origin, base)),
      fx: told.flatMap(({ origin }) => (origin.rate.evidence ? [origin.rate.evidence] : [])),
      lots: told.map(({ part, origin }) => toLot(part, origin, nameOf(security))),
      isOfStart: told.some(({ origin }) => origin.isStart),
    };
  };
  return {
    add(security, origin, quantity, cost, costLocal) {
      const entry = origins.size + 1;
      const lot_id = `${nameOf(security)} ${origin.isStart ? 'held' : 'bought'} ${origin.date} #${String(entry)}`;
      origins.set(lot_id, origin);
      bookOf(security).add({ lot_id, date: origin.date, entry, account: '', quantity, cost, costLocal });
    },
    split(security, held, change) {
      if (!held.isZero()) bookOf(security).split(null, held.plus(change), held);
    },
    take: (security, quantity) => tell(security, bookOf(security).take('', quantity)),
    left: (security) => tell(security, bookOf(security).lots()),
  };
}

function toLot({ lot_id, quantity, cost, costLocal }: Lot, { date, currency, rate }: Origin, symbol: string): LotEvidence {
  return {
    lot_id,
    symbol,
    acquired_on: date,
    quantity_open: decimalText(quantity),
    unit_cost_local: decimalText(roundMoney(costLocal.div(quantity))),
    currency,
    fx_base_per_local: decimalText(rate.rate),
    cost_base: decimalText(cost),
  };
} // prettier-ignore
