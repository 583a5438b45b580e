/**
 * Lots of one security: what is held and what it cost, what sales gained, and the exchange rate's part of it.
 *
 * gain = proceeds × fx(sale) − cost × fx(purchase), its fx part = cost_local × (fx(sale) − fx(purchase)); fees and taxes
 * stand apart (Portfolio Performance's capital gains). Cost leaves a lot in proportion to its shares, rounded to 10
 * places; the last share takes the rest, so a closed position costs exactly 0.
 */
import { EngineError } from '../contract/errors';
import { Decimal, roundMoney, sum } from './decimal';
import { type Lot, type LotBook, lotBook, type LotMethod } from './lot-book';
import { type LotRow, type LotTransaction, readLotRows } from './lot-rows';
import { shareOut } from './share-out';

export interface LotOptions {
  method: LotMethod;
  /** A sale of more than is held opens a short lot. */
  allow_short?: boolean | undefined;
  /** A rate is given beside the rows, so each of them needs one. */
  withFx?: boolean | undefined;
}

/** Part of a sale (or of a purchase that covers a short lot). Everything but the quantity is in base currency. */
export interface ClosedLot {
  lot_id: string;
  date: string;
  sold_on: string;
  account: string;
  quantity: Decimal;
  cost: Decimal;
  /** `null`: the sale has no amount. */
  proceeds: Decimal | null;
  /** cost_local × (fx(sale) − fx(purchase)). */
  fx: Decimal;
}

export interface LotState {
  open: Lot[];
  closed: ClosedLot[];
  dividends: Decimal;
  fees: Decimal;
  taxes: Decimal;
}

interface Replay extends LotState {
  book: LotBook;
  options: LotOptions;
  entries: number;
}

const zero = new Decimal(0);

/** @throws EngineError ARGS_INVALID, NOT_ENOUGH_LOTS */
export function replayLots(transactions: readonly LotTransaction[], options: LotOptions): LotState {
  const book = lotBook(options.method);
  const replay: Replay = {
    book,
    options,
    entries: 0,
    open: [],
    closed: [],
    dividends: zero,
    fees: zero,
    taxes: zero,
  };
  for (const row of readLotRows(transactions, options.withFx ?? false)) apply(row, replay);
  return { ...replay, open: book.lots() };
}

function apply(row: LotRow, replay: Replay): void {
  replay.fees = replay.fees.plus(roundMoney(row.fees.times(row.fx)));
  replay.taxes = replay.taxes.plus(roundMoney(row.taxes.times(row.fx)));
  switch (row.type) {
    case 'BUY':
    case 'TRANSFER_IN':
      trade(row, replay, 1);
      break;
    case 'SELL':
      trade(row, replay, -1);
      break;
    case 'TRANSFER_OUT':
      transferOut(row, replay);
      break;
    case 'SPLIT':
      replay.book.split(row.account === '' ? null : row.account, row.split.for, row.split.old);
      break;
    case 'DIVIDEND':
      replay.dividends = replay.dividends.plus(roundMoney((row.amount ?? zero).times(row.fx)));
      break;
    case 'FEE':
    case 'TAX':
      break;
  }
}

