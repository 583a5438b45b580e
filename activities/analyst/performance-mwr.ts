/** Handler of `metrics.compute_mwr`. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import { byWindow, calendarWindows } from '../../src/services/calendar-windows';
import { moneyWeightedWindow } from '../../src/services/money-weighted-window';
import type { NoWindow, Window } from '../../src/services/window';
import type { Handler } from '../agent';
import type { PortfolioHistory } from '../portfolio-history';
import { money, withReason } from '../window-results';
import { packSource } from './pack-source';
import type { AnalystServices } from './services';
import { amountFields, amountsOf } from './window-amounts';

type MwrResult = ResultOf<Catalogue['metrics.compute_mwr']>;

const convention = {
  name: 'internal rate of return (XIRR)',
  day_count: 'actual/365 fixed',
  opening_value:
    'a deposit on the first day of the window; of nothing there is none: from the first money on',
  flow_dates: 'own day at its rates; without a valuation that day, the next valued one',
  roots: 'the rate nearest 0 of all above −1',
};

export function computeMwr({ historyOf }: AnalystServices): Handler<'metrics.compute_mwr'> {
  return async (args, call) => {
    const history = await historyOf(args, call);
    return { result: moneyWeightedReturnResult(history), ...packSource(history.pack) };
  };
}

export function moneyWeightedReturnResult({
  base_currency,
  history,
  window,
}: Pick<PortfolioHistory, 'base_currency' | 'history' | 'window'>): MwrResult {
  const windows = calendarWindows(history);
  const { reasons, ...measure } = measureOf(window);
  return {
    ...measure,
    currency: base_currency,
    ...amountsOf(window),
    windows: byWindow((name) => measureOf(windows[name])),
    convention,
    reasons: { ...reasons, ...('reason' in window && withReason(amountFields, window.reason)) },
  };
}

const figures = ['value', 'period_return', 'gain', 'from', 'to', 'days'];

function measureOf(window: Window | NoWindow): MwrResult['windows']['1d'] {
  if ('reason' in window) {
    const none = { value: null, period_return: null, gain: null, from: null, to: null, days: null };
    const counts = { flows: 0, multiple_roots: false, total_loss: false };
    return { ...none, ...counts, reasons: withReason(figures, window.reason) };
  }
  const { gain, ...measure } = moneyWeightedWindow(window);
  return { ...measure, gain: money(gain), to: window.to };
}
