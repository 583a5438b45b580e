/** The agent `optimizer`: trades, their impact, and hedges. */
import type { Pool } from 'pg';
import { optimizerCatalogue } from '../../src/capabilities/optimizer';
import { defineAgent } from '../agent';
import { portfolioHistories } from '../portfolio-history';
import { hedgesHandlers } from './hedges';
import { analyzeImpactHandler } from './impact';
import { proposeTradesHandler } from './trades';

type Name = keyof typeof optimizerCatalogue;
const names = Object.keys(optimizerCatalogue) as Name[];

export const optimizer = defineAgent('optimizer', names, (services: { database: Pool }) => {
  const analyst = { ...services, historyOf: portfolioHistories(services.database) };
  return {
    ...hedgesHandlers(services),
    'optimizer.propose_trades': proposeTradesHandler(analyst),
    'optimizer.analyze_impact': analyzeImpactHandler(analyst),
  };
});
