/** Handlers of the calculator's risk: statistics of returns, drawdowns, benchmark, factors, components, scenarios. */
import type { riskCatalogue } from '../../src/capabilities/calculator/risk';
import type { HandlersOf } from '../agent';

export const riskHandlers: HandlersOf<keyof typeof riskCatalogue> = {};
