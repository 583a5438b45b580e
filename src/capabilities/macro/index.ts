/** What can be asked of the agent `macro_hound`: the economy: indicators, regimes, cycles, scenarios. */

export const macroCatalogue = {} as const;
