/** What a row of a ledger can be: in the database, in results, and in the services between. */

export const transactionTypes = [
  'BUY',
  'SELL',
  'SPLIT',
  'DIVIDEND',
  'INTEREST',
  'FEE',
  'TAX',
  'DEPOSIT',
  'WITHDRAWAL',
  'FX_CONVERSION',
] as const;
export type TransactionType = (typeof transactionTypes)[number];
