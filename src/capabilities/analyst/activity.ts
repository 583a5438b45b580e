/** What happened in a portfolio: transactions, performance statement, corporate actions. */
import { ledgerTransactions } from './activity-transactions';

export const activityCatalogue = {
  'ledger.transactions': ledgerTransactions,
} as const;
