/**
 * Weights nearest to the wanted ones within all limits, as one quadratic program in buys b and sells s (fractions of the
 * value before trades): min Σ(w − target)², w = w₀ + b − s. Costs, turnover and cash are rows of it, so nothing is scaled
 * afterwards. The tracking error √((w − w₀)′Σ(w − w₀)) is a convex limit; it is met by the multiplier of its square,
 * found by bisection.
 */
import { dot, type Matrix, quadratic } from './matrix';
import type { Limit } from './policy-rules';
import { minimise, type Row } from './quadratic-program';

export interface TradeProgram {
  /** Fractions of the value; without cash. */
  weights: readonly number[];
  targets: readonly number[];
  cash: number;
  /** Of the after value. */
  least_cash: number;
  /** Share of a trade's amount. */
  cost_rate: number;
  /** Commissions of all trades, a fraction of the value. */
  fees: number;
  limits: readonly Limit[];
  /** Buys and sells together. */
  max_turnover?: number | undefined;
  /** Per year. */
  max_tracking_error?: number | undefined;
  /** Of annual returns; needed for a limit on the tracking error. */
  covariance?: Matrix | undefined;
  /** Holdings that are not traded. */
  still: ReadonlySet<number>;
  /** Trades that are at least so large, by holding: above 0 a buy, below a sale. */
  forced: ReadonlyMap<number, number>;
  /** By `rowKey`, and by the names of the other limits: how much stricter it is made, a fraction. */
  tighter: ReadonlyMap<string, number>;
}

/** A row of a limit is made stricter alone: another holding need not give way for its rounding. */
export const rowKey = (limit: string, row: number): string => `${limit}/${String(row)}`;

const penalty = 1e-7;
const ridge = 1e-8;

/** Signed changes of weights; `null`: nothing meets all limits. */
export function solveTrades(program: TradeProgram): number[] | null {
  const { max_tracking_error: most, covariance } = program;
  if (program.weights.length === 0) return isCashEnough(program) ? [] : null;
  const first = changesAt(program, 0);
  if (!first || most === undefined || !covariance) return first;
  const cap = most - (program.tighter.get('max_te_pct') ?? 0);
  const errorOf = (change: number[]): number => Math.sqrt(Math.max(0, quadratic(covariance, change)));
  if (errorOf(first) <= cap) return first;
  let [low, high] = [0, 1];
  let best: number[] | null = null;
  for (; high <= 1e9; high *= 8) {
    const change = changesAt(program, high);
    if (change && errorOf(change) <= cap) {
      best = change;
      break;
    }
    low = high;
  }
  if (!best) return null;
  for (let step = 0; step < 30; step += 1) {
    const middle = (low + high) / 2;
    const change = changesAt(program, middle);
    if (change && errorOf(change) <= cap) [best, high] = [change, middle];
    else low = middle;
  }
  return best;
}

function changesAt(program: TradeProgram, multiplier: number): number[] | null {
  const { weights, targets, covariance, still, forced } = program;
  const n = weights.length;
  const scale = 1 / (1 + multiplier);
  const curve = (i: number, j: number): number =>
    2 * scale * (Number(i === j) + multiplier * (covariance?.[i]?.[j] ?? 0));
  const matrix = Array.from({ length: 2 * n }, (_, i) =>
    Array.from({ length: 2 * n }, (_x, j) => {
      const sign = i < n === j < n ? 1 : -1;
      return sign * curve(i % n, j % n) + (i === j ? ridge : 0);
    }),
  );
  const pull = weights.map((weight, i) => 2 * scale * ((targets[i] as number) - weight));
  const linear = [
    ...pull.map((value) => value - penalty * scale),
    ...pull.map((value) => -value - penalty * scale),
  ];
  const unit = (at: number, size: number): number[] =>
    Array.from({ length: 2 * n }, (_, i) => (i === at ? size : 0));
  const equal: Row[] = [];
  const atLeast = rowsOf(program);
  weights.forEach((weight, i) => {
    if (still.has(i)) {
      equal.push({ a: unit(i, 1), b: 0 }, { a: unit(n + i, 1), b: 0 });
      return;
    }
    const least = forced.get(i) ?? 0;
    // Else a purchase beside the sale would undo it.
    if (least !== 0) equal.push({ a: unit(least > 0 ? n + i : i, 1), b: 0 });
    atLeast.push({ a: unit(i, 1), b: Math.max(0, least) }, { a: unit(n + i, 1), b: Math.max(0, -least) });
    atLeast.push({ a: unit(n + i, -1), b: -weight });
  });
  const found = minimise({ matrix, linear, equal, atLeast });
  return 'reason' in found
    ? null
    : weights.map((_, i) => (found.x[i] as number) - (found.x[n + i] as number));
}

