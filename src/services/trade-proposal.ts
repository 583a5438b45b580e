/**
 * From wanted weights to shares: sales rounded up, purchases down, and where rounding or commissions break a limit it is
 * made stricter by as much and everything is solved again. Trades below the smallest lot are left out where the limits
 * can be met without them, else made as large. Money is exact.
 */
import { Decimal, roundMoney, sum } from './decimal';
import { type Matrix, quadratic } from './matrix';
import type { Limit } from './policy-rules';
import { conflictsOf, rowKey, solveTrades, type TradeProgram } from './trade-program';

export interface TradableHolding {
  quantity: Decimal;
  /** One share in base. */
  unit: Decimal;
}

export interface ProposalRequest {
  holdings: readonly TradableHolding[];
  /** In base. */
  cash: Decimal;
  limits: readonly Limit[];
  targets: readonly number[];
  /** Places of a quantity: 0 for whole shares. */
  places: number;
  min_lot: Decimal;
  commission: Decimal;
  cost_rate: Decimal;
  /** Fractions. */
  least_cash: number;
  max_turnover?: number | undefined;
  max_tracking_error?: number | undefined;
  covariance?: Matrix | undefined;
  still: ReadonlySet<number>;
}

/** Signed quantities, or the limits that conflict. Where no trade at all keeps every limit, that is never a conflict. */
export type Proposal = { deltas: Decimal[]; tracking_error: number | null } | { conflicts: string[] };

const rounds = 60;
/** Bounds are doubles. */
const dust = 1e-12;
const zero = new Decimal(0);

export function proposeTrades(request: ProposalRequest): Proposal {
  const { holdings, cash, min_lot } = request;
  const value = sum(holdings.map(({ quantity, unit }) => quantity.times(unit))).plus(cash);
  const tighter = new Map<string, number>();
  const still = new Set(request.still);
  const forced = new Map<number, number>();
  let count = 0;
  const program = (): TradeProgram => ({
    ...request,
    weights: holdings.map(({ quantity, unit }) => quantity.times(unit).div(value).toNumber()),
    cash: cash.div(value).toNumber(),
    cost_rate: request.cost_rate.toNumber(),
    fees: request.commission.times(count).div(value).toNumber(),
    ...{ still, forced, tighter },
  });
  const orNothing = (conflicts: () => string[]): Proposal => {
    const deltas = holdings.map(() => zero);
    if (brokenBy(deltas, request, value).size > 0) return { conflicts: conflicts() };
    return { deltas, tracking_error: trackingError(deltas, request, value) };
  };
  const start = solveTrades(program());
  if (!start) return orNothing(() => conflictsOf(program()));
  let change: number[] = start;
  for (let round = 0; round < rounds; round += 1) {
    const deltas = change.map((part, i) => roundedDelta(part, i, request, value));
    const small = smallest(deltas, request);
    if (small !== null) {
      const side = (change[small] as number) < 0 ? -1 : 1;
      still.add(small);
      let next = solveTrades(program());
      if (!next) {
        still.delete(small);
        const { unit } = holdings[small] as TradableHolding;
        forced.set(
          small,
          side *
            min_lot
              .plus(side > 0 ? unit : 0)
              .div(value)
              .toNumber(),
        );
        next = solveTrades(program());
      }
      if (!next) {
        forced.delete(small);
        still.add(small);
        return orNothing(() => ['min_lot_value', ...conflictsOf(program())]);
      }
      change = next;
      continue;
    }
    const trades = deltas.filter((delta) => !delta.isZero()).length;
    const broken = brokenBy(deltas, request, value);
    if (broken.size === 0) return { deltas, tracking_error: trackingError(deltas, request, value) };
    for (const [key, by] of broken) tighter.set(key, (tighter.get(key) ?? 0) + by + 1e-9);
    count = Math.max(count, trades);
    const next = solveTrades(program());
    if (!next) return orNothing(() => roundingConflicts(broken.keys(), request));
    change = next;
  }
  return orNothing(() => roundingConflicts(tighter.keys(), request));
}

