/** Statistics of a series of simple returns per period; all are fractions or ratios of them. */
import { annualise } from './annualise';
import { type Figures, figures } from './figures';
import type { ReasonCodes } from './holdings';
import * as moments from './moments';
import { paired, present, sameLength, type Series } from './paired';
import { partialMoments } from './partial-moments';
import { volatilityOfPeriod } from './period-volatility';
import type { QuantileMethod } from './quantile';
import { chain } from './returns';
import { stability } from './stability';
import { tailIsEmpty, type TailRisk, tailRisk } from './tail-risk';

export interface RiskArguments {
  /** `null` is a gap: no observation. */
  returns: Series;
  /** 252 for trading days, 52, 12, 4 or 1; without it nothing is annualised (`MISSING_INPUT`). */
  periods_per_year?: number | undefined;
  /** Per period. */
  risk_free?: number | Series | undefined;
  /** Per period. */
  minimum_acceptable_return?: number | Series | undefined;
  confidence?: number | undefined;
  quantile?: QuantileMethod | undefined;
}

type Figure = number | null;
type Named = 'annual_return' | 'volatility' | 'period_volatility' | 'period_semi_volatility' | 'stability';
type Ratios = 'sharpe_ratio' | 'sortino_ratio' | 'omega_ratio';
type Partial = 'downside_deviation' | 'downside_potential' | 'downside_frequency' | 'upside_frequency';
type Upside = 'upside_risk' | 'upside_potential';
type Moments = 'skewness' | 'excess_kurtosis' | 'excess_kurtosis_sample' | 'mean_absolute_deviation';

export interface RiskStatistics
  extends TailRisk, Record<Named | Ratios | Partial | Upside | Moments, Figure> {
  observations: number;
  confidence: number;
  quantile: QuantileMethod;
  periods_per_year: number | null;
  warnings: { code: string }[];
  reasons: ReasonCodes;
}

/** Below it a deviation says little. */
const fewObservations = 60;

/**
 * Sharpe: mean(r − rf)/sd(r − rf)·√P, sd of the sample. Sortino: mean(r − MAR)·√P over the downside deviation of all n.
 * Volatility: sd of the sample·√P. Moments of higher order and tails: of the population.
 * Fewer than two observations have no deviation, and without deviation there is no ratio: `ZERO_DEVIATION`.
 */
export function riskStatistics(args: RiskArguments): RiskStatistics {
  const { periods_per_year, confidence = 0.95, quantile = 'type_7' } = args;
  const returns = present(args.returns);
  const { figure, reasons } = figures();
  const few = (least: number, n = returns.length): string | undefined =>
    n < least ? 'TOO_FEW_OBSERVATIONS' : undefined;
  const noYear = periods_per_year === undefined ? 'MISSING_INPUT' : undefined;
  const year = Math.sqrt(periods_per_year ?? 1);
  const flat = moments.isConstant(returns) ? 'ZERO_DEVIATION' : undefined;
  const shape = moments.shapeOf(returns);
  const excess = over(args.returns, args.risk_free ?? 0, 'risk_free');
  const over_minimum = over(args.returns, args.minimum_acceptable_return ?? 0, 'minimum_acceptable_return');
  const partial = partialMoments(over_minimum.values);
  const noMinimum = few(1, over_minimum.values.length);
  const never = partial.downside === 0 ? 'ZERO_DEVIATION' : undefined;
  return {
    observations: returns.length,
    annual_return: annualReturn(returns, periods_per_year, figure),
    volatility: figure('volatility', few(2) ?? noYear, () => moments.sampleDeviation(returns) * year),
    ...volatilityOfPeriod(returns, figure),
    sharpe_ratio: figure(
      'sharpe_ratio',
      few(2, excess.values.length) ?? noYear ?? (excess.isFlat ? 'ZERO_DEVIATION' : undefined),
      () => (moments.mean(excess.values) / moments.sampleDeviation(excess.values)) * year,
    ),
    sortino_ratio: figure(
      'sortino_ratio',
      few(2, over_minimum.values.length) ?? noYear ?? never,
      () => (moments.mean(over_minimum.values) / partial.downside) * year,
    ),
    omega_ratio: figure('omega_ratio', noMinimum ?? never, () => partial.omega),
    downside_deviation: figure('downside_deviation', noMinimum ?? noYear, () => partial.downside * year),
    downside_potential: figure('downside_potential', noMinimum, () => partial.downside_potential),
    downside_frequency: figure('downside_frequency', noMinimum, () => partial.downside_frequency),
    upside_frequency: figure('upside_frequency', noMinimum, () => partial.upside_frequency),
    upside_risk: figure('upside_risk', noMinimum, () => partial.upside_risk),
    upside_potential: figure('upside_potential', noMinimum, () => partial.upside_potential),
    skewness: figure('skewness', few(2) ?? flat, () => shape.skewness),
    excess_kurtosis: figure('excess_kurtosis', few(2) ?? flat, () => shape.excess_kurtosis),
    excess_kurtosis_sample: figure('excess_kurtosis_sample', few(4) ?? flat, () =>
      moments.sampleExcessKurtosis(shape.excess_kurtosis, returns.length),
    ),
    mean_absolute_deviation: figure('mean_absolute_deviation', few(1), () =>
      moments.meanAbsoluteDeviation(returns),
    ),
    stability: stability(returns, figure),
    ...tailRisk(returns, shape, { confidence, method: quantile, figure }),
    confidence,
    quantile,
    periods_per_year: periods_per_year ?? null,
    warnings: [
      ...(returns.length > 0 && returns.length < fewObservations ? [{ code: 'FEW_OBSERVATIONS' }] : []),
      ...(returns.length > 0 && tailIsEmpty(returns.length, confidence) ? [{ code: 'EMPTY_TAIL' }] : []),
    ],
    reasons,
  };
}

/** Π(1 + r)^(P/n) − 1. */
export function annualReturn(
  returns: readonly number[],
  periodsPerYear: number | undefined,
  figure: Figures['figure'],
  name = 'annual_return',
): number | null {
  const none = returns.length === 0 ? 'TOO_FEW_OBSERVATIONS' : undefined;
  const { annualised, reasons } = annualise(chain(returns), {
    periods: returns.length,
    periods_per_year: periodsPerYear,
  });
  return figure(name, none ?? reasons.annualised, () => annualised as number);
}

/** Returns less a rate, where both are there. */
function over(returns: Series, rate: number | Series, name: string): { values: number[]; isFlat: boolean } {
  if (typeof rate === 'number') {
    const ours = present(returns);
    const scale = Math.max(moments.largest(ours), Math.abs(rate));
    const values = ours.map((value) => value - rate);
    return { values, isFlat: moments.isConstant(values, scale) };
  }
  const [ours, rates] = paired(returns, sameLength(rate, returns.length, name));
  const values = ours.map((value, i) => value - (rates[i] as number));
  const scale = Math.max(moments.largest(ours), moments.largest(rates));
  return { values, isFlat: moments.isConstant(values, scale) };
}
