/** What can be asked of the agent `calculator`: measures on numbers given as arguments, without any data of ours. */
import { Type } from '@sinclair/typebox';
import { DecimalString, Nullable, Reasons } from '../contract/scalars';
import { capabilitiesOf } from './capability';

const capability = capabilitiesOf('calculator');
const Numeric = Type.Union([Type.Number(), DecimalString]);

export const calcAnnualise = capability({
  name: 'calc.annualise',
  summary: 'Annualises a total return: (1 + R)^(365/days) − 1, or (1 + R)^(periods_per_year/periods) − 1.',
  args: Type.Object(
    {
      total_return: Numeric,
      days: Type.Optional(Type.Integer({ minimum: 0, description: 'calendar days' })),
      periods: Type.Optional(Numeric),
      periods_per_year: Type.Optional(Numeric),
    },
    { additionalProperties: false },
  ),
  result: Type.Object(
    {
      annualised: Nullable(Type.Number()),
      convention: Type.String(),
      reasons: Reasons,
    },
    { additionalProperties: false },
  ),
});
