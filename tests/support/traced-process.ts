/**
 * One request that runs a workflow, with all that takes part in one process: HTTP endpoint, client, worker. Says `ready`
 * when the answer is there and the spans are sent. A process of its own, because Jest's sandbox refuses the `import()`
 * by which the exporter loads node:http.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import express from 'express';
import { openScope } from '../../src/executor/request-scope';
import { createLogger } from '../../src/telemetry/logger';
import { startTracing } from '../../src/telemetry/tracing';
import { temporalAddress } from './temporal';
import type { traced, TracedActivities } from './traced-workflow';

async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const tracing = startTracing('test', process.env);
  const plugins = [tracing.plugin];
  const address = temporalAddress();
  const taskQueue = `traced-${randomUUID()}`;
  const native = await NativeConnection.connect({ address });
  const client = new Client({ connection: await Connection.connect({ address }), plugins });
  const activities: TracedActivities = { greet: async (name) => `Hello, ${name}` };
  const workflowsPath = path.join(__dirname, 'traced-workflow.ts');
  const worker = await Worker.create({ connection: native, taskQueue, workflowsPath, activities, plugins });

  const app = express().use(openScope(createLogger('silent')));
  app.post('/greet', async (_req, res) => {
    const workflowId = randomUUID();
    res.send(
      await client.workflow.execute<typeof traced>('traced', { taskQueue, workflowId, args: ['Ann'] }),
    );
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');

  await worker.runUntil(async () => {
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/greet`;
    const headers = { traceparent: process.env['TEST_TRACEPARENT'] ?? '' };
    const response = await fetch(url, { method: 'POST', headers });
    assert.equal(await response.text(), 'Hello, Ann');
  });
  await tracing.shutdown();
  process.send?.({ ready: true }, () => process.exit(0));
}

void main();
