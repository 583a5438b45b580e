/** What the contracts of the agent `alerts` share. */
import { Type } from '@sinclair/typebox';
import { Alert, verdictOutcomes } from '../../contract/alert';
import { AlertCondition } from '../../contract/alert-condition';
import { IsoDate, Nullable, StringEnum, Uuid } from '../../contract/scalars';
import { closed } from '../analyst/window';
import { capabilitiesOf } from '../capability';

export { closed };

export const alertsCapability = capabilitiesOf('alerts');

/** An alert as it was created: without what was found of it since. */
export const CreatedAlert = Type.Omit(Alert, ['created_at', 'last_fired_at', 'last_evaluation'], {
  ...closed,
  title: 'CreatedAlert',
});

export const Evaluation = Type.Object(
  {
    alert_id: Uuid,
    title: Type.String(),
    condition: AlertCondition,
    asof_date: IsoDate,
    outcome: StringEnum(verdictOutcomes),
    sentence: Type.String({ description: 'what was found, with its unit, threshold and day' }),
    reason: Type.Union([Type.String(), Type.Null()], {
      description: 'of not_available: why there is no value',
    }),
    notification_id: Type.Union([Uuid, Type.Null()], {
      description: 'null: it does not fire, or is silent within its cooldown or for a day that was told',
    }),
    silent: Type.Boolean({ description: 'it fires, and was told already' }),
  },
  { ...closed, title: 'AlertEvaluation' },
);

export const PortfolioOrNone = Type.Optional(Nullable(Uuid));
