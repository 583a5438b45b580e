/** The calculator's risk: statistics of returns, drawdowns, benchmark, factors, components, scenarios. */
import { benchmarkRelative } from './risk-benchmark';
import { drawdown } from './risk-drawdown';
import { componentRisk, factorRegression, scenario } from './risk-factors';
import { riskStatistics } from './risk-statistics';

export const riskCatalogue = {
  'calc.risk_statistics': riskStatistics,
  'calc.drawdown': drawdown,
  'calc.benchmark_relative': benchmarkRelative,
  'calc.factor_regression': factorRegression,
  'calc.component_risk': componentRisk,
  'calc.scenario': scenario,
} as const;
