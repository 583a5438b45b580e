/** Quantiles of returns. */

export const quantileMethods = ['type_7', 'kth_worst'] as const;
/**
 * `type_7`: linear between the values around place (n − 1)·p (Hyndman–Fan 7: default of R, numpy and Excel).
 * `kth_worst`: the k-th smallest value, k = ⌈n·p⌉ and at least 1 (many banks and exams).
 */
export type QuantileMethod = (typeof quantileMethods)[number];

/** @param ascending at least one value, sorted; @param p 0 to 1 */
export function quantile(ascending: readonly number[], p: number, method: QuantileMethod = 'type_7'): number {
  const n = ascending.length;
  const at = (index: number): number => ascending[Math.min(Math.max(index, 0), n - 1)] as number;
  if (method === 'kth_worst') return at(worstCount(n, p) - 1);
  const place = whole((n - 1) * p);
  const below = Math.floor(place);
  const [low, high] = [at(below), at(below + 1)];
  return low + (place - below) * (high - low);
}

/** How many values make up the worst share `p`: ⌈n·p⌉, at least 1. */
export function worstCount(n: number, p: number): number {
  return Math.max(1, Math.ceil(whole(n * p)));
}

/** 1 − 0.9 is not quite 0.1: a place that differs from a whole number by rounding alone is that number. */
export function whole(place: number): number {
  const nearest = Math.round(place);
  return Math.abs(place - nearest) < 1e-9 ? nearest : place;
}
