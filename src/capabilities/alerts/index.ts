/** What can be asked of the agent `alerts`: conditions that somebody wants to hear of. */
import { alertsCreate, alertsCreateIfThreshold, alertsDelete } from './create';
import { alertsEvaluate, alertsList } from './evaluate';
import { alertsSuggestPresets } from './suggest';

export const alertsCatalogue = {
  'alerts.suggest_presets': alertsSuggestPresets,
  'alerts.create': alertsCreate,
  'alerts.create_if_threshold': alertsCreateIfThreshold,
  'alerts.delete': alertsDelete,
  'alerts.list': alertsList,
  'alerts.evaluate': alertsEvaluate,
} as const;
