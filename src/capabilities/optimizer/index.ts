/** What can be asked of the agent `optimizer`: trades, their impact, and hedges. */
import { hedgesCatalogue } from './hedges';

export const optimizerCatalogue = { ...hedgesCatalogue } as const;
