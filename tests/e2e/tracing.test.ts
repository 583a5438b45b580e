import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startCollector } from '../support/collector';
import { kill, startProcess, startProcessWithMessage, until } from '../support/process';
import { type Stack, startStack } from '../support/stack';

const demo = JSON.parse(readFileSync('demo/demo.json', 'utf8')) as {
  portfolios: { id: string; user_id: string }[];
};

describe('with OTEL_EXPORTER_OTLP_ENDPOINT set', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack('shipped', { worker: false });
  });
  afterAll(() => stack.close());

  it('one trace goes from the HTTP request through the workflow to each capability, under the caller’s trace id', async () => {
    const collector = await startCollector();
    const { config } = stack;
    const env = {
      PORT: '0',
      LOG_LEVEL: 'silent',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      TEMPORAL_ADDRESS: config.temporalAddress,
      TEMPORAL_NAMESPACE: config.temporalNamespace,
      DATABASE_URL: config.databaseUrl,
      JWT_PUBLIC_KEY_FILE: config.jwt.publicKeyFile ?? '',
    };
    const worker = await startProcess(path.resolve('workers/main.ts'), env);
    const { child: api, message } = await startProcessWithMessage(
      path.resolve('src/executor/server.ts'),
      env,
    );
    const traceId = randomUUID().replaceAll('-', '');
    const [portfolio] = demo.portfolios;
    const answer = await stack.call('/v1/execute', {
      url: (message as { url: string }).url,
      as: portfolio?.user_id ?? null,
      headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01`, Prefer: 'wait=30' },
      body: { pattern_id: 'portfolio_overview', portfolio_id: portfolio?.id },
    });
    expect([answer.status, (answer.body['trace'] as { trace_id: string }).trace_id]).toEqual([200, traceId]);
    const wanted = [
      'POST /v1/execute',
      'pattern.portfolio_overview',
      'StartWorkflow:runPattern',
      'RunWorkflow:runPattern',
      'RunActivity:portfolio.get_valued_positions',
      'RunActivity:metrics.compute_twr',
      'RunActivity:engine.store_execution',
    ];
    const seen = (): string[] =>
      collector.spans.filter((span) => span.traceId === traceId).map((span) => span.name);
    await until(`the collector to have ${wanted.join(', ')}`, () =>
      wanted.every((name) => seen().includes(name)),
    );
    await Promise.all([kill(api), kill(worker)]);
    collector.close();
  }, 60_000);
});
