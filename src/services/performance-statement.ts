/**
 * Where the change of a portfolio's value came from (Portfolio Performance's `ClientPerformanceSnapshot`):
 * initial value + capital gains + realised gains + earnings − fees − taxes + transfers + currency gains = final value.
 *
 * Gains are those of the period: what is held at its start counts at its value then. They include the exchange rate's
 * part of securities; currency gains are those of cash: end × fx − start × fx − Σ movement × fx on its day.
 * Every amount is rounded to 10 places when it becomes base currency, so the lines add up exactly.
 */
import { EngineError } from '../contract/errors';
import type { MissingReason } from './dated-series';
import { Decimal, decimalText, roundMoney, sum } from './decimal';
import { checkRates } from './fx-lookup';
import type { ReasonCodes } from './holdings';
import { lotBook } from './lot-book';
import { type PairQuote, pairRates } from './pair-rates';
import { readStatementRows, type StatementRow, type StatementTransaction } from './statement-rows';
import { type SecurityPrice, type StatementWarning, statementValues } from './statement-values';

export interface StatementRequest {
  base: string;
  /** `from` is the last day before the period. */
  period: { from: string; to: string };
  transactions: readonly StatementTransaction[];
  prices: readonly SecurityPrice[];
  fx?: readonly PairQuote[] | undefined;
}

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
type Line = (typeof statementLines)[number];

type Published = Record<Line | 'residual', string | null> & { reasons: ReasonCodes };

export type PerformanceStatement = Pick<StatementRequest, 'base' | 'period'> &
  Published & { warnings: StatementWarning[] };

