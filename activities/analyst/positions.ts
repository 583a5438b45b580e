/** Handlers of src/capabilities/analyst/positions.ts. */
import type { positionsCatalogue } from '../../src/capabilities/analyst/positions';
import type { HandlersOf } from '../agent';
import type { AnalystServices } from './services';

export function positionsHandlers(_services: AnalystServices): HandlersOf<keyof typeof positionsCatalogue> {
  return {};
}
