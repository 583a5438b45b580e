/** One trace from HTTP through Temporal to the activity, as a collector receives it. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { startCollector } from '../support/collector';
import { startProcess } from '../support/process';

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
