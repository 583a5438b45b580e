/** Explains `metrics.compute_benchmark`: both returns on the days that both have, the benchmark's levels in base currency. */
import { type WindowName, windowNames } from '../../../contract/window-names';
import { benchmarkLevels } from '../../../services/benchmark-levels';
import { benchmarkRelative } from '../../../services/benchmark-relative';
import { benchmarkWindow } from '../../../services/benchmark-window';
import { calendarWindows } from '../../../services/calendar-windows';
import { ratePerPeriod } from '../../../services/daily-returns';
import { daysBetween } from '../../../services/dates';
import { figures } from '../../../services/figures';
import { joinReturns } from '../../../services/joined-returns';
import { chain } from '../../../services/returns';
import { annualReturn } from '../../../services/risk-statistics';
import type { NoWindow, Window } from '../../../services/window';
import type { Benchmark, Evidence } from '../evidence';
import type { Explainer, Subject, Told } from '../explainer';
import { valueAt } from '../field-path';
import type { PortfolioPast } from '../past';
import { toPrice } from '../day-valuation';
import { daysOf, quotesOf, windowOf } from '../window-evidence';
import { amountText, countText, percentText } from '../words';

const tradingDays = 252;

interface Case {
  subject: Subject;
  window: Window | NoWindow;
  past: PortfolioPast;
  benchmark: Benchmark;
  levels: ReadonlyMap<string, number>;
}

export const explainBenchmark: Explainer = async (subject, evidence) => {
  const past = await evidence.past();
  const symbol = valueAt(subject.whole, ['benchmark', 'symbol']);
  const benchmark = typeof symbol === 'string' ? await evidence.benchmark(symbol) : null;
  if (!benchmark) {
    const text = 'Neither the call nor the portfolio names a benchmark.';
    return { recomputed: subject.value === 0 ? 0 : null, calculation: [], inputs: {}, text: [text] };
  }
  const rates = [...past.rates.values()].flat();
  const all = [...rates, ...benchmark.rates].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const { prices, splits } = benchmark;
  const levels = benchmarkLevels(past.history.dates, prices, all, past.base_currency, splits);
  const [first = '', name = '', member = ''] = subject.path;
  const isCalendar = first === 'windows' && (windowNames as readonly string[]).includes(name);
  const window = isCalendar ? calendarWindows(past.history)[name as WindowName] : windowOf(subject, past);
  const one: Case = { subject, window, past, benchmark, levels };
  const found = isCalendar ? benchmarkWindow(window, past.history, levels) : figuresOf(one);
  const recomputed = valueAt(found, [isCalendar ? member : first]);
  if (recomputed === undefined) return null;
  return tell(one, recomputed, isCalendar ? member : first, evidence);
}; // prettier-ignore

function figuresOf({ window, past, levels, subject: { args } }: Case): Record<string, unknown> {
  const { from, to, returns, benchmark } = joinReturns(window, past.history, levels);
  const risk_free = typeof args['risk_free'] === 'number' ? args['risk_free'] : 0;
  const method = args['alpha_method'];
  const relative = benchmarkRelative({
    returns,
    benchmark,
    periods_per_year: tradingDays,
    risk_free: ratePerPeriod(risk_free, tradingDays),
    alpha_method: method === 'arithmetic' || method === 'annualised_jensen' ? method : 'compounded',
  });
  const { figure } = figures();
  const none = returns.length === 0 ? 'TOO_FEW_OBSERVATIONS' : undefined;
  return {
    ...relative,
    from,
    to,
    days: from === null || to === null ? null : daysBetween(from, to),
    observations: returns.length,
    portfolio_return: figure('portfolio_return', none, () => chain(returns)),
    benchmark_return: figure('benchmark_return', none, () => chain(benchmark)),
    active_return: figure('active_return', none, () => chain(returns) - chain(benchmark)),
    portfolio_annual_return: annualReturn(returns, tradingDays, figure, 'portfolio_annual_return'),
    benchmark_annual_return: annualReturn(benchmark, tradingDays, figure, 'benchmark_annual_return'),
  };
}

function tell(one: Case, recomputed: unknown, member: string, { pack }: Evidence): Told {
  const { window, past, benchmark, levels } = one;
  const { security, prices } = benchmark;
  const base = past.base_currency;
  const { from, to, returns, benchmark: theirs } = joinReturns(window, past.history, levels);
  const levelWords = [from, to].flatMap((date) => {
    const level = date === null ? undefined : levels.get(date);
    return level === undefined ? [] : [`${amountText(level)} on ${String(date)}`];
  });
  const isComparison = returns.length > 0 && /return|alpha|beta|annualised/.test(member);
  const days = 'reason' in window ? [] : window.values;
  const isTotal = security.is_total_return === true;
  return {
    recomputed,
    calculation: isComparison
      ? [
          `${security.symbol} in ${base}: ${levelWords.join(', ')}; return ${percentText(chain(theirs))}`,
          `portfolio, ${countText(returns.length, 'return')} on the same days linked: ${percentText(chain(returns))}`,
          ...(member === 'active_return'
            ? [`${percentText(chain(returns))} − ${percentText(chain(theirs))} = ${percentText(chain(returns) - chain(theirs))}`.replace('− −', '+ ')]
            : []),
        ]
      : [],
    inputs: {
      days: daysOf(days),
      prices: prices.filter(({ date }) => from !== null && date >= from && date <= pack.date).map(toPrice),
      fx: quotesOf(past, days).fx,
    },
    text: [
      `The portfolio is measured against ${security.name} (${security.symbol}), converted from ${security.currency} into ${base} at each day’s exchange rate, on the ${countText(returns.length, 'day')} that both have. ${isTotal ? 'Dividends are in both.' : 'The index leaves dividends out, the portfolio has them.'}`,
    ],
  };
} // prettier-ignore
