/**
 * Explains by postings why a portfolio's value changed (Portfolio Performance's `ClientPerformanceSnapshot`):
 * initial value + capital gains + realised gains + earnings − fees − taxes + transfers + currency gains = final value.
 *
 * Gains are those of the period: what is held at its start counts at its value then, and is used up oldest first. They
 * include the exchange rate's part of securities; currency gains are those of cash: end × fx − start × fx −
 * Σ movement × fx on its day, and what an exchange brought more or less than its day's rates say. Every amount is rounded to
 * 10 places when it becomes base currency, values at the start and the end so that their sum is rounded once: the lines
 * add up exactly.
 */
import { type ChangeBook, changeBook, type Line, type Postings } from './change-book';
import { type Decimal, roundMoney } from './decimal';
import { roundTogether } from './share-out';
import { statementHoldings, type StatementHoldings } from './statement-holdings';
import type { StatementRow } from './statement-rows';

export { type Line, type LinePosting, type Postings, statementLines } from './change-book';

export interface ChangeInputs {
  /** `from` is the last day before the period. */
  period: { from: string; to: string };
  /** In the order of days, up to the end. */
  rows: readonly StatementRow[];
  /** Both give base currency, not rounded. Where they cannot they give 0, and note the reason on the lines it touches. */
  valueOf: (security: string, quantity: Decimal, date: string, ...touched: Line[]) => Decimal;
  toBase: (amount: Decimal, currency: string, date: string, ...touched: Line[]) => Decimal;
}

/** @throws EngineError NOT_ENOUGH_LOTS */
export function explainChange(inputs: ChangeInputs): Postings {
  const { period, rows } = inputs;
  const held = statementHoldings();
  const book = changeBook(period.to);
  const first = rows.findIndex(({ date }) => date > period.from);
  const start = first < 0 ? rows.length : first;
  for (const row of rows.slice(0, start)) held.apply(row);
  open(inputs, held, book);
  for (const row of rows.slice(start)) {
    if (row.kind === 'split') book.split(row.security, held.quantityOf(row.security), row.quantity);
    held.apply(row);
    if (row.kind === 'exchange') exchange(row, inputs, book);
    else if (row.kind !== 'split') move(row, inputs, book);
  }
  close(inputs, held, book);
  return book.postings();
}

const gains: Line[] = ['capital_gains', 'realised_capital_gains'];

function open(inputs: ChangeInputs, held: StatementHoldings, book: ChangeBook): void {
  const { from } = inputs.period;
  for (const { key, amount, quantity } of valuesOf(inputs, held, from, ['initial_value', ...gains])) {
    book.post('initial_value', amount, { key, date: from });
    if (quantity) book.buy(key, from, quantity, amount);
    else book.gainOnCash(key, amount.negated());
  }
}

function close(inputs: ChangeInputs, held: StatementHoldings, book: ChangeBook): void {
  const lines: Line[] = ['final_value', 'capital_gains'];
  for (const { key, amount, quantity } of valuesOf(inputs, held, inputs.period.to, lines)) {
    book.post('final_value', amount, { key });
    if (quantity) book.post('capital_gains', amount.minus(book.costOf(key)), { key });
    else book.gainOnCash(key, amount);
  }
}

/** Each side is a movement at the day's rate; what they differ by is a gain. */
function exchange(row: StatementRow, { toBase }: ChangeInputs, book: ChangeBook): void {
  const { currency, date, direction } = row;
  const side = roundMoney(toBase(row.amount, currency, date, 'currency_gains')).times(direction);
  book.gainOnCash(currency, side.negated());
  book.addSide(row, side);
}

function move(row: StatementRow, { toBase }: ChangeInputs, book: ChangeBook): void {
  const { date, narration, security, currency, direction, line, shares, quantity } = row;
  const of = { key: security === '' ? currency : security, date, narration };
  const touched: Line[] = [...(line ? [line] : gains), 'currency_gains'];
  const inBase = (amount: Decimal, ...more: Line[]): Decimal =>
    roundMoney(toBase(amount, currency, date, ...more, ...touched));
  const amount = inBase(row.amount, ...(row.cash ? [] : (['transfers'] as const)));
  const fees = inBase(row.fees, 'fees');
  const taxes = inBase(row.taxes, 'taxes');
  const gross = amount.plus(fees.plus(taxes).times(direction));
  book.post('fees', fees, of);
  book.post('taxes', taxes, of);
  if (row.cash) book.gainOnCash(currency, amount.times(-direction));
  else book.post('transfers', amount.times(-direction), of);
  if (line) book.post(line, gross.times(row.sign), of);
  else if (shares > 0 && !quantity.isZero()) book.buy(security, date, quantity, gross);
  else book.post('realised_capital_gains', gross.minus(book.sell(security, quantity)), of);
}

interface HeldValue {
  key: string;
  amount: Decimal;
  /** `null`: cash. */
  quantity: Decimal | null;
}

/** What is held is worth, each and together rounded to money. `lines` are those that a security's value touches. */
function valuesOf(
  { valueOf, toBase }: ChangeInputs,
  held: StatementHoldings,
  date: string,
  lines: Line[],
): HeldValue[] {
  const [line = 'final_value'] = lines;
  const exact: HeldValue[] = [
    ...held
      .shares()
      .map(([key, quantity]) => ({ key, quantity, amount: valueOf(key, quantity, date, ...lines) })),
    ...held.cash().map(([key, amount]) => ({
      key,
      quantity: null,
      amount: toBase(amount, key, date, line, 'currency_gains'),
    })),
  ];
  const rounded = roundTogether(exact.map(({ amount }) => amount));
  return exact.map((value, index) => ({ ...value, amount: rounded[index] as Decimal }));
}
