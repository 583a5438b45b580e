/** The agents of this project, and what they are built from. */
import type { Agent } from './agent';
import { alerts } from './alerts';
import { calculator } from './calculator';
import { claudeAgent } from './claude';
import { financialAnalyst } from './financial-analyst';
import { dataHarvester } from './harvester';
import { macroHound } from './macro';
import { optimizer } from './optimizer';
import type { ProviderServices } from './provider-services';
import { ratings } from './ratings';
import { reports } from './reports';

export type Services = ProviderServices;

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
