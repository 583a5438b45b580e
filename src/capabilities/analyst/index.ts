/** What can be asked of the agent `financial_analyst` about one portfolio, in groups that mirror `activities/analyst/`. */
import { activityCatalogue } from './activity';
import { performanceCatalogue } from './performance';
import { positionsCatalogue } from './positions';
import { taxCatalogue } from './tax';
import { upcomingActionsCatalogue } from './upcoming-actions';

export const analystCatalogue = {
  ...positionsCatalogue,
  ...performanceCatalogue,
  ...activityCatalogue,
  ...taxCatalogue,
  ...upcomingActionsCatalogue,
} as const;
