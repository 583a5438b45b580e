/** What can be asked of the agent `macro_hound`: the economy: indicators, regimes, cycles, scenarios. */
import { darCatalogue } from './dar';
import { economyCatalogue } from './economy';
import { scenariosCatalogue } from './scenarios';

export const macroCatalogue = { ...economyCatalogue, ...scenariosCatalogue, ...darCatalogue } as const;
