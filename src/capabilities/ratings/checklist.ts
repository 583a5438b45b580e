/** `ratings.checklist`: a company's figures against fixed marks. */
import { Type } from '@sinclair/typebox';
import { checkOutcomes, fundamentalNames, fundamentalUnits, ratingParts } from '../../contract/rating-names';
import { DecimalString, IsoDate, Reasons, StringEnum, Uuid } from '../../contract/scalars';
import { Fundamentals } from '../harvester/fundamentals';
import { closed, define } from './define';

export const ratingsChecklist = define({
  name: 'ratings.checklist',
  summary:
    'A company’s figures against the marks of a checklist: passed, failed, or not available with the reason.',
  args: Type.Object({ fundamentals: Fundamentals }, closed),
  result: Type.Object(
    {
      security_id: Uuid,
      symbol: Type.String(),
      asof_date: IsoDate,
      checks: Type.Array(
        Type.Object(
          {
            part: StringEnum(ratingParts),
            name: StringEnum(fundamentalNames),
            label: Type.String(),
            value: Type.Union([Type.Number(), DecimalString, Type.Null()], { description: 'in `unit`' }),
            unit: StringEnum(fundamentalUnits),
            mark: Type.String({ description: 'such as `>= 0.15`, in `unit`' }),
            outcome: StringEnum(checkOutcomes),
            period_end: Type.Union([IsoDate, Type.Null()], { description: 'of the newest year used' }),
            reasons: Reasons,
          },
          closed,
        ),
      ),
      passed: Type.Integer({ minimum: 0, description: 'checks' }),
      failed: Type.Integer({ minimum: 0, description: 'checks' }),
      not_available: Type.Integer({ minimum: 0, description: 'checks without a figure' }),
      method: Type.Object({ name: Type.String(), version: Type.String() }, closed),
      reasons: Reasons,
    },
    closed,
  ),
  displayTtlSeconds: 86_400,
});
