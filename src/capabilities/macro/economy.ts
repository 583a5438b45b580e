/** The economy: indicators, regimes, cycles. */
import { macroGetIndicators } from './indicators';
import { macroDetectRegime } from './regime';

export const economyCatalogue = {
  'macro.get_indicators': macroGetIndicators,
  'macro.detect_regime': macroDetectRegime,
} as const;
