/** Handler of `charts.macro_overview`. */
import {
  drawdownChart,
  exposuresChart,
  indicatorsChart,
  regimeChart,
} from '../../src/services/chart-economy';
import type { Handler } from '../agent';

export const macroOverviewCharts: Handler<'charts.macro_overview'> = (args) => {
  const { regime, indicators, factor_exposures, dar } = args;
  const { asof_date } = regime;
  const result = {
    regime_card: regimeChart(asof_date, regime),
    indicators: indicatorsChart(indicators.asof_date, indicators.indicators),
    factor_exposures: exposuresChart(factor_exposures.to, factor_exposures),
    dar: drawdownChart(dar.to, dar),
  };
  return Promise.resolve({ result, asof_date });
};
