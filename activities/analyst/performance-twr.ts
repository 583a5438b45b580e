/** Handler of `metrics.compute_twr`. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import { byWindow, calendarWindows } from '../../src/services/calendar-windows';
import type { NoWindow, Window } from '../../src/services/window';
import type { Handler } from '../agent';
import type { PortfolioHistory } from '../portfolio-history';
import { periodOf, type Return, returnOf, spanOf, withReason } from '../window-results';
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
  const returnFrom = returnsByStart();
  const inception = returnFrom(since_inception);
  const windows = calendarWindows(history);
  const { value, annualised, reasons, warnings } = returnFrom(window);
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
    windows: byWindow((name) => windowReturn(windows[name], returnFrom(windows[name]))),
    convention,
    warnings,
    reasons: { ...reasons, ...('reason' in window && withReason(missing, window.reason)) },
  };
}

const missing = [...amountFields, 'from', 'to', 'days'];

/** All windows end on the pack's day, so those of one start have one return. */
function returnsByStart(): (window: Window | NoWindow) => Return {
  const known = new Map<string, Return>();
  return (window) => {
    if ('reason' in window) return returnOf(window);
    const result = known.get(window.from) ?? returnOf(window);
    known.set(window.from, result);
    return result;
  };
}

function windowReturn(
  window: Window | NoWindow,
  { value, annualised, reasons, warnings }: Return,
): TwrResult['windows']['1d'] {
  return {
    value,
    annualised,
    ...spanOf(window),
    warnings,
    reasons: { ...reasons, ...('reason' in window && withReason(['from', 'to', 'days'], window.reason)) },
  };
}
