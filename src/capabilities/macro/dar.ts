/** `macro.compute_dar`. */
import { Type } from '@sinclair/typebox';
import { DecimalString, Reasons, StringEnum } from '../../contract/scalars';
import { regimeNames } from '../../contract/macro-names';
import { closed, Figure, historyCall, portfolioArgs, windowResult } from '../analyst/window';
import { capabilitiesOf } from '../capability';
import { cyclesComputeLongTerm, cyclesComputeShortTerm } from './cycles';

export const macroComputeDar = capabilitiesOf('macro_hound')({
  name: 'macro.compute_dar',
  summary:
    'Drawdown at risk: the deepest fall from a peak over the coming days that is exceeded with probability 1 − confidence, of paths ' +
    'drawn from the portfolio’s own daily returns; with how such a figure did in the past.',
  args: Type.Object(
    {
      ...portfolioArgs,
      confidence: Type.Optional(Type.Number({ minimum: 0.5, maximum: 0.999, description: 'default 0.95' })),
      horizon_days: Type.Optional(
        Type.Integer({ minimum: 2, maximum: 252, description: 'trading days, default 21' }),
      ),
      regime: Type.Optional(
        Type.Union([StringEnum(regimeNames), Type.Null()], {
          description: 'draws from the days of months with this regime alone; left out or null: from all',
        }),
      ),
      cycle_multiplier: Type.Optional(
        Type.Number({
          minimum: 0.1,
          maximum: 5,
          description:
            'stretches every daily logarithmic return, default 1: 1.5 for a market half as wild again',
        }),
      ),
      cycle_phases: Type.Optional(
        Type.Object(
          {
            short_term: cyclesComputeShortTerm.result.properties.phase,
            long_term: cyclesComputeLongTerm.result.properties.phase,
          },
          {
            ...closed,
            description:
              'stretches returns by the multiplier that risk.overlay_cycle_phases has for these phases; instead of cycle_multiplier',
          },
        ),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      ...windowResult,
      drawdown_at_risk: Figure('fraction of the peak, a positive size'),
      conditional_drawdown_at_risk: Figure('mean of the drawdowns beyond it, a positive size'),
      median_drawdown: Figure('of the same paths, a positive size'),
      amount: Type.Union([DecimalString, Type.Null()], {
        description: 'drawdown_at_risk × value of the portfolio, in its currency',
      }),
      value: Type.Union([DecimalString, Type.Null()], { description: 'of the portfolio at the pack' }),
      confidence: Type.Number({ description: '0.95: exceeded with a probability of 5 %' }),
      horizon_days: Type.Integer({ description: 'trading days' }),
      cycle_multiplier: Type.Number({ description: 'what daily logarithmic returns were multiplied with' }),
      regime: Type.Union([StringEnum(regimeNames), Type.Null()]),
      sample_days: Type.Integer({ minimum: 0, description: 'daily returns that are drawn from' }),
      calibration: Type.Object(
        {
          windows: Type.Integer({
            minimum: 0,
            description: 'past stretches of the horizon, none overlapping',
          }),
          exceeded: Type.Integer({
            minimum: 0,
            description: 'in which the portfolio fell deeper than forecast from the days before it alone',
          }),
          hit_rate: Figure('exceeded over windows, a fraction; at best expected_rate'),
          expected_rate: Type.Number({ description: '1 − confidence' }),
          mean_absolute_deviation: Figure('of the falls from the medians that were forecast, a fraction'),
          reasons: Reasons,
        },
        closed,
      ),
      convention: Type.Object(
        {
          name: Type.String(),
          method: Type.String(),
          returns: Type.String(),
          paths: Type.Integer({ description: 'simulated' }),
          mean_block_days: Type.Integer({
            description: 'trading days of history that stay together, on average',
          }),
          seed: Type.String({ description: 'of the random numbers: from portfolio, pack and ledger commit' }),
          calibration_paths: Type.Integer({ description: 'simulated to measure the method itself' }),
          least_days: Type.Integer({ description: 'trading days below which nothing is said' }),
        },
        closed,
      ),
      reasons: Reasons,
    },
    closed,
  ),
  ...historyCall,
  version: '2',
});

export const darCatalogue = { 'macro.compute_dar': macroComputeDar } as const;
