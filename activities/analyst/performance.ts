/** Handlers of src/capabilities/analyst/performance.ts. */
import type { performanceCatalogue } from '../../src/capabilities/analyst/performance';
import type { HandlersOf } from '../agent';
import type { AnalystServices } from './services';

export function performanceHandlers(_services: AnalystServices): HandlersOf<keyof typeof performanceCatalogue> {
  return {};
}
