/** `macro.detect_trend_shifts`. */
import { Type } from '@sinclair/typebox';
import { regimeNames } from '../../contract/macro-names';
import { IsoDate, Nullable, Reasons, StringEnum } from '../../contract/scalars';
import { riskGetFactorExposureHistory } from '../analyst/performance-factor-history';
import { closed, Figure, macroCapability } from './define';
import { macroGetRegimeHistory } from './regime-history';

const Regime = StringEnum(regimeNames);
const NullableDay = Nullable(IsoDate);
const regimeMargin = 'points of score by which a new regime has to lead the next for its shift to be clear';
const betaChange = 'change of an exposure from the first to the last point that counts as a shift';

export const macroDetectTrendShifts = macroCapability({
  name: 'macro.detect_trend_shifts',
  summary:
    'What changed along a history of regimes and of a portfolio’s exposures, and whether it is more than thresholds.',
  args: Type.Object(
    {
      regime_history: macroGetRegimeHistory.result,
      factor_history: riskGetFactorExposureHistory.result,
      regime_margin: Type.Optional(
        Type.Number({ minimum: 0, maximum: 100, description: `${regimeMargin}; default 5` }),
      ),
      beta_change: Type.Optional(Type.Number({ minimum: 0, description: `${betaChange}; default 0.15` })),
    },
    closed,
  ),
  result: Type.Object(
    {
      regime_shift_detected: Type.Union([Type.Boolean(), Type.Null()], {
        description: 'whether there was a clear shift; null with fewer than two regimes to compare',
      }),
      regime_shifts: Type.Array(
        Type.Object(
          {
            from_date: IsoDate,
            to_date: IsoDate,
            from: Regime,
            to: Regime,
            margin: Figure('of the new regime over its runner-up, in points of score'),
            is_clear: Type.Boolean(),
          },
          closed,
        ),
        { description: 'points without a regime are passed over' },
      ),
      factor_shift_detected: Type.Union([Type.Boolean(), Type.Null()]),
      factor_changes: Type.Array(
        Type.Object(
          {
            factor: Type.String(),
            from_date: NullableDay,
            to_date: NullableDay,
            from: Figure('exposure at the first point that has one'),
            to: Figure('at the last'),
            change: Figure('to − from'),
            is_shift: Nullable(Type.Boolean()),
            reasons: Reasons,
          },
          closed,
        ),
      ),
      thresholds: Type.Object(
        {
          regime_margin: Type.Number({ description: regimeMargin }),
          beta_change: Type.Number({ description: betaChange }),
        },
        closed,
      ),
      reasons: Reasons,
    },
    closed,
  ),
  displayTtlSeconds: 3600,
});
