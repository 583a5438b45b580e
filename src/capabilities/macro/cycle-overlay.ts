/** `risk.overlay_cycle_phases`. */
import { Type } from '@sinclair/typebox';
import { IsoDate, Nullable, Reasons, StringEnum } from '../../contract/scalars';
import { riskComputeFactorExposures } from '../analyst/performance-factors';
import { cyclesComputeLongTerm, cyclesComputeShortTerm } from './cycles';
import { AsofDate, closed, Figure, macroCapability, VegaLite } from './define';

const Cycle = StringEnum(['short_term', 'long_term']);
const Phase = Nullable(Type.String({ description: 'as the cycle’s own capability names it' }));
const Multiplier = Figure('1: as usual; above 1 markets are taken to be wilder');
const Amplified = Figure('beta × multiplier');

export const riskOverlayCyclePhases = macroCapability({
  name: 'risk.overlay_cycle_phases',
  summary:
    'What the phases of the debt cycles mean for a portfolio’s exposures to factors: each exposure times the phases’ ' +
    'multiplier, which is a judgement kept as data.',
  args: Type.Object(
    {
      factor_exposures: riskComputeFactorExposures.result,
      stdc: cyclesComputeShortTerm.result,
      ltdc: cyclesComputeLongTerm.result,
    },
    closed,
  ),
  result: Type.Object(
    {
      asof_date: AsofDate,
      exposures_to: Type.Union([IsoDate, Type.Null()], {
        description: 'last day of the returns that the exposures are of',
      }),
      cycles: Type.Array(
        Type.Object({ cycle: Cycle, phase: Phase, multiplier: Multiplier, reasons: Reasons }, closed),
      ),
      overall_multiplier: Figure('mean over the cycles whose phase is known'),
      risk_level: Type.Union([StringEnum(['normal', 'medium', 'high']), Type.Null()], {
        description: 'of the overall multiplier, by `thresholds`',
      }),
      factors: Type.Array(
        Type.Object(
          {
            factor: Type.String(),
            beta: Figure('return for a factor return of 1'),
            multiplier: Multiplier,
            amplified_beta: Amplified,
            is_amplified: Type.Union([Type.Boolean(), Type.Null()]),
            reasons: Reasons,
          },
          closed,
        ),
      ),
      amplified_factors: Type.Array(Type.String(), { description: 'the largest first' }),
      most_exposed_factor: Nullable(Type.String({ description: 'with the largest amplified exposure' })),
      heatmap: Type.Array(
        Type.Object(
          {
            factor: Type.String(),
            cycle: Cycle,
            phase: Phase,
            multiplier: Multiplier,
            amplified_beta: Amplified,
          },
          closed,
        ),
        { description: 'for each factor and each cycle alone; null where one of both is not available' },
      ),
      charts: Type.Object(
        {
          heatmap: VegaLite('exposure times multiplier by factor and cycle'),
          amplified_factors: VegaLite('exposures as they are and amplified'),
        },
        closed,
      ),
      thresholds: Type.Object(
        {
          amplified: Type.Number({ description: 'multiplier above which a factor is amplified' }),
          medium: Type.Number({ description: 'multiplier above which the risk is medium' }),
          high: Type.Number({ description: 'multiplier above which the risk is high' }),
        },
        { ...closed, description: 'multipliers above which it is so' },
      ),
      multipliers_version: Type.String(),
      reasons: Reasons,
    },
    closed,
  ),
  displayTtlSeconds: 3600,
  version: '2',
});
