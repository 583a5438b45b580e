/** The economy: indicators, regimes, cycles. */
import {
  cyclesComputeCivil,
  cyclesComputeEmpire,
  cyclesComputeLongTerm,
  cyclesComputeShortTerm,
} from './cycles';
import { macroGetIndicators } from './indicators';
import { macroDetectRegime } from './regime';

export const economyCatalogue = {
  'macro.get_indicators': macroGetIndicators,
  'macro.detect_regime': macroDetectRegime,
  'cycles.compute_short_term': cyclesComputeShortTerm,
  'cycles.compute_long_term': cyclesComputeLongTerm,
  'cycles.compute_empire': cyclesComputeEmpire,
  'cycles.compute_civil': cyclesComputeCivil,
} as const;
