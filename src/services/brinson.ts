/**
 * Brinson-Fachler attribution of an active return to segments. For each segment, with portfolio and benchmark weights and returns:
 * allocation (w_p − w_b)(r_b − R_b), selection w_b(r_p − r_b), interaction (w_p − w_b)(r_p − r_b). They add up to R_p − R_b.
 * Source: Brinson and Fachler, Journal of Portfolio Management, 1985; C. Bacon, Practical Portfolio Performance Measurement, ch. 5.
 * Several periods are linked with Cariño, so that the linked effects add up to the difference of the compounded returns.
 */
import { carinoActiveFactor } from './carino';
import { chain } from './returns';

/** Segments of one period, in one order. A return may be null where its weight is 0. */
export interface Segments {
  weights_portfolio: readonly number[];
  weights_benchmark: readonly number[];
  returns_portfolio: readonly (number | null)[];
  returns_benchmark: readonly (number | null)[];
}

/** `selection`: the interaction counts as selection, w_p(r_p − r_b), and is 0 itself. */
export type BrinsonInteraction = 'separate' | 'selection';

export interface SegmentEffects {
  allocation: number[];
  selection: number[];
  interaction: number[];
  /** Of all segments and effects: the active return. */
  total: number;
}

export interface PeriodAttribution extends SegmentEffects {
  portfolio_return: number;
  benchmark_return: number;
}

/** `sums` are over the segments; the returns are compounded. */
export interface LinkedAttribution extends PeriodAttribution {
  sums: Record<'allocation' | 'selection' | 'interaction', number>;
}

/** One period. */
export function attributeSegments(
  segments: Segments,
  interaction: BrinsonInteraction = 'separate',
): PeriodAttribution {
  const { weights_portfolio, weights_benchmark, returns_portfolio, returns_benchmark } = segments;
  const portfolio_return = weightedSum(weights_portfolio, returns_portfolio);
  const benchmark_return = weightedSum(weights_benchmark, returns_benchmark);
  const period: PeriodAttribution = {
    allocation: [],
    selection: [],
    interaction: [],
    total: 0,
    portfolio_return,
    benchmark_return,
  };
  for (const [index, weight] of weights_portfolio.entries()) {
    const benchmarkWeight = weights_benchmark[index] as number;
    // A segment that one side does not hold has no return there, so nothing was selected.
    const benchmarkReturn = returns_benchmark[index] ?? returns_portfolio[index] ?? 0;
    const better = (returns_portfolio[index] ?? benchmarkReturn) - benchmarkReturn;
    const active = weight - benchmarkWeight;
    period.allocation.push(active * (benchmarkReturn - benchmark_return));
    period.selection.push((interaction === 'separate' ? benchmarkWeight : weight) * better);
    period.interaction.push(interaction === 'separate' ? active * better : 0);
  }
  period.total = totalOf(period);
  return period;
}

/** Effects over all periods. `NO_ROOT`: a period lost everything, which no logarithm links. */
export function linkCarino(periods: readonly PeriodAttribution[]): LinkedAttribution | { reason: string } {
  const portfolio_return = chain(periods.map((period) => period.portfolio_return));
  const benchmark_return = chain(periods.map((period) => period.benchmark_return));
  if (periods.some((period) => period.portfolio_return <= -1 || period.benchmark_return <= -1))
    return { reason: 'NO_ROOT' };
  const whole = carinoActiveFactor(portfolio_return, benchmark_return);
  const scales = periods.map(
    (period) => carinoActiveFactor(period.portfolio_return, period.benchmark_return) / whole,
  );
  const link = (pick: (period: PeriodAttribution) => number[]): number[] =>
    (periods[0] ? pick(periods[0]) : []).map((_, segment) =>
      periods.reduce(
        (sum, period, index) => sum + (pick(period)[segment] as number) * (scales[index] as number),
        0,
      ),
    );
  const effects = {
    allocation: link((period) => period.allocation),
    selection: link((period) => period.selection),
    interaction: link((period) => period.interaction),
  };
  const sums = {
    allocation: sumOf(effects.allocation),
    selection: sumOf(effects.selection),
    interaction: sumOf(effects.interaction),
  };
  return { ...effects, total: totalOf(effects), sums, portfolio_return, benchmark_return };
}

function totalOf({ allocation, selection, interaction }: Omit<SegmentEffects, 'total'>): number {
  return sumOf(allocation) + sumOf(selection) + sumOf(interaction);
}

function weightedSum(weights: readonly number[], returns: readonly (number | null)[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * (returns[index] ?? 0), 0);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
