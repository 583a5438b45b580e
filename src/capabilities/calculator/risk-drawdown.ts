/** `calc.drawdown`. */
import { Type } from '@sinclair/typebox';
import { IsoDate, Nullable, Reasons } from '../../contract/scalars';
import { capability, closed, maxRows } from './define';
import { Count, Figure, PeriodsPerYear, Returns, SeriesOf, Share } from './risk-define';

export const drawdown = capability({
  name: 'calc.drawdown',
  summary:
    'Falls from the highest value so far, of returns (from 1) or of an index, whose first value is the first peak. ' +
    'Drawdowns are negative; pain, ulcer and drawdown at risk are positive sizes.',
  args: Type.Object(
    {
      returns: Type.Optional(Returns),
      index: Type.Optional(SeriesOf('values ≥ 0 in place of returns')),
      compounded: Type.Optional(
        Type.Boolean({
          description: 'default true; false: returns are summed, falls are shares of the start value',
        }),
      ),
      dates: Type.Optional(
        Type.Array(IsoDate, {
          maxItems: maxRows + 1,
          description:
            'rising; one for each index point; for returns one each, or the start’s day before them',
        }),
      ),
      beta: Share('confidence of drawdown at risk, default 0.95'),
      periods_per_year: PeriodsPerYear,
    },
    closed,
  ),
  result: Type.Object(
    {
      max_drawdown: Figure('fraction of the peak, −1 to 0'),
      peak: Nullable(IsoDate),
      trough: Nullable(IsoDate),
      recovery: Nullable(IsoDate),
      duration: Figure('calendar days from the peak of the deepest fall to its recovery, or to the end'),
      average_drawdown: Figure('mean over all observations after the first value'),
      pain_index: Figure('its size'),
      ulcer_index: Figure('√ of the mean square'),
      annual_return: Figure('by periods_per_year, else by calendar days'),
      calmar_ratio: Figure('annual_return over |max_drawdown|'),
      drawdown_at_risk: Figure('the ⌈n(1 − beta)⌉-th worst drawdown, positive'),
      conditional_drawdown_at_risk: Figure('mean of the worst n(1 − beta), positive'),
      current_drawdown: Figure('of the last value'),
      high: Nullable(
        Type.Object(
          { date: Nullable(IsoDate), value: Type.Number({ description: 'of the index' }) },
          { ...closed, description: 'the highest value and its first day; of returns: from 1' },
        ),
      ),
      longest_drawdown_days: Figure('calendar days from a peak to the next higher one, or to the end'),
      series: Type.Array(
        Type.Object(
          {
            date: Type.Optional(IsoDate),
            drawdown: Type.Number({ description: '0 to −1, from the highest value so far' }),
          },
          closed,
        ),
        {
          description: 'for each index point, or each return and the start where that has a day',
        },
      ),
      observations: Count,
      beta: Type.Number({ description: 'confidence of drawdown at risk that was used' }),
      compounded: Type.Boolean(),
      reasons: Reasons,
    },
    closed,
  ),
});
