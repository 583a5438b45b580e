/**
 * What the ledger's own quantities are worth, against what the engine makes of the portfolio. The ledger's side is
 * computed here from prices and quotes alone, so that a mistake in the services shows.
 */
import { dailyValues, type DailyInputs } from '../services/daily-values';
import { moneyPlaces } from '../services/decimal';
import { fixedText } from '../services/fixed';
import type { ValuedHolding } from '../services/valuation';
import { compareValues, type ValueFinding } from './compare-values';
import { Exact } from './decimal';
import type { BookChange } from './reconcile-books';
import type { ReconciledDifference, UnvaluedCommodity, ValuedDays } from './reconciliation';
import { unitValues } from './unit-values';

export interface ValueInputs extends DailyInputs {
  ledger: readonly BookChange[];
  /** The security of each symbol. */
  securityIds: ReadonlyMap<string, string>;
  /** As the engine values them by the pack. */
  positions: readonly ValuedHolding[];
  /** The total of `positions`; `null`: one of them has no value. */
  total_value: string | null;
}

export interface ReconciledValues {
  checked: number;
  days: ValuedDays;
  unvalued: UnvaluedCommodity[];
  differences: ReconciledDifference[];
  reasons: Record<string, string>;
}

export function reconcileValues(inputs: ValueInputs): ReconciledValues {
  const unitValue = unitValues(inputs);
  const baseValue: BaseValue = (commodity, date) => unitValue(commodity, inputs.base_currency, date);
  const quantities = new Map<string, Exact>();
  const changes = inputs.ledger.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const engine = new Map(
    dailyValues(inputs).values.map(({ date, value }) => [date, fixedText(value, moneyPlaces)]),
  );
  const result: ReconciledValues = {
    checked: 0,
    days: { compared: 0, of: inputs.dates.length },
    unvalued: [],
    differences: [],
    reasons: {},
  };
  const whole: ValueFinding[] = [];
  let next = 0;
  for (const date of inputs.dates) {
    for (; next < changes.length && (changes[next] as BookChange).date <= date; next += 1) {
      const { commodity, change } = changes[next] as BookChange;
      quantities.set(commodity, (quantities.get(commodity) ?? new Exact(0)).plus(change));
    }
    const [expected, actual] = [totalOf(quantities, date, baseValue, result), engine.get(date)];
    // A day without a quote has no value on either side.
    if (expected === null || actual === undefined) continue;
    result.checked += 1;
    result.days.compared += 1;
    const found = compareValues(expected, new Exact(actual), date);
    if (found) whole.push(found);
  }
  addFound(result, null, whole);
  comparePositions(result, quantities, inputs, baseValue);
  return result;
}

/** In base currency. */
type BaseValue = (commodity: string, date: string) => Exact | null;

/** `null`: something that is held has no value, and `result` names it. */
function totalOf(
  quantities: ReadonlyMap<string, Exact>,
  date: string,
  baseValue: BaseValue,
  result: ReconciledValues,
): Exact | null {
  let total: Exact | null = new Exact(0);
  for (const [commodity, quantity] of quantities) {
    if (quantity.isZero()) continue;
    const value = baseValue(commodity, date);
    if (value === null) {
      noteUnvalued(result, commodity, date);
      total = null;
    } else total = total?.plus(quantity.times(value)) ?? null;
  }
  return total;
}

function noteUnvalued({ unvalued }: ReconciledValues, commodity: string, date: string): void {
  const known = unvalued.find((row) => row.commodity === commodity);
  if (!known) unvalued.push({ commodity, days: 1, first_date: date, last_date: date });
  else if (known.last_date !== date) Object.assign(known, { days: known.days + 1, last_date: date });
}

/** On the pack's own day, one by one, as the engine shows them. */
function comparePositions(
  result: ReconciledValues,
  quantities: ReadonlyMap<string, Exact>,
  { positions, dates, total_value }: ValueInputs,
  baseValue: BaseValue,
): void {
  const date = dates.at(-1);
  if (date === undefined) return;
  const values = new Map(positions.map((position) => [position.symbol, position]));
  for (const commodity of new Set([...quantities.keys(), ...values.keys()])) {
    const quantity = quantities.get(commodity) ?? new Exact(0);
    const position = values.get(commodity);
    if (quantity.isZero() && position === undefined) continue;
    const unit = baseValue(commodity, date);
    if (unit === null || position?.value === null) {
      result.reasons['market_value'] ??= position?.reasons['value'] ?? 'NO_QUOTE';
      noteUnvalued(result, commodity, date);
      continue;
    }
    result.checked += 1;
    const found = compareValues(quantity.times(unit), new Exact(position?.value ?? 0), date);
    if (found) addFound(result, commodity, [found]);
  }
  if (total_value === null) result.reasons['market_value'] ??= 'NO_QUOTE';
}

/** The first day of all, the figures of the last. */
function addFound(result: ReconciledValues, commodity: string | null, found: readonly ValueFinding[]): void {
  const [first, last] = [found[0], found.at(-1)];
  if (!first || !last) return;
  const { first_date } = first;
  result.differences.push({
    account: null,
    commodity,
    kind: 'market_value',
    ...last,
    first_date,
    status: 'different',
  });
}
