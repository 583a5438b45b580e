/** One trace from HTTP through Temporal to the activity, as a collector receives it. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { startProcess } from '../support/process';

interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
}
interface OtlpRequest {
  resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
}

/** Plays the OTLP collector. */
async function startCollector() {
  const spans: Span[] = [];
  const server = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => {
      const { resourceSpans } = JSON.parse(Buffer.concat(parts).toString()) as OtlpRequest;
      spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
      res.setHeader('Content-Type', 'application/json').end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { spans, url: `http://127.0.0.1:${String(port)}/`, close: () => server.close() };
}

const caller = '00f067aa0ba902b7';

/** Resolves when a request has gone all the way and the process has sent what it had to send. */
async function runTraced(endpoint: string, traceId: string): Promise<void> {
  await startProcess(path.resolve(__dirname, '../support/traced-process.ts'), {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    TEST_TRACEPARENT: `00-${traceId}-${caller}-01`,
  });
}

describe('tracing', () => {
  it('makes one trace of request, workflow and activity, under the caller’s trace id', async () => {
    const collector = await startCollector();
    const traceId = randomUUID().replaceAll('-', '');
    await runTraced(collector.url, traceId);
    collector.close();

    const chain = [
      'POST /greet',
      'StartWorkflow:traced',
      'RunWorkflow:traced',
      'StartActivity:greet',
      'RunActivity:greet',
    ];
    const spans = chain.map((name) => collector.spans.find((span) => span.name === name));
    expect(spans.map((span) => span?.traceId)).toEqual(chain.map(() => traceId));
    expect(spans.map((span) => span?.parentSpanId)).toEqual([
      caller,
      ...spans.slice(0, -1).map((span) => span?.spanId),
    ]);
  });

  it.each([
    ['no collector is named', ''],
    ['the collector is away', 'http://127.0.0.1:1'],
  ])('changes nothing for the request when %s', async (_title, endpoint) => {
    await expect(runTraced(endpoint, randomUUID().replaceAll('-', ''))).resolves.toBeUndefined();
  });
});
