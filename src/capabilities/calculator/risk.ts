/** The calculator's risk: statistics of returns, drawdowns, benchmark, factors, components, scenarios. */

export const riskCatalogue = {} as const;
