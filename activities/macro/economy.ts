/** Handlers of src/capabilities/macro/economy.ts. */
import type { economyCatalogue } from '../../src/capabilities/macro/economy';
import type { HandlersOf } from '../agent';
import { macroOverviewCharts } from './charts';
import { aggregateOverview, overlayCyclePhases } from './cycle-views';
import { cycleHandlers } from './cycles';
import type { MacroServices } from './economy-data';
import { getIndicators } from './indicators';
import { detectRegime } from './regime';
import { detectTrendShifts, getRegimeHistory } from './trends';

export function economyHandlers(services: MacroServices): HandlersOf<keyof typeof economyCatalogue> {
  return {
    'macro.get_indicators': getIndicators(services),
    'macro.detect_regime': detectRegime(services),
    'macro.get_regime_history': getRegimeHistory(services),
    'macro.detect_trend_shifts': detectTrendShifts,
    ...cycleHandlers(services),
    'cycles.aggregate_overview': aggregateOverview,
    'risk.overlay_cycle_phases': overlayCyclePhases,
    'charts.macro_overview': macroOverviewCharts,
  };
}
