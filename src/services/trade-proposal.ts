/**
 * From wanted weights to shares: sales rounded up, purchases down, and where rounding or commissions break a limit it is
 * made stricter by as much and everything is solved again. Trades below the smallest lot are left out where the limits
 * can be met without them, else made as large. Money is exact.
 */
import { Decimal, sum } from './decimal';
import { type Matrix, quadratic } from './matrix';
import type { Limit } from './policy-rules';
import { conflictsOf, solveTrades, type TradeProgram } from './trade-program';

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

/** Signed quantities, or the limits that conflict. */
export type Proposal = { deltas: Decimal[]; tracking_error: number | null } | { conflicts: string[] };

const rounds = 60;
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
  const start = solveTrades(program());
  if (!start) return { conflicts: conflictsOf(program()) };
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
      if (!next) return { conflicts: ['min_lot_value', ...request.limits.map(({ name }) => name)] };
      change = next;
      continue;
    }
    const trades = deltas.filter((delta) => !delta.isZero()).length;
    const broken = brokenBy(deltas, request, value);
    if (broken.size === 0) return { deltas, tracking_error: trackingError(deltas, request, value) };
    for (const [name, by] of broken) tighter.set(name, (tighter.get(name) ?? 0) + by + 1e-9);
    count = Math.max(count, trades);
    const next = solveTrades(program());
    if (!next) return { conflicts: ['rounding_and_costs', ...broken.keys()] };
    change = next;
  }
  return { conflicts: ['rounding_and_costs', ...tighter.keys()] };
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

/** By how much each limit is broken, a fraction of the value. */
export function brokenBy(
  deltas: readonly Decimal[],
  request: ProposalRequest,
  value: Decimal,
): Map<string, number> {
  const { holdings, cash, limits, commission, cost_rate, least_cash } = request;
  const amounts = deltas.map((delta, i) => delta.times((holdings[i] as TradableHolding).unit));
  const traded = sum(amounts.map((amount) => amount.abs()));
  const trades = deltas.filter((delta) => !delta.isZero()).length;
  const costs = traded.times(cost_rate).plus(commission.times(trades));
  const after = value.minus(costs);
  const broken = new Map<string, number>();
  const note = (name: string, short: Decimal): void => {
    const by = short.div(value).toNumber();
    if (by > 1e-12) broken.set(name, Math.max(by, broken.get(name) ?? 0));
  };
  const held = holdings.map(({ quantity, unit }, i) => quantity.times(unit).plus(amounts[i] as Decimal));
  for (const { name, rows } of limits)
    for (const { a, sense, bound } of rows) {
      const have = sum(held.map((amount, i) => amount.times(a[i] as number)));
      const want = after.times(bound);
      note(name, sense === 'at_most' ? have.minus(want) : want.minus(have));
    }
  note('cash_pct', after.times(least_cash).minus(cash.minus(sum(amounts)).minus(costs)));
  if (request.max_turnover !== undefined)
    note('max_turnover_pct', traded.minus(value.times(request.max_turnover)));
  const error = trackingError(deltas, request, value);
  if (request.max_tracking_error !== undefined && error !== null)
    note('max_te_pct', value.times(error - request.max_tracking_error));
  return broken;
}
