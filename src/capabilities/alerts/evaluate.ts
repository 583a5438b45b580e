/** `alerts.list`, `alerts.evaluate`. */
import { Type } from '@sinclair/typebox';
import { Alert } from '../../contract/alert';
import { IsoDate, PackId, Uuid } from '../../contract/scalars';
import { alertsCapability, closed, Evaluation } from './alert';
import { PortfolioFilter } from './create';

export const alertsList = alertsCapability({
  name: 'alerts.list',
  summary: 'One’s own alerts, the newest first, each with what was last found of it.',
  args: Type.Object(
    {
      portfolio_id: PortfolioFilter,
      active: Type.Optional(Type.Boolean({ description: 'left out: active and paused ones' })),
    },
    closed,
  ),
  result: Type.Object(
    { alerts: Type.Array(Alert), count: Type.Integer({ minimum: 0, description: 'alerts' }) },
    closed,
  ),
  // It answers what the table holds now.
  pure: false,
  reads: ['user_id'],
});

export const alertsEvaluate = alertsCapability({
  name: 'alerts.evaluate',
  summary:
    'Evaluates the active alerts on a portfolio, and those on none, at the pack, and notifies of those that fire. What was ' +
    'told already, for this day or within the cooldown, is not told again.',
  args: Type.Object({ portfolio_id: Uuid, pack_id: PackId }, closed),
  result: Type.Object(
    {
      asof_date: IsoDate,
      evaluations: Type.Array(Evaluation),
      failed: Type.Array(
        Type.Object(
          { alert_id: Uuid, title: Type.String(), code: Type.String(), message: Type.String() },
          closed,
        ),
        {
          description:
            'alerts that could not be evaluated; dead letters, which `dawsos alerts replay` tries again',
        },
      ),
      fired: Type.Integer({ minimum: 0, description: 'silent ones included' }),
      notified: Type.Integer({ minimum: 0, description: 'alerts that were told' }),
      not_available: Type.Integer({ minimum: 0, description: 'alerts without a value' }),
    },
    closed,
  ),
  effect: 'write',
  reads: ['user_id', 'portfolio_id'],
  policy: { startToCloseTimeout: '60s' },
});
