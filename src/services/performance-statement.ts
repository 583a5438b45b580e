/** Where the change of a portfolio's value came from, from a list of transactions, prices and exchange rates. */
import { EngineError } from '../contract/errors';
import { baseAmounts } from './base-amounts';
import type { MissingReason } from './dated-series';
import { type Decimal, decimalText, sum } from './decimal';
import { checkRates } from './fx-lookup';
import type { ReasonCodes } from './holdings';
import { type PairQuote, pairRates } from './pair-rates';
import { readStatementRows, type StatementTransaction } from './statement-rows';
import { type SecurityPrice, type StatementWarning, statementValues } from './statement-values';
import { explainChange, type Line, type Postings, statementLines } from './value-change';

export interface StatementRequest {
  base: string;
  /** `from` is the last day before the period. */
  period: { from: string; to: string };
  transactions: readonly StatementTransaction[];
  prices: readonly SecurityPrice[];
  fx?: readonly PairQuote[] | undefined;
}

export type StatementAmounts = Record<Line | 'residual', string | null> & { reasons: ReasonCodes };

export type PerformanceStatement = Pick<StatementRequest, 'base' | 'period'> &
  StatementAmounts & { warnings: StatementWarning[] };

/** @throws EngineError ARGS_INVALID, NOT_ENOUGH_LOTS */
export function performanceStatement(request: StatementRequest): PerformanceStatement {
  const { base, period } = request;
  if (period.from > period.to)
    throw new EngineError('ARGS_INVALID', '/period/from is after /period/to.', { pointer: '/period/from' });
  checkRates(request.fx ?? [], 'fx');
  const rows = readStatementRows(request.transactions).filter(({ date }) => date <= period.to);
  const rates = pairRates(request.fx ?? []);
  const amounts = baseAmounts<Line>((currency, date) => rates(currency, base, date));
  const { value, warnings } = statementValues(rows, request.prices, amounts);
  const postings = explainChange({ period, rows, valueOf: value, toBase: amounts.toBase });
  return { base, period, ...statementAmounts(lineTotals(postings), amounts.missing), warnings };
}

export function lineTotals(postings: Postings): Map<Line, Decimal> {
  return new Map([...postings].map(([line, some]) => [line, sum(some.map(({ amount }) => amount))]));
}

const subtracted: ReadonlySet<Line> = new Set(['fees', 'taxes', 'final_value']);

/** The lines as they are published, and what they leave unexplained of the final value. */
export function statementAmounts(
  lines: ReadonlyMap<Line, Decimal>,
  missing: ReadonlyMap<Line, MissingReason>,
): StatementAmounts {
  const of = (line: Line): Decimal => lines.get(line) as Decimal;
  const residual = sum(statementLines.map((line) => (subtracted.has(line) ? of(line) : of(line).negated())));
  const [first] = missing.values();
  const reasons: ReasonCodes = Object.fromEntries(missing);
  if (first !== undefined) reasons['residual'] = first;
  const text = (line: Line): string | null => (missing.has(line) ? null : decimalText(of(line)));
  return {
    ...(Object.fromEntries(statementLines.map((line) => [line, text(line)])) as Record<Line, string | null>),
    residual: first === undefined ? decimalText(residual) : null,
    reasons,
  };
}
