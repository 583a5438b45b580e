/** A transaction's first line and its legs, as written. */
import {
  type Cursor,
  need,
  needAmount,
  needEnd,
  rest,
  SyntaxProblem,
  take,
  takeDate,
  takeText,
} from './cursor';
import type { Place, RawCost, RawPosting, RawTransaction, WrittenAmount } from './entries';

/** `null`: it is no transaction. */
export function transactionFlag(cursor: Cursor): string | null {
  return take(cursor, 'flag') ?? (takeText(cursor, 'txn') ? '*' : null);
}

/** @throws SyntaxProblem */
export function readTransaction(
  cursor: Cursor,
  head: Place & { date: string; flag: string },
): RawTransaction {
  const texts: string[] = [];
  for (let text = take(cursor, 'string'); text !== null; text = take(cursor, 'string')) texts.push(text);
  while (take(cursor, 'tag') !== null);
  needEnd(cursor);
  if (texts.length > 2) throw new SyntaxProblem('a transaction has a payee and a narration, not more texts');
  const payee = texts.length === 2 ? (texts[0] ?? null) : null;
  return { kind: 'transaction', ...head, payee, narration: texts.at(-1) ?? '', postings: [] };
}

/** @throws SyntaxProblem */
export function readPosting(cursor: Cursor, line: number): RawPosting {
  take(cursor, 'flag');
  const account = need(cursor, 'account', 'an account');
  const posting: RawPosting = { line, account, units: null, cost: null, price: null };
  if (rest(cursor) === '') return posting;
  posting.units = needAmount(cursor);
  posting.cost = readCost(cursor);
  if (takeText(cursor, '@')) {
    const total = takeText(cursor, '@');
    const { number, currency } = needAmount(cursor);
    posting.price = { number, currency, total };
    if (number.isNegative()) throw new SyntaxProblem('a price is not negative');
  }
  needEnd(cursor);
  return posting;
}

function readCost(cursor: Cursor): RawCost | null {
  const total = takeText(cursor, '{{');
  if (!total && !takeText(cursor, '{')) return null;
  const close = total ? '}}' : '}';
  const cost: RawCost = { amount: null, total, date: null, label: null };
  while (!takeText(cursor, close)) {
    // The date first: its year would pass for a number.
    const date = takeDate(cursor);
    const label = date === null ? take(cursor, 'string') : null;
    if (date !== null) cost.date = date;
    else if (label !== null) cost.label = label;
    else cost.amount = readUnitCost(cursor);
    if (!takeText(cursor, ',') && !cursor.text.startsWith(close, cursor.at)) {
      throw new SyntaxProblem(`cannot read the cost at "${rest(cursor)}"`);
    }
  }
  return cost;
}

function readUnitCost(cursor: Cursor): WrittenAmount {
  const amount = needAmount(cursor);
  if (amount.number.isNegative()) throw new SyntaxProblem('a cost is not negative');
  return amount;
}
