/** Temporal's runtime for tests: only errors are printed. Installed once in each process that imports this. */
import { DefaultLogger, Runtime } from '@temporalio/worker';

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  shutdownSignals: [],
  telemetryOptions: { logging: { filter: 'error' } },
});
