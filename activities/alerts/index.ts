/** The agent `alerts`: conditions that somebody wants to hear of. */
import { alertsCatalogue } from '../../src/capabilities/alerts';
import { defineAgent } from '../agent';

type Name = keyof typeof alertsCatalogue;
const names = Object.keys(alertsCatalogue) as Name[];

export const alerts = defineAgent('alerts', names, (_services: unknown) => ({}));
