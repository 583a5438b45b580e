/** How a portfolio did over time: money-weighted return, risk, benchmark, factors. */

export const performanceCatalogue = {} as const;