/** Closes lots of the other side first; what is left opens a lot. */
function trade(row: LotRow, replay: Replay, side: 1 | -1): void {
  const { book } = replay;
  const isOther = book.lotsOf(row.account)[0]?.quantity.times(side).isNegative() ?? false;
  if (side < 0) checkHeld(row, replay, replay.options.allow_short ?? false);
  const parts = isOther ? book.take(row.account, row.quantity, lotNamed(row, replay, side)) : [];
  const closing = sum(parts.map(({ quantity }) => quantity.abs()));
  const opening = book.same(closing, row.quantity) ? zero : row.quantity.minus(closing);
  const sizes = [...parts.map(({ quantity }) => quantity.abs()), ...(opening.isZero() ? [] : [opening])];
  const local = row.amount === null ? null : shareOut(row.amount, sizes);
  const base = row.amount === null ? null : shareOut(roundMoney(row.amount.times(row.fx)), sizes);
  for (const [index, part] of parts.entries()) {
    const { cost, costLocal, quantity } = part;
    const proceeds = base === null ? null : (base[index] as Decimal).times(-side);
    replay.closed.push({
      ...closedPart(part, row.date),
      quantity,
      cost,
      proceeds,
      fx: costLocal.times(row.fx).minus(cost),
    });
  }
  if (opening.isZero()) return;
  if (base === null || local === null)
    throw new EngineError('ARGS_INVALID', `${row.at}/amount is missing: what the short sale brought.`);
  replay.entries += 1;
  book.add({
    lot_id: row.lot_id ?? row.date,
    date: row.date,
    entry: replay.entries,
    account: row.account,
    quantity: opening.times(side),
    cost: (base.at(-1) as Decimal).times(side),
    costLocal: (local.at(-1) as Decimal).times(side),
  });
}

/** To another account with dates and costs; without one, out of the portfolio: at the amount given, else at cost. */
function transferOut(row: LotRow, replay: Replay): void {
  const { book, options } = replay;
  if (row.to_account === null && row.amount !== null) {
    trade(row, { ...replay, options: { ...options, allow_short: false } }, -1);
    return;
  }
  checkHeld(row, replay, false);
  if (row.to_account !== null && options.method === 'average') {
    book.move(row.account, row.to_account, row.quantity);
    return;
  }
  for (const part of book.take(row.account, row.quantity, lotNamed(row, replay, -1))) {
    if (row.to_account !== null) book.add({ ...part, account: row.to_account });
    else {
      const { quantity, cost } = part;
      replay.closed.push({ ...closedPart(part, row.date), quantity, cost, proceeds: cost, fx: zero });
    }
  }
}

function closedPart({ lot_id, date, account }: Lot, sold_on: string) {
  return { lot_id, date, sold_on, account };
}

function checkHeld(row: LotRow, { book }: Replay, allowShort: boolean): void {
  const held = Decimal.max(book.held(row.account), 0);
  if (allowShort || held.greaterThanOrEqualTo(row.quantity) || book.same(held, row.quantity)) return;
  const where = row.account === '' ? '' : ` in ${row.account}`;
  throw notEnough(row, `${held.toFixed()} held${where} on ${row.date}`, held);
}

/** The lot that a sale has to name, unless only one can be meant. */
function lotNamed(row: LotRow, { book, options }: Replay, side: 1 | -1): string | null {
  if (options.method !== 'specific') return null;
  const lots = book.lotsOf(row.account);
  if (side > 0)
    return row.lot_id !== null && book.named(row.account, row.lot_id).length > 0 ? row.lot_id : null;
  if (row.lot_id === null) {
    if (lots.length <= 1 || book.same(book.held(row.account), row.quantity) || row.quantity.isZero())
      return null;
    const names = lots.slice(-5).map(({ lot_id }) => lot_id);
    throw new EngineError(
      'ARGS_INVALID',
      `${row.at}/lot_id is missing: with the method "specific" a sale names its lot; open are ${names.join(', ')}.`,
      { pointer: `${row.at}/lot_id` },
    );
  }
  const held = sum(book.named(row.account, row.lot_id).map(({ quantity }) => quantity));
  if (held.lessThan(row.quantity) && !book.same(held, row.quantity))
    throw notEnough(row, `${held.toFixed()} left of lot ${row.lot_id} on ${row.date}`, held);
  return row.lot_id;
}

function notEnough(row: LotRow, held: string, quantity: Decimal): EngineError {
  const wanted = row.quantity.toFixed();
  const advice =
    row.type === 'SELL' ? 'Correct the rows, or set allow_short for a short sale' : 'Correct the rows';
  return new EngineError(
    'NOT_ENOUGH_LOTS',
    `${row.at}: not enough lots for the ${row.type} of ${wanted}: ${held}. ${advice}.`,
    { pointer: row.at, date: row.date, wanted, held: quantity.toFixed() },
  );
}
