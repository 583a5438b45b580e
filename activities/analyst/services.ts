/** What the handlers of the analyst share. */
import type { Pool } from 'pg';
import type { portfolioHistories } from '../portfolio-history';

export interface AnalystServices {
  database: Pool;
  /** The daily history of a portfolio at a pack; equal questions at the same time share one answer. */
  historyOf: ReturnType<typeof portfolioHistories>;
}
