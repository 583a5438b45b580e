/** `charts.macro_overview`. */
import { Type } from '@sinclair/typebox';
import { riskComputeFactorExposures } from '../analyst/performance-factors';
import { macroComputeDar } from './dar';
import { closed, macroCapability, VegaLite } from './define';
import { macroGetIndicators } from './indicators';
import { macroDetectRegime } from './regime';

export const chartsMacroOverview = macroCapability({
  name: 'charts.macro_overview',
  summary:
    'Draws the economy and what it means for a portfolio: regime, indicators, exposures, drawdown at risk.',
  args: Type.Object(
    {
      regime: macroDetectRegime.result,
      indicators: macroGetIndicators.result,
      factor_exposures: riskComputeFactorExposures.result,
      dar: macroComputeDar.result,
    },
    closed,
  ),
  result: Type.Object(
    {
      regime_card: VegaLite('scores of the regimes'),
      indicators: VegaLite('z-scores of the indicators'),
      factor_exposures: VegaLite('a bar for each factor'),
      dar: VegaLite('the drawdowns to be expected, at worst, and beyond that'),
    },
    closed,
  ),
  version: '2',
});
