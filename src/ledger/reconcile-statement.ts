/** A custodian's statement against the database, on the days the statement is of. */
import { Exact } from './decimal';
import { type BookChange, plain } from './reconcile-books';
import { compareValues, type Finding } from './reconcile-values';
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

export interface ReconciledStatement {
  quantities_checked: number;
  values_checked: number;
  differences: ReconciledDifference[];
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
  const found = new Map<string, ReconciledDifference>();
  const add = (difference: ReconciledDifference): void => {
    const key = `${difference.kind} ${difference.commodity ?? ''}`;
    const first_date = found.get(key)?.first_date ?? difference.first_date;
    found.set(key, { ...difference, first_date });
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
      if (difference) add(difference);
      const value = compareMarketValue(row, held, inputs);
      if (value === 'NO_QUOTE') result.unchecked.push({ line: row.line, reason: value });
      else if (value !== null) {
        result.values_checked += 1;
        if (value.finding)
          add({
            account: null,
            commodity: row.commodity,
            kind: 'market_value',
            ...value.finding,
            status: 'different',
          });
      }
    }
    missingIn(rows, held, inputs).forEach(add);
  }
  return { ...result, differences: [...found.values()] };
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
): ReconciledDifference | null {
  const actual = held.get(commodity);
  if (new Exact(quantity).equals(actual ?? 0)) return null;
  const status = actual === undefined ? 'missing_in_database' : 'different';
  return quantityDifference(commodity, date, new Exact(quantity), actual ?? new Exact(0), status, inputs);
}

function missingIn(
  rows: readonly StatementRow[],
  held: ReadonlyMap<string, Exact>,
  inputs: StatementInputs,
): ReconciledDifference[] {
  const listed = new Set(rows.map(({ commodity }) => commodity));
  const isSecurity = (commodity: string): boolean => inputs.securities.has(commodity);
  const kinds = new Set([...listed].map(isSecurity));
  return [...held]
    .filter(
      ([commodity, quantity]) =>
        !listed.has(commodity) && !quantity.isZero() && kinds.has(isSecurity(commodity)),
    )
    .map(([commodity, quantity]) =>
      quantityDifference(
        commodity,
        rows[0]?.date ?? '',
        new Exact(0),
        quantity,
        'missing_in_statement',
        inputs,
      ),
    );
}

function quantityDifference(
  commodity: string,
  first_date: string,
  expected: Exact,
  actual: Exact,
  status: ReconciledDifference['status'],
  { securities }: StatementInputs,
): ReconciledDifference {
  return {
    account: null,
    commodity,
    kind: securities.has(commodity) ? 'quantity' : 'cash',
    expected: plain(expected),
    actual: plain(actual),
    difference: plain(actual.minus(expected)),
    difference_bps: null,
    first_date,
    status,
  };
}

/** `null`: the statement gives no value. */
function compareMarketValue(
  { commodity, market_value, currency, date }: StatementRow,
  held: ReadonlyMap<string, Exact>,
  { unitValue, base_currency }: StatementInputs,
): { finding: Finding | null } | 'NO_QUOTE' | null {
  if (market_value === null) return null;
  const unit = unitValue(commodity, currency ?? base_currency, date);
  if (unit === null) return 'NO_QUOTE';
  const actual = unit.times(held.get(commodity) ?? 0);
  return { finding: compareValues(new Exact(market_value), actual, date) };
}
