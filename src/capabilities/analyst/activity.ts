/** What happened in a portfolio: transactions, performance statement, corporate actions. */
import { portfolioCorporateActions } from './activity-actions';
import { portfolioRealisedGains } from './activity-gains';
import { portfolioPerformanceStatement } from './activity-statement';
import { ledgerTransactions } from './activity-transactions';

export const activityCatalogue = {
  'ledger.transactions': ledgerTransactions,
  'portfolio.realised_gains': portfolioRealisedGains,
  'portfolio.performance_statement': portfolioPerformanceStatement,
  'portfolio.corporate_actions': portfolioCorporateActions,
} as const;
