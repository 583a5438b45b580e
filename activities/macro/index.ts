/** The agent `macro_hound`: the economy: indicators, regimes, cycles, scenarios. */
import { macroCatalogue } from '../../src/capabilities/macro';
import { defineAgent } from '../agent';
import { darHandlers } from './dar';
import { economyHandlers } from './economy';
import type { MacroServices } from './economy-data';
import { scenariosHandlers } from './scenarios';

type Name = keyof typeof macroCatalogue;
const names = Object.keys(macroCatalogue) as Name[];

export const macroHound = defineAgent('macro_hound', names, (services: MacroServices) => ({
  ...economyHandlers(services),
  ...scenariosHandlers(services),
  ...darHandlers(services),
}));
