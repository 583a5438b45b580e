/** Handlers of the calculator's decisions: optimiser, rebalancing, ratings, regimes. */
import type { decisionsCatalogue } from '../../src/capabilities/calculator/decisions';
import type { HandlersOf } from '../agent';

export const decisionsHandlers: HandlersOf<keyof typeof decisionsCatalogue> = {};
