/** What can be asked of the agent `optimizer`: trades, their impact, and hedges. */
import { hedgesCatalogue } from './hedges';
import { tradesCatalogue } from './trades';

export const optimizerCatalogue = { ...hedgesCatalogue, ...tradesCatalogue } as const;
