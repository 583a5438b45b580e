/** Handlers of the calculator's holdings and money: lots, statement, exchange rates, prices, reconciliation. */
import type { holdingsCatalogue } from '../../src/capabilities/calculator/holdings';
import type { HandlersOf } from '../agent';

export const holdingsHandlers: HandlersOf<keyof typeof holdingsCatalogue> = {};
