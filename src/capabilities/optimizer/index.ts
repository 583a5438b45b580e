/** What can be asked of the agent `optimizer`: trades, their impact, and hedges. */

export const optimizerCatalogue = {} as const;
