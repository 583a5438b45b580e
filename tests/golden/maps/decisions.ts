/** Golden cases of others, asked in the calculator's arguments. */
 
import type { Ask, GoldenCase, GoldenMap, Maps } from '../map';

/** PyPortfolioOpt's `portfolio_performance()`: return, volatility, Sharpe ratio. */
const frontier: GoldenMap = async ({ input, id, case: what }, ask) => {
  const objective = objectiveOf(`${id} ${what}`);
  const result = await ask('calc.optimise', {
    expected_returns: input.mu,
    covariance: input.cov,
    objective,
    risk_free: input.rf,
    ...(input.target === undefined ? {} : { target: input.target }),
    ...(input.bounds === undefined ? {} : { bounds: input.bounds }),
  });
  return {
    perf: [result.expected_return, result.volatility, result.sharpe_ratio],
    weights: result.weights,
  };
};

function objectiveOf(text: string): string {
  if (/sharpe|tangency/i.test(text)) return 'max_sharpe';
  if (/target return|efficient return/i.test(text)) return 'target_return';
  if (/target (volatility|risk)|efficient risk/i.test(text)) return 'target_volatility';
  if (/risk parity/i.test(text)) return 'risk_parity';
  return /inverse/i.test(text) ? 'inverse_volatility' : 'min_volatility';
}

/** Two assets by standard deviations and one covariance; short positions allowed. */
const twoAssets: GoldenMap = async ({ input }, ask) => {
  const [first, second] = input.sd as [number, number];
  const args = {
    expected_returns: input.mu,
    covariance: [
      [first * first, input.cov],
      [input.cov, second * second],
    ],
    risk_free: input.rf,
    bounds: [null, null],
  };
  const least = await ask('calc.optimise', { ...args, objective: 'min_volatility' });
  const tangency = await ask('calc.optimise', { ...args, objective: 'max_sharpe' });
  return {
    min_var_weight_debt: least.weights[0],
    min_var_sd: least.volatility,
    tangency_weight_debt: tangency.weights[0],
    tangency_return: tangency.expected_return,
    tangency_sd: tangency.volatility,
    tangency_sharpe: tangency.sharpe_ratio,
  };
};

/** Portfolio Performance's Rebalancer. */
const leastSquares = async ({ input }: GoldenCase, ask: Ask): Promise<Record<string, unknown>> => {
  const { solution, exactness } = await ask('calc.allocate', {
    unknowns: input.unknowns,
    exposures: input.equations,
    targets: input.targets,
    ...(input.fixed_sum === undefined ? {} : { total: input.fixed_sum }),
  });
  return { solution, quality: exactness };
};

const meanVariance: GoldenMap = (golden, ask) => {
  if (golden.input.equations !== undefined) return leastSquares(golden, ask);
  return golden.input.sd === undefined ? frontier(golden, ask) : twoAssets(golden, ask);
};

/** A monthly output that falls in the recessions alone has exactly these spells of falling. */
const businessCycles: GoldenMap = async ({ input }, ask) => {
  const spans = input.peaks_troughs as [string, string][];
  let level = 1_000;
  const real_gdp = months('1948-01', '2010-12').map((month) => {
    level += spans.some(([peak, trough]) => month > peak && month <= trough) ? -1 : 1;
    return { date: `${month}-01`, value: level };
  });
  const { rules } = await ask('calc.recession_rules', { real_gdp, thresholds: { negative_quarters: 1 } });
  return { count: rules.technical_recession.length };
};

function months(from: string, to: string): string[] {
  const [year, month] = from.split('-').map(Number) as [number, number];
  const all: string[] = [];
  for (let i = 0; all.at(-1) !== to; i += 1)
    all.push(new Date(Date.UTC(year, month - 1 + i, 1)).toISOString().slice(0, 7));
  return all;
}

export const decisionsMaps: Maps = {
  mean_variance_rebalance: meanVariance,
  macro_regime: businessCycles,
};