/** @throws EngineError ARGS_INVALID, NOT_ENOUGH_LOTS */
export function performanceStatement(request: StatementRequest): PerformanceStatement {
  const { base, period } = request;
  if (period.from > period.to)
    throw new EngineError('ARGS_INVALID', '/period/from is after /period/to.', { pointer: '/period/from' });
  checkRates(request.fx ?? [], 'fx');
  const rows = readStatementRows(request.transactions).filter(({ date }) => date <= period.to);
  const lines = new Map<Line, Decimal>(statementLines.map((line) => [line, new Decimal(0)]));
  const missing = new Map<Line, MissingReason>();
  const rates = pairRates(request.fx ?? []);
  const toBase = (amount: Decimal, currency: string, date: string, ...touched: Line[]): Decimal => {
    if (amount.isZero()) return amount;
    const rate = rates(currency, base, date);
    if ('rate' in rate) return roundMoney(amount.times(rate.rate));
    for (const line of touched) missing.set(line, missing.get(line) ?? rate.reason);
    return new Decimal(0);
  };
  const add = (line: Line, amount: Decimal): void => {
    lines.set(line, (lines.get(line) as Decimal).plus(amount));
  };

  const cash = new Map<string, Decimal>();
  const shares = new Map<string, Decimal>();
  const move = (amounts: Map<string, Decimal>, key: string, by: Decimal): Decimal => {
    const next = (amounts.get(key) ?? new Decimal(0)).plus(by);
    amounts.set(key, next);
    return next;
  };
  const apply = (row: StatementRow): void => {
    if (row.cash) move(cash, row.currency, row.amount.times(row.direction));
    if (row.shares === 0) return;
    const left = move(shares, row.security, row.quantity.times(row.shares));
    if (left.isNegative() && !left.isZero()) throw notEnough(row, left.plus(row.quantity));
  };
  const { value, warnings } = statementValues(rows, request.prices, toBase, (line, reason) => {
    missing.set(line, missing.get(line) ?? reason);
  });

  let next = 0;
  for (; next < rows.length && (rows[next] as StatementRow).date <= period.from; next += 1)
    apply(rows[next] as StatementRow);

  const books = new Map<string, ReturnType<typeof lotBook>>();
  const bookOf = (security: string) => {
    const book = books.get(security) ?? lotBook('fifo');
    books.set(security, book);
    return book;
  };
  const lot = (date: string, quantity: Decimal, cost: Decimal) => ({
    lot_id: date,
    date,
    entry: next,
    account: '',
    quantity,
    cost,
    costLocal: cost,
  });
  const gains: Line[] = ['capital_gains', 'realised_capital_gains'];
  for (const [security, quantity] of shares) {
    if (quantity.isZero()) continue;
    const start = value(security, quantity, period.from, 'initial_value', ...gains);
    add('initial_value', start);
    bookOf(security).add(lot(period.from, quantity, start));
  }
  for (const [currency, amount] of cash) {
    const start = toBase(amount, currency, period.from, 'initial_value', 'currency_gains');
    add('initial_value', start);
    add('currency_gains', start.negated());
  }

  for (; next < rows.length; next += 1) {
    const row = rows[next] as StatementRow;
    apply(row);
    const touched: Line[] = [...(row.line ? [row.line] : gains), 'currency_gains'];
    const amount = toBase(
      row.amount,
      row.currency,
      row.date,
      ...touched,
      ...(row.cash ? [] : ['transfers' as const]),
    );
    const fees = toBase(row.fees, row.currency, row.date, 'fees', ...touched);
    const taxes = toBase(row.taxes, row.currency, row.date, 'taxes', ...touched);
    const gross = amount.plus(fees.plus(taxes).times(row.direction));
    add('fees', fees);
    add('taxes', taxes);
    if (row.cash) add('currency_gains', amount.times(-row.direction));
    else add('transfers', amount.times(-row.direction));
    if (row.line) add(row.line, gross.times(row.sign));
    else if (row.shares > 0 && !row.quantity.isZero())
      bookOf(row.security).add(lot(row.date, row.quantity, gross));
    else {
      const sold = bookOf(row.security).take('', row.quantity);
      add('realised_capital_gains', gross.minus(sum(sold.map(({ cost }) => cost))));
    }
  }

  for (const [security, quantity] of shares) {
    if (quantity.isZero()) continue;
    const end = value(security, quantity, period.to, 'final_value', 'capital_gains');
    const cost = sum(
      bookOf(security)
        .lots()
        .map((one) => one.cost),
    );
    add('final_value', end);
    add('capital_gains', end.minus(cost));
  }
  for (const [currency, amount] of cash) {
    const end = toBase(amount, currency, period.to, 'final_value', 'currency_gains');
    add('final_value', end);
    add('currency_gains', end);
  }
  return { base, period, ...published(lines, missing), warnings };
}

function published(lines: ReadonlyMap<Line, Decimal>, missing: ReadonlyMap<Line, MissingReason>): Published {
  const of = (line: Line): Decimal => lines.get(line) as Decimal;
  const explained = sum([
    of('initial_value'),
    of('capital_gains'),
    of('realised_capital_gains'),
    of('earnings'),
    of('fees').negated(),
    of('taxes').negated(),
    of('transfers'),
    of('currency_gains'),
  ]);
  const [first] = missing.values();
  const reasons: ReasonCodes = Object.fromEntries(missing);
  if (first !== undefined) reasons['residual'] = first;
  const text = (line: Line): string | null => (missing.has(line) ? null : decimalText(of(line)));
  return {
    ...(Object.fromEntries(statementLines.map((line) => [line, text(line)])) as Record<Line, string | null>),
    residual: first === undefined ? decimalText(of('final_value').minus(explained)) : null,
    reasons,
  };
}

function notEnough({ at, date, security, quantity }: StatementRow, held: Decimal): EngineError {
  return new EngineError(
    'NOT_ENOUGH_LOTS',
    `${at}: ${quantity.toFixed()} ${security} go on ${date}, ${held.toFixed()} held. Correct the transactions.`,
    { pointer: at, date, wanted: quantity.toFixed(), held: held.toFixed() },
  );
}
