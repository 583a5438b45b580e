/** A worker with the test agents as a process of its own, so that a test can kill it. Says `ready` over IPC. */
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { readConfig } from '../../src/config';
import { createLogger } from '../../src/telemetry/logger';
import { startTracing } from '../../src/telemetry/tracing';
import { startWorker } from '../../workers/main';
import { testAgents, testCatalogue } from './test-agents';

async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const bundlePath = process.env['TEST_WORKFLOW_BUNDLE'];
  const worker = await startWorker({
    config: readConfig(process.env),
    log: createLogger('silent'),
    tracing: startTracing('test-worker', {}),
    agents: testAgents,
    catalogue: testCatalogue,
    ...(bundlePath !== undefined && { bundlePath }),
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ ready: true });
  await worker.done;
}

void main();
