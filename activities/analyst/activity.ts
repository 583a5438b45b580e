/** Handlers of src/capabilities/analyst/activity.ts. */
import type { activityCatalogue } from '../../src/capabilities/analyst/activity';
import type { HandlersOf } from '../agent';
import { corporateActionsHandler } from './activity-actions';
import { realisedGainsHandler } from './activity-gains';
import { performanceStatementHandler } from './activity-statement';
import { transactionsHandler } from './activity-transactions';
import type { AnalystServices } from './services';

export function activityHandlers(services: AnalystServices): HandlersOf<keyof typeof activityCatalogue> {
  return {
    'ledger.transactions': transactionsHandler(services),
    'portfolio.realised_gains': realisedGainsHandler(services),
    'portfolio.performance_statement': performanceStatementHandler(services),
    'portfolio.corporate_actions': corporateActionsHandler(services),
  };
}
