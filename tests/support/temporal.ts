/** The one Temporal server of a test run. Tests keep apart by task queues, workflow ids or namespaces of their own. */
import { requireService } from './services';

export function temporalAddress(): string {
  return requireService('temporalAddress');
}
