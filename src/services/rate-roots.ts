/**
 * The rates at which dated amounts are worth nothing: all roots of `scaledValue` in x = ln(1 + r).
 * Walks from 0 in both directions, in steps that widen with |x|, and looks closer where the value only comes near 0, since
 * two roots may lie between two steps. Laguerre's rule says when there is nothing left to find: ahead of x lie at most as
 * many roots as the running sums of the discounted amounts change sign, and exactly one for one change.
 * Source: E. Laguerre, "Sur la théorie des équations numériques", 1883; G. Pólya and G. Szegő, Problems and Theorems, part V.
 */
import { scaledValue, sumChanges, type TimedAmounts } from './present-value';

/** The scan's ends: r from −1 + 10⁻¹² to 10⁹. */
const lowest = Math.log(1e-12);
const highest = Math.log1p(1e9);
/** Beyond e^709 a rate is no double; below, there is always one (−1 in the end). */
const limits = { ahead: 709, behind: 1e7 };
/** Of 1/time at first, then of |x|: the value changes on no finer scale than the whole time allows. */
const stride = 0.03;
const sameRoot = 1e-7;

/** In rising order of x. Roots beyond the scan count only where it has none. */
export function rateRoots(flows: TimedAmounts): number[] {
  if (flows.amounts.length < 2) return [];
  const atZero = scaledValue(flows, 0)[0] === 0 ? [0] : [];
  const roots = [...walk(flows, -1), ...atZero, ...walk(flows, 1)].sort((a, b) => a - b);
  // A root that is only touched may come out as two, by rounding.
  const distinct = roots.filter(
    (x, index) => isRoot(flows, x) && (index === 0 || x - (roots[index - 1] as number) > sameRoot),
  );
  const inside = distinct.filter((x) => x >= lowest && x <= highest);
  return inside.length > 0 ? inside : distinct;
}

/** Discounting by more than 10³⁰⁰ leaves nothing of an amount, so that the sign can change where no root is. */
function isRoot(flows: TimedAmounts, x: number): boolean {
  const [value, , size] = scaledValue(flows, x);
  return Math.abs(value) <= 1e-6 * size;
}

/** Between 0 and `end`, nearest first. */
function walk(flows: TimedAmounts, direction: 1 | -1): number[] {
  const roots: number[] = [];
  const end = direction > 0 ? limits.ahead : -limits.behind;
  const scale = stride / (flows.times.at(-1) as number);
  let x = 0;
  let changes = sumChanges(flows, x, direction);
  while (changes > 0 && x !== end) {
    // The last root needs no fine steps.
    const widening = changes === 1 ? 1 : stride;
    const step = Math.max(scale, widening * Math.abs(x));
    const next = direction > 0 ? Math.min(x + step, end) : Math.max(x - step, end);
    roots.push(...rootsBetween(flows, x, next));
    x = next;
    changes = sumChanges(flows, x, direction);
  }
  return roots;
}

/** Behind `near` up to `far`: a root at a step itself is found once, as the far end. */
function rootsBetween(flows: TimedAmounts, near: number, far: number): number[] {
  if (scaledValue(flows, far)[0] === 0) return [far];
  // A root at the near end is known already; there may be another close by.
  const isKnown = scaledValue(flows, near)[0] === 0;
  const start = isKnown ? near + (far - near) * 1e-6 : near;
  const [from, to] = start < far ? [start, far] : [far, start];
  const isPositive = (x: number) => scaledValue(flows, x)[0] > 0;
  return isPositive(from) !== isPositive(to) ? [solve(flows, from, to)] : rootsOfDip(flows, from, to);
}

/** Between two points of one sign: none, or two around the extremum, or one that only touches 0. */
function rootsOfDip(flows: TimedAmounts, from: number, to: number): number[] {
  const towardsZero = (x: number): number => {
    const [value, slope, size] = scaledValue(flows, x);
    return (value > 0 ? slope : -slope) / size;
  };
  if (!(towardsZero(from) < 0 && towardsZero(to) > 0)) return [];
  let [low, high] = [from, to];
  const isPositive = scaledValue(flows, from)[0] > 0;
  for (let round = 0; round < 60 && high - low > Number.EPSILON * Math.abs(low); round++) {
    const middle = (low + high) / 2;
    const [value, , size] = scaledValue(flows, middle);
    if (Math.abs(value) <= 1e-15 * size) return [middle];
    if (value > 0 !== isPositive) return [solve(flows, from, middle), solve(flows, middle, to)];
    if (towardsZero(middle) < 0) low = middle;
    else high = middle;
  }
  return [];
}

/** Newton's steps within a bracket, bisection where one would leave it or the last did not halve the bracket's half. */
function solve(flows: TimedAmounts, from: number, to: number): number {
  let [low, high] = [from, to];
  const isLowPositive = scaledValue(flows, low)[0] > 0;
  let x = (low + high) / 2;
  let step = high - low;
  for (let round = 0; round < 200; round++) {
    const [value, slope] = scaledValue(flows, x);
    if (value === 0) return x;
    if (value > 0 === isLowPositive) low = x;
    else high = x;
    const newton = x - value / slope;
    const isGood = newton > low && newton < high && Math.abs(newton - x) < step / 2;
    const next = isGood ? newton : (low + high) / 2;
    step = Math.abs(next - x);
    if (step <= 2 * Number.EPSILON * Math.abs(x) || next === x) return next;
    x = next;
  }
  return x;
}
