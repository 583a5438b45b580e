/** The calculator's holdings and money: lots, statement, exchange rates, prices, reconciliation. */

export const holdingsCatalogue = {} as const;
