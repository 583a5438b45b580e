/** `macro.run_scenario`. */
import { Type } from '@sinclair/typebox';
import { closed, historyCall, portfolioArgs } from '../analyst/window';
import { capabilitiesOf } from '../capability';
import { ScenarioResult } from './scenarios-result';

const range = (description: string, minimum: number, maximum: number) =>
  Type.Optional(Type.Number({ minimum, maximum, description }));

export const CustomShocks = Type.Object(
  {
    rates_bps: range('change of real interest rates, basis points', -500, 500),
    inflation_bps: range('change of expected inflation, basis points', -1000, 1000),
    cpi_surprise_pct: range(
      'the same in percentage points (0.4 = 40 basis points); give one of the two',
      -10,
      10,
    ),
    credit_bps: range('change of the investment-grade spread, basis points; above 0 it widens', -500, 1000),
    usd_pct: range('change of the US dollar against every other currency, percent (5 = 5 %)', -60, 100),
    usd_vs_cad_pct: range(
      'the same, stated against the Canadian dollar: the US dollar moves against all others alike; give one of the two',
      -60,
      100,
    ),
    equity_pct: range('return of the broad share market, percent (-20 = a fall by a fifth)', -90, 200),
    commodity_pct: range('change of commodity prices, percent', -90, 300),
    volatility_pct: range('change of implied volatility, percent; no position answers to it', -90, 1000),
  },
  { ...closed, minProperties: 1, title: 'CustomShocks' },
);

export const macroRunScenario = capabilitiesOf('macro_hound')({
  name: 'macro.run_scenario',
  summary:
    'What a scenario of the library, own shocks, or both do to a portfolio at market value: shares by sector, bonds by duration ' +
    'and convexity, other currencies by their translation.',
  args: Type.Object(
    {
      ...portfolioArgs,
      scenario_id: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 64,
          description: 'of the library; one that it does not hold is refused and all ids are named',
        }),
      ),
      custom_shocks: Type.Optional(
        Type.Unsafe<(typeof CustomShocks)['static']>({
          ...CustomShocks,
          description: 'alone, or in place of the library scenario’s own shocks of the same factor',
        }),
      ),
    },
    closed,
  ),
  result: ScenarioResult,
  ...historyCall,
  version: '2',
});
