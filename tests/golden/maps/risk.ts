/** Golden cases of others, asked in the calculator's arguments. */
import { addDays, daysBetween } from '../../../src/services/dates';
import type { GoldenMap, Maps } from '../map';

const risk: GoldenMap = async ({ input }, ask) => {
  const prices = input.price as [string, number][] | undefined;
  const result = await ask('calc.risk_statistics', {
    returns: prices ? prices.slice(1).map(([, price], i) => price / prices[i]![1] - 1) : input.returns,
    ...(input.periods_per_year !== undefined && { periods_per_year: input.periods_per_year }),
    ...(prices && { periods_per_year: yearOf(prices.map(([date]) => date)) }),
    ...(input.rf !== undefined && { risk_free: input.rf }),
    ...(input.mar !== undefined && { minimum_acceptable_return: input.mar }),
    ...(input.cutoff !== undefined && { confidence: 1 - input.cutoff }),
  });
  return {
    ...result,
    sharpe: result.sharpe_ratio,
    sortino: result.sortino_ratio,
    var: result.value_at_risk.historical,
    cvar: result.expected_shortfall.historical,
    volatility_period: result.period_volatility,
    semi_volatility_period: result.period_semi_volatility,
  };
};

/** Periods of a year whose periods are as long as these on average. */
function yearOf(dates: string[]): number {
  return 365 / (daysBetween(dates[0]!, dates.at(-1)!) / (dates.length - 1));
}

/** A ratio that is not annualised is one of a year of one period. */
const perPeriod: GoldenMap = async (golden, ask) => {
  const result = await risk({ ...golden, input: { ...golden.input, periods_per_year: 1 } }, ask);
  return { ...result, sortino_per_period: result['sortino'] };
};

const maxDrawdown: GoldenMap = async ({ input }, ask) => {
  const points = (input.prices ?? (input.peak && [input.peak, input.trough])) as [string, number][] | undefined;
  const cumulative = input.cumulative as number[] | undefined;
  const result = await ask('calc.drawdown', {
    ...(input.returns && { returns: input.returns }),
    ...(points && { dates: points.map(([date]) => date), index: points.map(([, value]) => value) }),
    ...(cumulative && {
      dates: cumulative.map((_, i) => addDays('2020-01-01', i)),
      index: cumulative.map((value) => 1 + value),
    }),
  });
  return { ...result, series: result.series.map((point: { drawdown: number }) => point.drawdown) };
};

/** Sizes in the source; the calculator's drawdowns are negative. */
const drawdownAtRisk: GoldenMap = async ({ input, expected }, ask) => {
  const result = await ask('calc.drawdown', input);
  const admissible = expected['dar_one_of'] as number[] | undefined;
  return {
    dar: result.drawdown_at_risk,
    cdar: result.conditional_drawdown_at_risk,
    max_drawdown: -result.max_drawdown,
    average_drawdown: -result.average_drawdown,
    ulcer_index: result.ulcer_index,
    ...(admissible && {
      dar_one_of: admissible.some((one) => Math.abs(one - result.drawdown_at_risk) < 1e-9) ? admissible : result,
    }),
  };
};

const scenario: GoldenMap = async ({ input }, ask) => {
  if (input.r_local !== undefined) {
    const { positions } = await ask('calc.scenario', {
      positions: [{ id: 'asset', value: 1, betas: { market: 1 }, r_fx: input.r_fx }],
      shocks: { market: input.r_local },
    });
    return { r_base: positions[0].return };
  }
  const named = (values: number[]): object => Object.fromEntries(values.map((value, k) => [`factor${String(k)}`, value]));
  const { positions, total } = await ask('calc.scenario', {
    positions: input.weights.map((value: number, i: number) => ({
      id: String(i),
      value,
      betas: named(input.betas[i]),
    })),
    shocks: named(input.shocks),
  });
  return {
    position_returns: positions.map((position: { return: number }) => position.return),
    portfolio_return: total.return,
  };
};

export const riskMaps: Maps = {
  risk,
  'RISK-PA-01': perPeriod,
  max_drawdown: maxDrawdown,
  drawdown_at_risk: drawdownAtRisk,
  benchmark_relative: ({ input }, ask) => ask('calc.benchmark_relative', input),
  factor_exposure: ({ input }, ask) =>
    ask('calc.factor_regression', { returns: input.returns, factors: input.factors, risk_free: input.rf }),
  scenario_stress: scenario,
};
