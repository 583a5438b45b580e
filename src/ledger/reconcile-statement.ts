/** A custodian's statement against the database, on the days the statement is of. */
import { compareValues } from './compare-values';
import { isCurrency } from './currencies';
import { Exact } from './decimal';
import { type BookChange, plain } from './reconcile-books';
import type { ReconciledDifference } from './reconciliation';
import type { StatementRow } from './statement-file';
import type { UnitValue } from './unit-values';

export interface StatementInputs {
  rows: readonly StatementRow[];
  database: readonly BookChange[];
  securities: ReadonlySet<string>;
  base_currency: string;
  unitValue: UnitValue;
  /** The pack's day: later rows cannot be compared. */
  asof_date: string;
}

/** Of one commodity on one day of the statement: it is `expected`, the database on that day `actual`. */
export type StatementDifference = Omit<
  ReconciledDifference,
  'account' | 'commodity' | 'first_date' | 'status'
> & {
  date: string;
  commodity: string;
  status: 'different' | 'missing_in_statement' | 'missing_in_database' | 'unknown_commodity';
};

export interface ReconciledStatement {
  quantities_checked: number;
  values_checked: number;
  /** Day by day. */
  differences: StatementDifference[];
  /** Rows, or their values, that could not be compared, and why. */
  unchecked: { line: number; reason: 'AFTER_PACK' | 'NO_QUOTE' }[];
}

/**
 * Quantities exactly, values within a basis point at the pack's own prices. A statement that lists any security (any
 * cash) of a day is taken to list them all: what the database holds beside them is missing in it.
 */
export function reconcileStatement(inputs: StatementInputs): ReconciledStatement {
  const result: ReconciledStatement = {
    quantities_checked: 0,
    values_checked: 0,
    differences: [],
    unchecked: [],
  };
  for (const date of [...new Set(inputs.rows.map((row) => row.date))].sort()) {
    const rows = inputs.rows.filter((row) => row.date === date);
    if (date > inputs.asof_date) {
      result.unchecked.push(...rows.map(({ line }) => ({ line, reason: 'AFTER_PACK' as const })));
      continue;
    }
    const held = heldOn(inputs.database, date);
    for (const row of rows) {
      const difference = compareQuantity(row, held, inputs);
      result.quantities_checked += 1;
      if (difference) result.differences.push(difference);
      if (difference?.status === 'unknown_commodity') continue;
      const value = compareMarketValue(row, held, inputs);
      if (value === 'NO_QUOTE') result.unchecked.push({ line: row.line, reason: value });
      else if (value !== null) {
        result.values_checked += 1;
        if (value.finding) result.differences.push(value.finding);
      }
    }
    result.differences.push(...missingIn(date, rows, held, inputs));
  }
  return result;
}

function heldOn(changes: readonly BookChange[], date: string): Map<string, Exact> {
  const held = new Map<string, Exact>();
  for (const row of changes) {
    if (row.date > date) continue;
    held.set(row.commodity, (held.get(row.commodity) ?? new Exact(0)).plus(row.change));
  }
  return held;
}

function compareQuantity(
  { commodity, quantity, date }: StatementRow,
  held: ReadonlyMap<string, Exact>,
  inputs: StatementInputs,
): StatementDifference | null {
  const actual = held.get(commodity);
  if (new Exact(quantity).equals(actual ?? 0)) return null;
  const difference = quantityDifference(commodity, date, new Exact(quantity), actual ?? new Exact(0), inputs);
  if (actual !== undefined) return difference;
  if (isKnown(commodity, inputs)) return { ...difference, status: 'missing_in_database' };
  return { ...difference, kind: 'quantity', status: 'unknown_commodity' };
}

function missingIn(
  date: string,
  rows: readonly StatementRow[],
  held: ReadonlyMap<string, Exact>,
  inputs: StatementInputs,
): StatementDifference[] {
  const listed = new Set(rows.map(({ commodity }) => commodity));
  const isSecurity = (commodity: string): boolean => inputs.securities.has(commodity);
  // What is neither security nor currency says nothing of which of them are listed.
  const kinds = new Set(
    [...listed]
      .filter((commodity) => held.has(commodity) || isKnown(commodity, inputs))
      .map((commodity) => isSecurity(commodity)),
  );
  return [...held]
    .filter(
      ([commodity, quantity]) =>
        !listed.has(commodity) && !quantity.isZero() && kinds.has(isSecurity(commodity)),
    )
    .map(([commodity, quantity]) => ({
      ...quantityDifference(commodity, date, new Exact(0), quantity, inputs),
      status: 'missing_in_statement',
    }));
}

function isKnown(commodity: string, { securities }: StatementInputs): boolean {
  return securities.has(commodity) || isCurrency(commodity);
}

function quantityDifference(
  commodity: string,
  date: string,
  expected: Exact,
  actual: Exact,
  { securities }: StatementInputs,
): StatementDifference {
  return {
    date,
    commodity,
    kind: securities.has(commodity) ? 'quantity' : 'cash',
    expected: plain(expected),
    actual: plain(actual),
    difference: plain(actual.minus(expected)),
    difference_bps: null,
    status: 'different',
  };
}

/** `null`: the statement gives no value. */
function compareMarketValue(
  { commodity, market_value, currency, date }: StatementRow,
  held: ReadonlyMap<string, Exact>,
  { unitValue, base_currency }: StatementInputs,
): { finding: StatementDifference | null } | 'NO_QUOTE' | null {
  if (market_value === null) return null;
  const unit = unitValue(commodity, currency ?? base_currency, date);
  if (unit === null) return 'NO_QUOTE';
  const actual = unit.times(held.get(commodity) ?? 0);
  const found = compareValues(new Exact(market_value), actual, date);
  if (found === null) return { finding: null };
  const { first_date: _day, ...figures } = found;
  return { finding: { date, commodity, kind: 'market_value', ...figures, status: 'different' } };
}
