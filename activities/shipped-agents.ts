/** The agents of this project, and what they are built from. */
import type { Pool } from 'pg';
import type { Providers } from '../src/providers/providers';
import type { Agent } from './agent';
import { alerts } from './alerts';
import { calculator } from './calculator';
import { claudeAgent } from './claude';
import { financialAnalyst } from './financial-analyst';
import { dataHarvester } from './harvester';
import { macroHound } from './macro';
import { optimizer } from './optimizer';
import { ratings } from './ratings';
import { reports } from './reports';

export interface Services {
  database: Pool;
  /** Left out: no provider has a key. */
  providers?: Providers;
}

export const shippedAgents: readonly Agent<Services>[] = [
  financialAnalyst,
  calculator,
  macroHound,
  dataHarvester,
  claudeAgent,
  ratings,
  optimizer,
  alerts,
  reports,
].filter(({ capabilities }) => capabilities.length > 0);
