/** The calculator's decisions: optimiser, rebalancing, ratings, regimes. */

export const decisionsCatalogue = {} as const;
