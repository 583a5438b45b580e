/** The economy: indicators, regimes, cycles. */
import { chartsMacroOverview } from './charts';
import {
  cyclesComputeCivil,
  cyclesComputeEmpire,
  cyclesComputeLongTerm,
  cyclesComputeShortTerm,
} from './cycles';
import { riskOverlayCyclePhases } from './cycle-overlay';
import { cyclesAggregateOverview } from './cycles-overview';
import { macroGetIndicators } from './indicators';
import { macroDetectRegime } from './regime';
import { macroGetRegimeHistory } from './regime-history';
import { macroDetectTrendShifts } from './trend-shifts';

export const economyCatalogue = {
  'macro.get_indicators': macroGetIndicators,
  'macro.detect_regime': macroDetectRegime,
  'macro.get_regime_history': macroGetRegimeHistory,
  'macro.detect_trend_shifts': macroDetectTrendShifts,
  'cycles.compute_short_term': cyclesComputeShortTerm,
  'cycles.compute_long_term': cyclesComputeLongTerm,
  'cycles.compute_empire': cyclesComputeEmpire,
  'cycles.compute_civil': cyclesComputeCivil,
  'cycles.aggregate_overview': cyclesAggregateOverview,
  'risk.overlay_cycle_phases': riskOverlayCyclePhases,
  'charts.macro_overview': chartsMacroOverview,
} as const;
