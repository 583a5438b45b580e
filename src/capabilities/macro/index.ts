/** What can be asked of the agent `macro_hound`: the economy: indicators, regimes, cycles, scenarios. */
import { economyCatalogue } from './economy';

export const macroCatalogue = { ...economyCatalogue } as const;
