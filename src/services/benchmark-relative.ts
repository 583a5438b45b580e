/** A series of returns against its benchmark's, on the observations that both have; per period, fractions. */
import { align, type AlignArguments, type Aligned } from './align';
import { figures } from './figures';
import type { ReasonCodes } from './holdings';
import { coMoment, isConstant, largest, mean, sampleDeviation } from './moments';
import { annualReturn } from './risk-statistics';

export const alphaMethods = ['compounded', 'arithmetic', 'annualised_jensen'] as const;
/**
 * `compounded`: (1 + mean(x − β·y))^P − 1 (empyrical). `arithmetic`: (mean(x) − β·mean(y))·P. `annualised_jensen`:
 * Rp − Rf − β(Rb − Rf) of the yearly compounded returns (Bacon). x and y are the returns in excess of the risk-free rate.
 */
export type AlphaMethod = (typeof alphaMethods)[number];

export interface BenchmarkArguments extends AlignArguments {
  periods_per_year?: number | undefined;
  alpha_method?: AlphaMethod | undefined;
}

type Named = 'alpha' | 'beta' | 'correlation' | 'r_squared' | 'tracking_error' | 'information_ratio';
type Sided = 'up_capture' | 'down_capture' | 'treynor_ratio' | 'beta_up' | 'beta_down';

export interface BenchmarkRelative extends Record<Named | Sided, number | null> {
  alpha_method: AlphaMethod;
  observations: number;
  dropped: Aligned['dropped'];
  periods_per_year: number | null;
  reasons: ReasonCodes;
}

/**
 * β = cov(x, y)/var(y). Tracking error: sd(r − b) of the sample·√P. Information ratio: (annual r − annual b)/tracking error.
 * Treynor: the annual excess return/β (PerformanceAnalytics). Capture: annual return over the periods in which the benchmark
 * rose (fell), the portfolio's over the benchmark's (empyrical). Up and down β: of the periods with y > 0 (y < 0).
 */
export function benchmarkRelative(args: BenchmarkArguments): BenchmarkRelative {
  const { alpha_method = 'compounded', periods_per_year } = args;
  const { returns, benchmark, risk_free, dropped } = align(args);
  const { figure, reasons } = figures();
  const n = returns.length;
  const few = n < 2 ? 'TOO_FEW_OBSERVATIONS' : undefined;
  const noYear = periods_per_year === undefined ? 'MISSING_INPUT' : undefined;
  const year = periods_per_year ?? 1;
  const scale = Math.max(largest(returns), largest(benchmark), largest(risk_free));
  const isFlat = (values: readonly number[]): boolean => isConstant(values, scale);
  const x = returns.map((value, i) => value - (risk_free[i] as number));
  const y = benchmark.map((value, i) => value - (risk_free[i] as number));
  const active = returns.map((value, i) => value - (benchmark[i] as number));

  const yearly = (values: readonly number[]): number =>
    annualReturn(values, periods_per_year, (_, code, compute) => (code ? NaN : compute())) as number;
  const betaOf = (name: string, wanted: (excess: number) => boolean): number | null => {
    const places = y.flatMap((value, i) => (wanted(value) ? [i] : []));
    const [ours, theirs] = [places.map((i) => x[i] as number), places.map((i) => y[i] as number)];
    const tooFew = places.length < 2 ? 'TOO_FEW_OBSERVATIONS' : undefined;
    const flat = isFlat(theirs) ? 'ZERO_DEVIATION' : undefined;
    return figure(name, tooFew ?? flat, () => coMoment(ours, theirs) / coMoment(theirs, theirs));
  };
  const capture = (name: string, wanted: (value: number) => boolean): number | null => {
    const places = benchmark.flatMap((value, i) => (wanted(value) ? [i] : []));
    const none = places.length === 0 ? 'TOO_FEW_OBSERVATIONS' : undefined;
    const of = (values: readonly number[]): number => yearly(places.map((i) => values[i] as number));
    return figure(name, none ?? noYear, () => of(returns) / of(benchmark));
  };

  const beta = betaOf('beta', () => true);
  const alphas: Record<AlphaMethod, () => number> = {
    compounded: () => (1 + mean(x) - (beta as number) * mean(y)) ** year - 1,
    arithmetic: () => (mean(x) - (beta as number) * mean(y)) * year,
    annualised_jensen: () => {
      const free = yearly(risk_free);
      return yearly(returns) - free - (beta as number) * (yearly(benchmark) - free);
    },
  };
  const flat = isFlat(x) || isFlat(y) ? 'ZERO_DEVIATION' : undefined;
  const trackingError = isFlat(active) ? 0 : sampleDeviation(active) * Math.sqrt(year);
  const correlation = figure('correlation', few ?? flat, () => {
    const value = coMoment(x, y) / Math.sqrt(coMoment(x, x)) / Math.sqrt(coMoment(y, y));
    return Math.max(-1, Math.min(1, value));
  });
  return {
    alpha: figure('alpha', reasons.beta ?? noYear, alphas[alpha_method]),
    alpha_method,
    beta,
    correlation,
    r_squared: figure('r_squared', reasons.correlation, () => (correlation as number) ** 2),
    tracking_error: figure('tracking_error', few ?? noYear, () => trackingError),
    information_ratio: figure(
      'information_ratio',
      few ?? noYear ?? (trackingError === 0 ? 'ZERO_DEVIATION' : undefined),
      () => (yearly(returns) - yearly(benchmark)) / trackingError,
    ),
    up_capture: capture('up_capture', (value) => value > 0),
    down_capture: capture('down_capture', (value) => value < 0),
    treynor_ratio: figure(
      'treynor_ratio',
      reasons.beta ?? noYear ?? (beta === 0 ? 'ZERO_DEVIATION' : undefined),
      () => yearly(x) / (beta as number),
    ),
    beta_up: betaOf('beta_up', (excess) => excess > 0),
    beta_down: betaOf('beta_down', (excess) => excess < 0),
    observations: n,
    dropped,
    periods_per_year: periods_per_year ?? null,
    reasons,
  };
}
