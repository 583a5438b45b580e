/** Handler of `metrics.compute_benchmark`. */
import type { ArgsOf, Catalogue, ResultOf } from '../../src/capabilities';
import { withUser } from '../../src/db/pool';
import { benchmarkRelative } from '../../src/services/benchmark-relative';
import { benchmarkWindow } from '../../src/services/benchmark-window';
import { byWindow, calendarWindows } from '../../src/services/calendar-windows';
import { dailyReturns, ratePerPeriod } from '../../src/services/daily-returns';
import { daysBetween } from '../../src/services/dates';
import { figures } from '../../src/services/figures';
import { joinReturns } from '../../src/services/joined-returns';
import { chain } from '../../src/services/returns';
import { annualReturn } from '../../src/services/risk-statistics';
import type { Handler } from '../agent';
import type { PortfolioHistory } from '../portfolio-history';
import { type BenchmarkSeries, loadBenchmark } from './benchmark-series';
import { withReason } from '../window-results';
import { packSource } from './pack-source';
import { reasonsOf } from './reasons';
import type { AnalystServices } from './services';

type BenchmarkResult = ResultOf<Catalogue['metrics.compute_benchmark']>;
type BenchmarkArgs = ArgsOf<Catalogue['metrics.compute_benchmark']>;

const tradingDays = 252;

export function computeBenchmark({
  database,
  historyOf,
}: AnalystServices): Handler<'metrics.compute_benchmark'> {
  return async (args, call) => {
    const history = await historyOf(args, call);
    const symbol = args.benchmark ?? call.ctx.benchmark_id;
    const series =
      symbol === null
        ? null
        : await withUser(database, call.ctx.user_id, (tx) => loadBenchmark(tx, symbol, history));
    return { result: benchmarkResult(history, series, args), ...packSource(history.pack) };
  };
}

/** @param series `null`: the portfolio has no benchmark, and none was named */
export function benchmarkResult(
  { base_currency, window, history }: Pick<PortfolioHistory, 'base_currency' | 'window' | 'history'>,
  series: BenchmarkSeries | null,
  { risk_free = 0, alpha_method = 'compounded' }: Pick<BenchmarkArgs, 'risk_free' | 'alpha_method'>,
): BenchmarkResult {
  const levels: BenchmarkSeries['levels'] = series?.levels ?? new Map();
  const { from, to, returns, benchmark, dropped } = joinReturns(window, history, levels);
  const windows = calendarWindows(history);
  const relative = benchmarkRelative({
    returns,
    benchmark,
    periods_per_year: tradingDays,
    risk_free: ratePerPeriod(risk_free, tradingDays),
    alpha_method,
  });
  const { figure, reasons } = figures();
  const none = returns.length === 0 ? 'TOO_FEW_OBSERVATIONS' : undefined;
  const measures = {
    from,
    to,
    days: from === null || to === null ? null : daysBetween(from, to),
    portfolio_return: figure('portfolio_return', none, () => chain(returns)),
    benchmark_return: figure('benchmark_return', none, () => chain(benchmark)),
    active_return: figure('active_return', none, () => chain(returns) - chain(benchmark)),
    portfolio_annual_return: annualReturn(returns, tradingDays, figure, 'portfolio_annual_return'),
    benchmark_annual_return: annualReturn(benchmark, tradingDays, figure, 'benchmark_annual_return'),
    alpha: relative.alpha,
    beta: relative.beta,
    correlation: relative.correlation,
    r_squared: relative.r_squared,
    tracking_error: relative.tracking_error,
    information_ratio: relative.information_ratio,
    treynor_ratio: relative.treynor_ratio,
    up_capture: relative.up_capture,
    down_capture: relative.down_capture,
    beta_up: relative.beta_up,
    beta_down: relative.beta_down,
  };
  const noWindow = 'reason' in window ? window.reason : undefined;
  const why = { from: none, to: none, days: none, ...relative.reasons, ...reasons };
  const noBenchmark = series === null ? 'NO_BENCHMARK' : series.levels.size === 0 ? 'NO_QUOTE' : undefined;
  return {
    benchmark: series && describe(series.security),
    ...measures,
    observations: returns.length,
    currency: base_currency,
    windows: byWindow((name) => {
      const one = benchmarkWindow(windows[name], history, levels);
      return series === null
        ? { ...one, reasons: withReason(Object.keys(one.reasons), 'NO_BENCHMARK') }
        : one;
    }),
    dropped: series === null ? { portfolio: [], benchmark: [] } : dropped,
    convention: {
      name: 'daily returns on common days, excess of the risk-free rate',
      conversion: 'price × rate of each day into the base currency',
      dividends:
        series?.security.is_total_return === true
          ? 'in the portfolio and in the benchmark'
          : 'in the portfolio, not in the benchmark',
      periods_per_year: tradingDays,
      risk_free,
      rates: '(1 + rate per year)^(1/252) − 1 a day',
      alpha_method,
      deviation: 'of the sample (n − 1)',
      active_return: 'arithmetic difference',
    },
    warnings: dailyReturns(window).warnings,
    reasons: {
      ...reasonsOf(measures, why, noBenchmark ?? noWindow),
      ...(series === null && { benchmark: 'NO_BENCHMARK' }),
    },
  };
}

function describe({
  symbol,
  name,
  currency,
  is_total_return,
}: BenchmarkSeries['security']): NonNullable<BenchmarkResult['benchmark']> {
  return { symbol, name, currency, series: is_total_return === true ? 'total_return' : 'price' };
}
