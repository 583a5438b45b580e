/** The benchmark's worker: the shipped agents, and both contestants' workflows. */
import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger, Runtime } from '@temporalio/worker';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readConfig } from '../src/config';
import { createLogger } from '../src/telemetry/logger';
import { startTracing } from '../src/telemetry/tracing';
import { startWorker } from '../workers/main';

async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const tracing = startTracing('bench-worker', {});
  const workflowsPath = path.join(__dirname, 'workflows', 'index.ts');
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    plugins: [tracing.plugin],
    logger: new DefaultLogger('ERROR'),
  });
  const bundlePath = path.join(process.env['DATA_DIR'] ?? '.data', 'bench-workflows.js');
  mkdirSync(path.dirname(bundlePath), { recursive: true });
  writeFileSync(bundlePath, code);
  const worker = await startWorker({
    config: readConfig(process.env),
    log: createLogger('error'),
    tracing,
    bundlePath,
  });
  process.on('SIGTERM', () => void worker.shutdown());
  process.on('disconnect', () => void worker.shutdown());
  process.send?.({ ready: true });
  await worker.done;
  process.exit(0);
}

void main();