/** Of a portfolio without anything to trade. */
function isCashEnough({ cash, least_cash, limits }: TradeProgram): boolean {
  const isEmptyMet = limits.every(({ rows }) =>
    rows.every(({ sense, bound }) => sense === 'at_most' || bound <= 0),
  );
  return cash >= least_cash && isEmptyMet;
}

/** Limits with costs in them: bound × (1 − rate·Σ(b + s) − fees) is what a share of the after value comes to. */
function rowsOf(program: TradeProgram): Row[] {
  const { weights, cash, least_cash, cost_rate: rate, fees, limits, max_turnover, tighter } = program;
  const n = weights.length;
  const sides = (buy: (i: number) => number, sell: (i: number) => number): number[] =>
    Array.from({ length: 2 * n }, (_, i) => (i < n ? buy(i) : sell(i - n)));
  const rows: Row[] = limits.flatMap((limit) =>
    limit.rows.map(({ a, sense, bound }, row): Row => {
      const sign = sense === 'at_least' ? 1 : -1;
      const strict = tighter.get(rowKey(limit.name, row)) ?? 0;
      const aOf = (i: number): number => a[i] as number;
      return {
        a: sides(
          (i) => sign * (aOf(i) + bound * rate),
          (i) => sign * (-aOf(i) + bound * rate),
        ),
        b: sign * (bound * (1 - fees) - dot(a, [...weights])) + strict,
      };
    }),
  );
  const worth = rate * (1 - least_cash);
  rows.push({
    a: sides(
      () => -1 - worth,
      () => 1 - worth,
    ),
    b: least_cash * (1 - fees) + fees - cash + (tighter.get('cash_pct') ?? 0),
  });
  if (max_turnover !== undefined)
    rows.push({
      a: sides(
        () => -1,
        () => -1,
      ),
      b: (tighter.get('max_turnover_pct') ?? 0) - max_turnover,
    });
  return rows;
}

/**
 * A smallest set of limits that cannot be met together: each is left out in turn, and stays out where the rest is still
 * not feasible (a deletion filter). Where nothing but the costs and debts is in the way it is `cash` alone.
 */
export function conflictsOf(program: TradeProgram): string[] {
  const names = [
    ...program.limits.map(({ name }) => name),
    ...(program.max_turnover === undefined ? [] : ['max_turnover_pct']),
    ...(program.max_tracking_error === undefined ? [] : ['max_te_pct']),
    ...(program.least_cash > 0 ? ['cash_pct'] : []),
  ];
  const only = (kept: ReadonlySet<string>): TradeProgram => ({
    ...program,
    limits: program.limits.filter(({ name }) => kept.has(name)),
    max_turnover: kept.has('max_turnover_pct') ? program.max_turnover : undefined,
    max_tracking_error: kept.has('max_te_pct') ? program.max_tracking_error : undefined,
    least_cash: kept.has('cash_pct') ? program.least_cash : 0,
  });
  const kept = new Set(names);
  for (const name of names) {
    kept.delete(name);
    if (solveTrades(only(kept)) !== null) kept.add(name);
  }
  return kept.size > 0 ? [...kept] : ['cash'];
}
