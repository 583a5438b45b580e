/** The agent `alerts`: conditions that somebody wants to hear of. */
import { alertsCatalogue } from '../../src/capabilities/alerts';
import { defineAgent } from '../agent';
import type { AlertServices } from './calls';
import { createHandlers } from './create';
import { evaluateHandlers } from './evaluate';
import { suggestPresets } from './suggest';

type Name = keyof typeof alertsCatalogue;
const names = Object.keys(alertsCatalogue) as Name[];

export const alerts = defineAgent('alerts', names, (services: AlertServices) => ({
  ...createHandlers(services),
  ...evaluateHandlers(services),
  'alerts.suggest_presets': suggestPresets,
}));
