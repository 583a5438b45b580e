/** `alerts.suggest_presets`. */
import { Type } from '@sinclair/typebox';
import { AlertDraft } from '../../contract/alert';
import { Uuid } from '../../contract/scalars';
import { macroDetectTrendShifts } from '../macro/trend-shifts';
import { alertsCapability, closed } from './alert';

export const alertsSuggestPresets = alertsCapability({
  name: 'alerts.suggest_presets',
  summary:
    'Alerts that the trends of economy and portfolio call for, each with its reason; alerts.create takes one as it is. ' +
    'Thresholds are the usual ones of each type. It creates nothing.',
  args: Type.Object({ trend_analysis: macroDetectTrendShifts.result, portfolio_id: Uuid }, closed),
  result: Type.Object(
    {
      suggestions: Type.Array(
        Type.Object(
          { reason: Type.String({ description: 'why it is offered, in words' }), alert: AlertDraft },
          { ...closed, title: 'AlertSuggestion' },
        ),
      ),
      count: Type.Integer({ minimum: 0, description: 'suggestions' }),
    },
    closed,
  ),
  displayTtlSeconds: 3600,
});
