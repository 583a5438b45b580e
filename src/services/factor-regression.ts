/** Exposures to factors: ordinary least squares of r − rf = α + Σ β_k·f_k + e on the rows in which nothing is missing. */
import { conditionNumber } from './condition-number';
import { figures } from './figures';
import type { ReasonCodes } from './holdings';
import { leastSquares } from './least-squares';
import { coMoment, isConstant, largest } from './moments';
import { paired, sameLength, type Series, spread } from './paired';

export interface FactorArguments {
  returns: Series;
  factors: Readonly<Record<string, Series>>;
  /** Per period. */
  risk_free?: number | Series | undefined;
}

export interface FactorRegression {
  alpha: number | null;
  alpha_t_stat: number | null;
  betas: Record<string, number | null>;
  t_stats: Record<string, number | null>;
  r_squared: number | null;
  condition_number: number | null;
  observations: number;
  dropped: number;
  warnings: { code: string }[];
  reasons: ReasonCodes;
}

/** Below it exposures say little. */
const fewObservations = 36;
/** Of columns of equal length (Belsley): above it the factors can hardly be told apart. */
const collinear = 30;

/**
 * α per period; t = coefficient/standard error with n − k − 1 degrees of freedom; R² = 1 − SSE/SST; `condition_number` of the
 * matrix with its column of ones (as statsmodels shows it). Factors that are combinations of each other or constant:
 * `SINGULAR`. A fit without residual has no t (`ZERO_DEVIATION`), one without degrees of freedom neither (`TOO_FEW_OBSERVATIONS`).
 */
export function factorRegression({ returns, factors, risk_free = 0 }: FactorArguments): FactorRegression {
  const names = Object.keys(factors);
  const series = names.map((name) => sameLength(factors[name] as Series, returns.length, `factors/${name}`));
  const [ours, rates, ...columns] = paired(
    returns,
    spread(risk_free, returns.length, 'risk_free'),
    ...series,
  );
  const y = ours.map((value, i) => value - (rates?.[i] as number));
  const n = y.length;
  const design = [y.map(() => 1), ...columns];
  const { figure, reasons } = figures();
  const fit = n < design.length ? null : leastSquares(design, y);
  const none = n < design.length ? 'TOO_FEW_OBSERVATIONS' : fit ? undefined : 'SINGULAR';
  const freedom = n - design.length;
  const whole = y.reduce((sum, value) => sum + value * value, 0);
  const isExact = fit !== null && fit.residual <= 1e-26 * whole;
  const noSpread = freedom < 1 ? 'TOO_FEW_OBSERVATIONS' : isExact ? 'ZERO_DEVIATION' : undefined;
  const coefficient = (k: number): number => fit?.coefficients[k] as number;
  const tOf = (k: number): number =>
    coefficient(k) / ((fit?.spreads[k] as number) * Math.sqrt((fit?.residual as number) / freedom));
  const flat = isConstant(y, Math.max(largest(ours), largest(rates)));
  const each = (
    name: string,
    code: string | undefined,
    of: (k: number) => number,
  ): Record<string, number | null> =>
    Object.fromEntries(
      names.map((factor, i) => [factor, figure(`${name}.${factor}`, code, () => of(i + 1))]),
    );
  return {
    alpha: figure('alpha', none, () => coefficient(0)),
    alpha_t_stat: figure('alpha_t_stat', none ?? noSpread, () => tOf(0)),
    betas: each('betas', none, coefficient),
    t_stats: each('t_stats', none ?? noSpread, tOf),
    r_squared: figure('r_squared', none ?? (flat ? 'ZERO_DEVIATION' : undefined), () =>
      isExact ? 1 : 1 - (fit?.residual as number) / coMoment(y, y),
    ),
    condition_number: figure('condition_number', none, () => conditionNumber(fit?.triangle ?? [])),
    observations: n,
    dropped: returns.length - n,
    warnings: [
      ...(n > 0 && n < fewObservations ? [{ code: 'FEW_OBSERVATIONS' }] : []),
      ...(fit && scaledCondition(fit.triangle) > collinear ? [{ code: 'COLLINEAR' }] : []),
    ],
    reasons,
  };
}

/** Of the columns each brought to length 1. */
function scaledCondition(triangle: readonly (readonly number[])[]): number {
  const columns = triangle.map((_, j) => triangle.map((row) => row[j] as number));
  return conditionNumber(columns.map((column) => column.map((value) => value / Math.hypot(...column))));
}
