/** Names that taxes go by: in arguments, results, and the services between. */

/** `as_booked` is what the ledger says, and so is `specific`: the ledger names the lots of a sale. */
export const taxLotMethods = ['as_booked', 'specific', 'fifo', 'lifo', 'hifo'] as const;
export type TaxLotMethod = (typeof taxLotMethods)[number];

/** Held up to so many days, or longer. */
export const taxTerms = ['short', 'long'] as const;
export type TaxTerm = (typeof taxTerms)[number];

export const defaultLongTermDays = 365;
export const defaultWashWindowDays = 30;
