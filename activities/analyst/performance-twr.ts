/** Handler of `metrics.compute_twr`. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import { byWindow, calendarWindows } from '../../src/services/calendar-windows';
import type { NoWindow, Window } from '../../src/services/window';
import type { Handler } from '../agent';
import type { PortfolioHistory } from '../portfolio-history';
import { periodOf, returnOf, spanOf, withReason } from '../window-results';
import { packSource } from './pack-source';
import type { AnalystServices } from './services';
import { amountFields, amountsOf } from './window-amounts';

type TwrResult = ResultOf<Catalogue['metrics.compute_twr']>;

const convention = {
  name: 'time-weighted return (GIPS)',
  flow_timing: 'end_of_day',
  linking: 'daily, geometric',
  day_count: 'actual/365',
  valuation_days: 'trading days of the pricing pack',
};

export function computeTwr({ historyOf }: AnalystServices): Handler<'metrics.compute_twr'> {
  return async (args, call) => {
    const history = await historyOf(args, call);
    return { result: timeWeightedReturnResult(history), ...packSource(history.pack) };
  };
}

export function timeWeightedReturnResult({
  base_currency,
  history,
  window,
  since_inception,
}: Pick<PortfolioHistory, 'base_currency' | 'history' | 'window' | 'since_inception'>): TwrResult {
  const inception = returnOf(since_inception);
  const windows = calendarWindows(history);
  const { value, annualised, reasons, warnings } = returnOf(window);
  return {
    value,
    annualised,
    ...periodOf(window, base_currency),
    ...amountsOf(window),
    since_inception: {
      value: inception.value,
      annualised: inception.annualised,
      from: 'reason' in since_inception ? null : since_inception.from,
      observations: inception.observations,
      reasons: inception.reasons,
    },
    windows: byWindow((name) => windowReturn(windows[name])),
    convention,
    warnings,
    reasons: { ...reasons, ...('reason' in window && withReason(missing, window.reason)) },
  };
}

const missing = [...amountFields, 'from', 'to', 'days'];

function windowReturn(window: Window | NoWindow): TwrResult['windows']['1d'] {
  const { value, annualised, reasons, warnings } = returnOf(window);
  return {
    value,
    annualised,
    ...spanOf(window),
    warnings,
    reasons: { ...reasons, ...('reason' in window && withReason(['from', 'to', 'days'], window.reason)) },
  };
}
