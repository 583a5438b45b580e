/** Handlers of src/capabilities/analyst/activity.ts. */
import type { activityCatalogue } from '../../src/capabilities/analyst/activity';
import type { HandlersOf } from '../agent';
import type { AnalystServices } from './services';

export function activityHandlers(_services: AnalystServices): HandlersOf<keyof typeof activityCatalogue> {
  return {};
}
