/** Explains `metrics.compute_risk`: the daily returns that the statistics are of, and the days that made a fall or a tail. */
import { daysBetween } from '../../../services/dates';
import { dailyReturns, ratePerPeriod } from '../../../services/daily-returns';
import { drawdown } from '../../../services/drawdown';
import { mean, sampleDeviation } from '../../../services/moments';
import { riskStatistics } from '../../../services/risk-statistics';
import { wealthPath } from '../../../services/wealth-path';
import type { Window } from '../../../services/window';
import type { Evidence } from '../evidence';
import type { Explainer, Subject, Told } from '../explainer';
import { valueAt } from '../field-path';
import type { PortfolioPast } from '../past';
import { daysOf, flowsOf, quotesOf, windowOf } from '../window-evidence';
import { countText, percentText } from '../words';
import { explainNoWindow, explainSpan } from './window-span';

const tradingDays = 252;

export const explainRisk: Explainer = async (subject, evidence) => {
  const past = await evidence.past();
  const window = windowOf(subject, past);
  const [first = ''] = subject.path;
  if ('reason' in window) return explainNoWindow(window, past, first);
  const figures = figuresOf(window, subject);
  const name = subject.path.join('.');
  const recomputed = valueAt(figures, subject.path);
  if (recomputed === undefined) return explainSpan(window, first);
  return {
    recomputed,
    calculation: wordsOf(name, figures, subject),
    inputs: await inputsOf(window, past, evidence),
    text: textOf(name, figures),
  };
};

type Figures = ReturnType<typeof figuresOf>;

function figuresOf(window: Window, { args }: Subject) {
  const number = (name: string, otherwise: number): number => {
    const value = args[name];
    return typeof value === 'number' ? value : otherwise;
  };
  const { dates, returns, idle_days } = dailyReturns(window);
  const risk_free = ratePerPeriod(number('risk_free', 0), tradingDays);
  const minimum = ratePerPeriod(number('minimum_acceptable_return', 0), tradingDays);
  const statistics = riskStatistics({
    returns,
    periods_per_year: tradingDays,
    risk_free,
    minimum_acceptable_return: minimum,
    confidence: number('confidence', 0.95),
    quantile: args['quantile'] === 'kth_worst' ? 'kth_worst' : 'type_7',
  });
  const falls = drawdown(wealthPath({ returns, dates }), { periods_per_year: tradingDays });
  const known = returns.filter((value) => value !== null);
  return {
    ...falls,
    ...statistics,
    idle_days,
    current_peak: falls.high?.date ?? null,
    reasons: undefined,
    known,
    risk_free,
    minimum,
    dated: returns.map((value, index) => ({ date: dates[index + 1] ?? '', value })),
  };
}

/** The arithmetic, with its numbers. */
function wordsOf(name: string, figures: Figures, { value }: Subject): string[] {
  const { known, risk_free, minimum, observations } = figures;
  if (typeof value !== 'number') return [];
  const days = countText(observations, 'daily return');
  const root = '√252';
  switch (name) {
    case 'volatility':
      return [`standard deviation of ${days}: ${percentText(sampleDeviation(known))} a day × ${root} = ${percentText(value)} per year`];
    case 'sharpe_ratio': {
      const excess = known.map((one) => one - risk_free);
      return [`mean of the daily returns over the risk-free rate ${percentText(mean(excess))} ÷ their deviation ${percentText(sampleDeviation(excess))} × ${root} = ${value.toFixed(4)}`];
    }
    case 'sortino_ratio':
      return [`mean of the daily returns over the minimum ${percentText(mean(known.map((one) => one - minimum)))} ÷ downside deviation ${percentText((figures.downside_deviation ?? 0) / Math.sqrt(tradingDays))} × ${root} = ${value.toFixed(4)}`];
    case 'downside_deviation': {
      const below = known.filter((one) => one < minimum).length;
      return [`root mean square of ${countText(below, 'return')} below the minimum, over all ${String(observations)}: ${percentText(value / Math.sqrt(tradingDays))} a day × ${root} = ${percentText(value)} per year`];
    }
    case 'annual_return':
      return [`${days} linked, raised to 252/${String(observations)} = ${percentText(value)} per year`];
    case 'calmar_ratio':
      return [`${percentText(figures.annual_return ?? 0)} ÷ ${percentText(Math.abs(figures.max_drawdown ?? 0))} = ${value.toFixed(4)}`];
    case 'max_drawdown':
      return [`from the peak of ${figures.peak ?? 'the start'} to ${figures.trough ?? 'the start'}, all daily returns after the peak linked: ${percentText(value)}`];
    case 'current_drawdown':
      return [`from the peak of ${figures.current_peak ?? 'the start'} to the last day: ${percentText(value)}`];
    case 'duration':
      return [`${figures.peak ?? ''} to ${figures.recovery ?? 'the end of the period'}: ${countText(value, 'day')}`];
    default:
      return name.startsWith('value_at_risk.') || name.startsWith('expected_shortfall.') ? tailWords(name, figures, value) : [];
  }
} // prettier-ignore

function tailWords(name: string, { known, dated, confidence, value_at_risk }: Figures, value: number): string[] {
  const historical = value_at_risk.historical ?? 0;
  const worst = dated.filter((day) => day.value !== null && day.value <= historical).sort((a, b) => (a.value ?? 0) - (b.value ?? 0));
  const shown = worst.slice(0, 5).map((day) => `${day.date} ${percentText(day.value ?? 0)}`).join(', ');
  const share = percentText(1 - confidence);
  if (name === 'value_at_risk.historical')
    return [`of ${countText(known.length, 'daily return')} the worst ${share}, ${countText(worst.length, 'day')}, were ${percentText(value)} or less; the worst: ${shown}`];
  if (name === 'expected_shortfall.historical')
    return [`mean of the ${countText(worst.length, 'return')} of ${percentText(historical)} or less = ${percentText(value)}; the worst: ${shown}`];
  const deviation = Math.sqrt(mean(known.map((one) => (one - mean(known)) ** 2)));
  return [`from the mean ${percentText(mean(known))} and the deviation ${percentText(deviation)} of ${countText(known.length, 'daily return')}, as a normal distribution${name.endsWith('cornish_fisher') ? ' bent to their skewness and kurtosis' : ''} has it: ${percentText(value)}`];
} // prettier-ignore

function textOf(name: string, { observations, max_drawdown, peak, trough, recovery }: Figures): string[] {
  const basis = `It is made of ${countText(observations, 'daily time-weighted return')}: payments from and to the outside are taken out, so that none looks like a gain or a loss.`;
  if (!/drawdown|peak|trough|recovery|duration/.test(name) || max_drawdown === null || peak === null || trough === null) return [basis];
  const back = recovery === null ? 'it has not been back there since' : `it was back there on ${recovery}, ${countText(daysBetween(peak, recovery), 'day')} after the peak`;
  return [basis, `The deepest fall was ${percentText(max_drawdown)}, from ${peak} to ${trough}; ${back}.`];
} // prettier-ignore

async function inputsOf(window: Window, past: PortfolioPast, evidence: Evidence): Promise<Told['inputs']> {
  const flows = await flowsOf(evidence, past, window);
  return { flows, days: daysOf(window.values), ...quotesOf(past, window.values) };
}
