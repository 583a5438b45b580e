/** `macro.get_indicators`. */
import { Type } from '@sinclair/typebox';
import { Reasons } from '../../contract/scalars';
import {
  AsofDate,
  closed,
  economyReads,
  IndicatorId,
  macroCapability,
  packArgs,
  Reading,
  ReadingConvention,
} from './define';

export const macroGetIndicators = macroCapability({
  name: 'macro.get_indicators',
  summary:
    'Economic indicators as they were known at a pack: latest value, its period, since when it was known, how old it is, ' +
    'and its z-score over the last years.',
  args: Type.Object(
    {
      ...packArgs,
      indicators: Type.Optional(
        Type.Array(IndicatorId, {
          minItems: 1,
          uniqueItems: true,
          description:
            'in the order of the answer; left out: slope of the yield curve, credit spread, unemployment, prices, ' +
            'production, payrolls, GDP, money and yields',
        }),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      asof_date: AsofDate,
      indicators: Type.Array(Reading),
      missing: Type.Array(IndicatorId, { description: 'those without a value: no series, or STALE' }),
      convention: ReadingConvention,
      reasons: Reasons,
    },
    closed,
  ),
  displayTtlSeconds: 3600,
  reads: economyReads,
  version: '2',
});