/** The limits of these rows, by name. */
function roundingConflicts(keys: Iterable<string>, { limits }: ProposalRequest): string[] {
  const names = new Map(limits.flatMap(({ name, rows }) => rows.map((_, row) => [rowKey(name, row), name])));
  return ['rounding_and_costs', ...new Set([...keys].map((key) => names.get(key) ?? key))];
}

function roundedDelta(
  part: number,
  i: number,
  { holdings, places }: ProposalRequest,
  value: Decimal,
): Decimal {
  const { quantity, unit } = holdings[i] as TradableHolding;
  const shares = value.times(Math.abs(part)).div(unit);
  const hair = new Decimal(10).pow(-places).times('1e-4');
  if (part > 0) return shares.plus(hair).toDecimalPlaces(places, Decimal.ROUND_DOWN);
  const sold = Decimal.max(zero, shares.minus(hair)).toDecimalPlaces(places, Decimal.ROUND_UP);
  return Decimal.min(sold, quantity).negated();
}

/** The smallest trade that is below the smallest lot. */
function smallest(deltas: readonly Decimal[], { holdings, min_lot }: ProposalRequest): number | null {
  let found: number | null = null;
  let least = min_lot;
  deltas.forEach((delta, i) => {
    const amount = delta.abs().times((holdings[i] as TradableHolding).unit);
    if (!delta.isZero() && amount.lt(least)) [found, least] = [i, amount];
  });
  return found;
}

function trackingError(
  deltas: readonly Decimal[],
  { holdings, covariance }: ProposalRequest,
  value: Decimal,
): number | null {
  if (!covariance) return null;
  const change = deltas.map((delta, i) =>
    delta
      .times((holdings[i] as TradableHolding).unit)
      .div(value)
      .toNumber(),
  );
  return Math.sqrt(Math.max(0, quadratic(covariance, change)));
}

/**
 * By how much each row of a limit (`rowKey`) and each other limit is broken, a fraction of the value. Amounts and costs
 * are those that are published; cash and turnover are exact, of the others `dust` is nothing.
 */
export function brokenBy(
  deltas: readonly Decimal[],
  request: ProposalRequest,
  value: Decimal,
): Map<string, number> {
  const { holdings, limits, commission, cost_rate, least_cash } = request;
  const amounts = deltas.map((delta, i) => roundMoney(delta.times((holdings[i] as TradableHolding).unit)));
  const traded = sum(amounts.map((amount) => amount.abs()));
  const costs = sum(
    deltas.map((delta, i) =>
      delta.isZero() ? zero : roundMoney((amounts[i] as Decimal).abs().times(cost_rate).plus(commission)),
    ),
  );
  const cash = roundMoney(request.cash);
  const after = value.minus(costs);
  const broken = new Map<string, number>();
  const note = (key: string, short: Decimal, tolerance = dust): void => {
    const by = short.div(value).toNumber();
    if (by > tolerance) broken.set(key, by);
  };
  const held = holdings.map(({ quantity, unit }, i) => quantity.times(unit).plus(amounts[i] as Decimal));
  for (const { name, rows } of limits)
    for (const [row, { a, sense, bound }] of rows.entries()) {
      const have = sum(held.map((amount, i) => amount.times(a[i] as number)));
      const want = after.times(bound);
      note(rowKey(name, row), sense === 'at_most' ? have.minus(want) : want.minus(have));
    }
  note('cash_pct', after.times(least_cash).minus(cash.minus(sum(amounts)).minus(costs)), 0);
  if (request.max_turnover !== undefined)
    note('max_turnover_pct', traded.minus(value.times(request.max_turnover)), 0);
  const error = trackingError(deltas, request, value);
  if (request.max_tracking_error !== undefined && error !== null)
    note('max_te_pct', value.times(error - request.max_tracking_error));
  return broken;
}
