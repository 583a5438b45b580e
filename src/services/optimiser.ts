/**
 * Weights of a portfolio for one objective, adding up to 1 (Markowitz 1952). Returns, covariance and the risk-free rate
 * are of one and the same period, usually a year.
 * Not available: `INFEASIBLE`, `SINGULAR` (the covariance leaves more than one answer, or none), `MISSING_INPUT`.
 */
import type { Objective } from '../contract/decision-names';
import { maximumSharpe, minimumVolatility, targetReturn, targetVolatility } from './frontier';
import type { ReasonCodes } from './holdings';
import { dot, type Matrix, quadratic, times, type Vector } from './matrix';
import { checkProblem, type LinearConstraint, type Pair, type Problem, problemOf } from './optimiser-problem';
import { inverseVolatility, riskParity } from './risk-parity';

export interface OptimiserRequest {
  objective: Objective;
  covariance: Matrix;
  /** Needed by max_sharpe, target_return and target_volatility. */
  expected_returns?: Vector | undefined;
  target?: number | undefined;
  risk_free: number;
  /** One pair for each asset. */
  bounds: readonly Pair[];
  constraints: readonly LinearConstraint[];
}

export type Weights = { weights: number[] } | { reason: string };

export interface Optimum {
  weights: number[] | null;
  expected_return: number | null;
  volatility: number | null;
  sharpe_ratio: number | null;
  /** Share of each asset in the variance, w_i (Σw)_i / w′Σw. */
  risk_contributions: number[] | null;
  reason?: string;
  reasons: ReasonCodes;
}

/** @throws EngineError ARGS_INVALID */
export function optimise(request: OptimiserRequest): Optimum {
  checkProblem(request);
  const found = solve(request);
  if ('reason' in found) return notAvailable(found.reason);
  return described(found.weights, request);
}

function solve(request: OptimiserRequest): Weights {
  const { objective, expected_returns: returns, target, risk_free } = request;
  const problem = problemOf(request);
  if (objective === 'min_volatility') return minimumVolatility(problem);
  if (objective === 'risk_parity') return within(riskParity(request.covariance), problem);
  if (objective === 'inverse_volatility') return within(inverseVolatility(request.covariance), problem);
  if (returns === undefined) return { reason: 'MISSING_INPUT' };
  if (objective === 'max_sharpe') return maximumSharpe(problem, returns, risk_free);
  if (target === undefined) return { reason: 'MISSING_INPUT' };
  return objective === 'target_return'
    ? targetReturn(problem, returns, target)
    : targetVolatility(problem, returns, target);
}

/** Weights without a choice in them: bounds and constraints can only be met or broken. */
function within(found: Weights, { isMet }: Problem): Weights {
  return 'reason' in found || isMet(found.weights) ? found : { reason: 'INFEASIBLE' };
}

function described(weights: number[], request: OptimiserRequest): Optimum {
  const { covariance, expected_returns: returns, risk_free } = request;
  const marginal = times(covariance, weights);
  const variance = Math.max(0, quadratic(covariance, weights));
  const volatility = Math.sqrt(variance);
  const scale = Math.max(...covariance.map((row, i) => Math.abs(row[i] as number)));
  const isRiskless = variance <= 1e-14 * scale;
  const expected = returns === undefined ? null : dot(returns, weights);
  const reasons: ReasonCodes = {
    ...(expected === null ? { expected_return: 'MISSING_INPUT', sharpe_ratio: 'MISSING_INPUT' } : {}),
    ...(isRiskless ? { sharpe_ratio: 'ZERO_DEVIATION', risk_contributions: 'ZERO_DEVIATION' } : {}),
  };
  return {
    weights,
    expected_return: expected,
    volatility,
    sharpe_ratio: expected === null || isRiskless ? null : (expected - risk_free) / volatility,
    risk_contributions: isRiskless
      ? null
      : weights.map((weight, i) => (weight * (marginal[i] as number)) / variance),
    reasons,
  };
}

function notAvailable(reason: string): Optimum {
  const fields = ['weights', 'expected_return', 'volatility', 'sharpe_ratio', 'risk_contributions'];
  return {
    weights: null,
    expected_return: null,
    volatility: null,
    sharpe_ratio: null,
    risk_contributions: null,
    reason,
    reasons: Object.fromEntries(fields.map((field) => [field, reason])),
  };
}
