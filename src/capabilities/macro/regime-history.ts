/** `macro.get_regime_history`. */
import { Type } from '@sinclair/typebox';
import { IsoDate, Reasons } from '../../contract/scalars';
import { AsofDate, closed, economyReads, macroCapability, packArgs, VegaLite } from './define';
import { regimeFigures } from './regime';

export const lookbackWeeks = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: 520,
    description:
      'weeks back from the pack’s day, default 52; the history begins at the last month’s end on or before then',
  }),
);

export const macroGetRegimeHistory = macroCapability({
  name: 'macro.get_regime_history',
  summary:
    'The regime of the economy on the last trading day of each month and on the pack’s own, each by what was known on that day.',
  args: Type.Object({ ...packArgs, lookback_weeks: lookbackWeeks }, closed),
  result: Type.Object(
    {
      asof_date: AsofDate,
      points: Type.Array(Type.Object({ date: IsoDate, ...regimeFigures, reasons: Reasons }, closed)),
      chart: VegaLite('scores of all regimes over time'),
      convention: Type.Object(
        {
          rules_version: Type.String(),
          least_coverage: Type.Number({
            description: 'share of the rule’s weight below which there is no regime, a fraction',
          }),
          points: Type.String(),
        },
        closed,
      ),
      reasons: Reasons,
    },
    closed,
  ),
  displayTtlSeconds: 3600,
  policy: { startToCloseTimeout: '30s' },
  reads: economyReads,
  version: '2',
});
