/** The calendar windows that measures over time are given for. */

/**
 * The last trading day; since the end of last month, quarter, year; since the same day one, three, five years ago; since
 * the portfolio began.
 */
export const windowNames = ['1d', 'mtd', 'qtd', 'ytd', '1y', '3y', '5y', 'since_inception'] as const;
export type WindowName = (typeof windowNames)[number];
