/** What happened in a portfolio: transactions, performance statement, corporate actions. */

export const activityCatalogue = {} as const;
