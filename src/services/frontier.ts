/** The efficient frontier: least volatility, best Sharpe ratio, and the points of a given return or volatility. */
import { dot, quadratic, type Vector } from './matrix';
import type { Weights } from './optimiser';
import type { Problem } from './optimiser-problem';
import { type Minimum, minimise, type Row } from './quadratic-program';

/** min w′Σw */
export function minimumVolatility(problem: Problem): Weights {
  return only(minimise({ matrix: problem.scaled, ...problem }), problem);
}

/**
 * min w′Σw with μ′w of at least `target`: the frontier's efficient side. Where a singular covariance leaves a choice
 * there, with μ′w equal to `target`.
 */
export function targetReturn(problem: Problem, returns: Vector, target: number): Weights {
  const size = largest(returns) || 1;
  const a = returns.map((value) => value / size);
  const { scaled: matrix, equal, atLeast } = problem;
  const efficient = minimise({ matrix, equal, atLeast: [...atLeast, { a, b: target / size - 1e-12 }] });
  if ('reason' in efficient || efficient.isUnique()) return only(efficient, problem);
  const exact = minimise({ matrix, equal: [...equal, { a, b: target / size }], atLeast });
  return only('reason' in exact ? efficient : exact, problem);
}

/**
 * max (μ′w − r_f)/√(w′Σw) as a quadratic program in y = kw (Cornuejols and Tütüncü, Optimization Methods in Finance,
 * 8.2): min y′Σy with (μ − r_f)′y = 1, k = Σy, and each a′w ≥ b as a′y − bk ≥ 0.
 * `INFEASIBLE` where no allowed portfolio earns more than the risk-free rate.
 */
export function maximumSharpe(problem: Problem, returns: Vector, riskFree: number): Weights {
  const excess = returns.map((value) => value - riskFree);
  const size = largest(excess) || 1;
  const homogeneous = ({ a, b }: Row): Row => ({ a: a.map((value) => value - b), b: 0 });
  const found = minimise({
    matrix: problem.scaled,
    equal: [{ a: excess.map((value) => value / size), b: 1 }, ...problem.equal.slice(1).map(homogeneous)],
    atLeast: [...problem.atLeast.map(homogeneous), { a: excess.map(() => 1), b: 0 }],
  });
  if ('reason' in found) return found;
  const total = found.x.reduce((sum, value) => sum + value, 0);
  if (total < 1e-9) return { reason: 'INFEASIBLE' };
  // Excess return without any risk: the ratio has no bound.
  if (!found.isUnique() || quadratic(problem.scaled, found.x) < 1e-12) return { reason: 'SINGULAR' };
  return { weights: problem.tidy(found.x.map((value) => value / total)) };
}

/** max μ′w with √(w′Σw) of at most `target`: the portfolio of most return where that needs less. */
export function targetVolatility(problem: Problem, returns: Vector, target: number): Weights {
  const { scaled: matrix, equal, atLeast } = problem;
  const middle = returns.reduce((sum, value) => sum + value, 0) / returns.length;
  const size = largest(returns.map((value) => value - middle)) || 1;
  // Taking off the mean changes no portfolio's rank, for all add up to 1.
  const slope = returns.map((value) => (value - middle) / size);
  const risk = (weights: Vector): number => Math.sqrt(Math.max(0, quadratic(problem.covariance, weights)));
  /** min ½w′Σw − λμ′w: with λ from 0 up, the efficient frontier from its lowest point up. */
  const at = (lambda: number): Minimum =>
    minimise({ matrix, linear: slope.map((value) => value * lambda), equal, atLeast });

  let high = at(0);
  if ('reason' in high || risk(high.x) > target * (1 + 1e-9) + 1e-15) return { reason: 'INFEASIBLE' };
  let low = high.x;
  for (let lambda = 1 / 64; lambda < 2 ** 20 && risk(high.x) < target; lambda *= 4) {
    const found = at(lambda);
    // So far up rounding can hide the feasible set; the portfolio of most return is found long before.
    if ('reason' in found) break;
    low = high.x;
    high = found;
  }
  if (risk(high.x) <= target) return only(high, problem);
  return between(low, high.x, target, problem, slope);
}

/**
 * Between two efficient portfolios: weights are linear in the return as long as no bound begins or ceases to bind, so
 * the chord's point at the target, and the frontier's at its return, soon are the same.
 */
function between(from: Vector, to: Vector, target: number, problem: Problem, slope: Vector): Weights {
  const { scaled: matrix, equal, atLeast, covariance } = problem;
  let low = from;
  for (let round = 0; round < 100; round += 1) {
    const part = partOfChord(low, to, target, problem);
    const start = low;
    const chord = to.map((value, i) => part * value + (1 - part) * (start[i] as number));
    const row: Row = { a: slope, b: dot(slope, chord) };
    const found = minimise({ matrix, equal, atLeast: [...atLeast, row] });
    // The chord's own point is feasible, so only rounding can say otherwise.
    if ('reason' in found) return { weights: problem.tidy(chord) };
    const gap = Math.sqrt(Math.max(0, quadratic(covariance, found.x))) - target;
    // The frontier is convex: it lies below the chord, and its point is the next lower end.
    if (gap > -1e-12 * target || round === 99) return only(found, problem);
    low = found.x;
  }
  return { weights: problem.tidy(low) };
}

/** t in [0, 1] where low + t(high − low) has the target volatility. */
function partOfChord(low: Vector, high: Vector, target: number, { covariance }: Problem): number {
  const step = high.map((value, i) => value - (low[i] as number));
  const a = quadratic(covariance, step);
  const b = covariance.reduce((sum, row, i) => sum + (low[i] as number) * dot(row, step), 0);
  const c = quadratic(covariance, low) - target * target;
  const part = (-b + Math.sqrt(Math.max(0, b * b - a * c))) / a;
  return Number.isFinite(part) ? Math.min(1, Math.max(0, part)) : 0.5;
}

function only(found: Minimum, { tidy }: Problem): Weights {
  if ('reason' in found) return found;
  return found.isUnique() ? { weights: tidy(found.x) } : { reason: 'SINGULAR' };
}

function largest(values: Vector): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
