/** Handlers of src/capabilities/analyst/positions.ts. */
import type { positionsCatalogue } from '../../src/capabilities/analyst/positions';
import type { HandlersOf } from '../agent';
import { currencyAttribution } from './positions-attribution';
import type { AnalystServices } from './services';

export function positionsHandlers(services: AnalystServices): HandlersOf<keyof typeof positionsCatalogue> {
  return {
    'metrics.currency_attribution': currencyAttribution(services),
  };
}
