/** The calculator's returns: annualised, time-weighted, money-weighted, attributed. */
import { Type } from '@sinclair/typebox';
import { Nullable, Reasons } from '../../contract/scalars';
import { capability, closed, Numeric } from './define';

const annualise = capability({
  name: 'calc.annualise',
  summary: 'Annualises a total return: (1 + R)^(365/days) − 1, or (1 + R)^(periods_per_year/periods) − 1.',
  args: Type.Object(
    {
      total_return: Numeric,
      days: Type.Optional(Type.Integer({ minimum: 0, description: 'calendar days' })),
      periods: Type.Optional(Numeric),
      periods_per_year: Type.Optional(Numeric),
    },
    closed,
  ),
  result: Type.Object(
    {
      annualised: Nullable(Type.Number()),
      convention: Type.String(),
      reasons: Reasons,
    },
    closed,
  ),
});

export const returnsCatalogue = {
  'calc.annualise': annualise,
} as const;
