/** The agents of this project, and what they are built from. */
import type { Pool } from 'pg';
import type { Agent } from './agent';
import { calculator } from './calculator';
import { financialAnalyst } from './financial-analyst';

export interface Services {
  database: Pool;
}

export const shippedAgents: readonly Agent<Services>[] = [financialAnalyst, calculator];
