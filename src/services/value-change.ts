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
import { Decimal, roundMoney, sum } from './decimal';
import { type LotBook, lotBook } from './lot-book';
import { roundTogether } from './share-out';
import { statementHoldings } from './statement-holdings';
import type { StatementRow } from './statement-rows';

export const statementLines = [
  'initial_value',
  'capital_gains',
  'realised_capital_gains',
  'earnings',
  'fees',
  'taxes',
  'transfers',
  'currency_gains',
  'final_value',
] as const;
export type Line = (typeof statementLines)[number];

export interface LinePosting {
  date: string;
  /** The security, or the currency of cash. */
  key: string;
  /** In base currency, with the sign it has in its line; never 0. */
  amount: Decimal;
  narration: string | null;
}
export type Postings = ReadonlyMap<Line, readonly LinePosting[]>;

export interface ChangeInputs {
  /** `from` is the last day before the period. */
  period: { from: string; to: string };
  /** In the order of days, up to the end. */
  rows: readonly StatementRow[];
  /**
   * Both give base currency, not rounded. Where they cannot they give 0, and note the reason on the lines it touches.
   */
  valueOf: (security: string, quantity: Decimal, date: string, ...touched: Line[]) => Decimal;
  toBase: (amount: Decimal, currency: string, date: string, ...touched: Line[]) => Decimal;
}

/** @throws EngineError NOT_ENOUGH_LOTS */
export function explainChange(inputs: ChangeInputs): Postings {
  const { period, rows, toBase } = inputs;
  const postings = new Map<Line, LinePosting[]>(statementLines.map((line) => [line, []]));
  const post = (line: Line, amount: Decimal, key: string, of: Partial<LinePosting> = {}): void => {
    if (!amount.isZero()) postings.get(line)?.push({ date: period.to, key, narration: null, ...of, amount });
  };
  const held = statementHoldings();
  const books = new Map<string, LotBook>();
  const bookOf = (security: string): LotBook => {
    const book = books.get(security) ?? lotBook('fifo');
    books.set(security, book);
    return book;
  };
  const currencyGains = new Map<string, Decimal>();
  const gainOnCash = (currency: string, amount: Decimal): void => {
    currencyGains.set(currency, (currencyGains.get(currency) ?? new Decimal(0)).plus(amount));
  };

  const exchanges = new Map<string, LinePosting>();

  const start = rows.findIndex(({ date }) => date > period.from);
  const during = start < 0 ? [] : rows.slice(start);
  for (const row of start < 0 ? rows : rows.slice(0, start)) held.apply(row);
  const gains: Line[] = ['capital_gains', 'realised_capital_gains'];
  for (const { key, amount, quantity } of valuesOf(inputs, held, period.from, ['initial_value', ...gains])) {
    post('initial_value', amount, key, { date: period.from });
    if (quantity) bookOf(key).add(lotOf(period.from, 0, quantity, amount));
    else gainOnCash(key, amount.negated());
  }

  for (const [index, row] of during.entries()) {
    if (row.kind === 'split') {
      const old = held.quantityOf(row.security);
      if (!old.isZero()) bookOf(row.security).split(null, old.plus(row.quantity), old);
    }
    held.apply(row);
    if (row.kind === 'split') continue;
    const { date, narration } = row;
    if (row.kind === 'exchange') {
      const side = roundMoney(toBase(row.amount, row.currency, date, 'currency_gains')).times(row.direction);
      gainOnCash(row.currency, side.negated());
      const exchange = exchanges.get(row.exchange) ?? {
        date,
        key: row.currency,
        narration,
        amount: new Decimal(0),
      };
      exchanges.set(row.exchange, { ...exchange, amount: exchange.amount.plus(side) });
      continue;
    }
    const lines: Line[] = [...(row.line ? [row.line] : gains), 'currency_gains'];
    const inBase = (amount: Decimal, ...more: Line[]): Decimal =>
      roundMoney(toBase(amount, row.currency, date, ...more, ...lines));
    const amount = inBase(row.amount, ...(row.cash ? [] : (['transfers'] as const)));
    const fees = inBase(row.fees, 'fees');
    const taxes = inBase(row.taxes, 'taxes');
    const gross = amount.plus(fees.plus(taxes).times(row.direction));
    const key = row.security === '' ? row.currency : row.security;
    const postRow = (line: Line, value: Decimal): void => {
      post(line, value, key, { date, narration });
    };
    postRow('fees', fees);
    postRow('taxes', taxes);
    if (row.cash) gainOnCash(row.currency, amount.times(-row.direction));
    else postRow('transfers', amount.times(-row.direction));
    if (row.line) postRow(row.line, gross.times(row.sign));
    else if (row.shares > 0 && !row.quantity.isZero())
      bookOf(row.security).add(lotOf(date, index + 1, row.quantity, gross));
    else {
      const sold = bookOf(row.security).take('', row.quantity);
      postRow('realised_capital_gains', gross.minus(sum(sold.map(({ cost }) => cost))));
    }
  }

  for (const { key, amount, quantity } of valuesOf(inputs, held, period.to, [
    'final_value',
    'capital_gains',
  ])) {
    post('final_value', amount, key);
    if (!quantity) gainOnCash(key, amount);
    else
      post(
        'capital_gains',
        amount.minus(
          sum(
            bookOf(key)
              .lots()
              .map(({ cost }) => cost),
          ),
        ),
        key,
      );
  }
  for (const [currency, amount] of currencyGains) post('currency_gains', amount, currency);
  for (const exchange of exchanges.values()) post('currency_gains', exchange.amount, exchange.key, exchange);
  return postings;
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
  held: ReturnType<typeof statementHoldings>,
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

function lotOf(date: string, entry: number, quantity: Decimal, cost: Decimal) {
  return { lot_id: date, date, entry, account: '', quantity, cost, costLocal: cost };
}
