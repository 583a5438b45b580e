/** The agent `macro_hound`: the economy: indicators, regimes, cycles, scenarios. */
import { macroCatalogue } from '../../src/capabilities/macro';
import { defineAgent } from '../agent';

type Name = keyof typeof macroCatalogue;
const names = Object.keys(macroCatalogue) as Name[];

export const macroHound = defineAgent('macro_hound', names, (_services: unknown) => ({}));
