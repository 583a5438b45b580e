/** Fault F16: five hundred failing calls at once over four workers open the breaker once, and it closes after recovery. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '../../src/telemetry/logger';
import { type RunningWorker, startWorker } from '../../workers/main';
import { until } from '../support/process';
import { type Answer, type Stack, startStack } from '../support/stack';
import { callsOf, testAgents, testCatalogue } from '../support/test-agents';

const failing = {
  capability: 'probe.fail',
  args: { code: 'PROVIDER_UNAVAILABLE', times: '{{inputs.times}}', key: 'storm' },
  as: 'tried',
  // The one attempt may take its time where the machine is busy.
  retry: { maximum_attempts: 1 },
  timeout: 'PT60S',
};
const inputs = { times: { type: 'integer', required: true } };
const patterns = [
  { id: 'flaky', inputs, steps: [failing], outputs: ['tried'] },
  {
    id: 'fifty',
    inputs,
    steps: [
      { compute: `[${Array.from({ length: 50 }, (_, i) => i).join(', ')}]`, as: 'list' },
      { map: { in: '{{state.list}}', do: failing, concurrency: 50, on_item_error: 'collect' }, as: 'all' },
    ],
    outputs: { failed: '{{steps.all.error.details}}' },
  },
].map((pattern) => ({ name: pattern.id, category: 'analysis', ...pattern }));
const never = 1_000_000;

let stack: Stack;
const workers: RunningWorker[] = [];
/** What the workers' logs say of breakers, of all four together. */
const changes: string[] = [];

beforeAll(async () => {
  stack = await startStack(patterns, { worker: false });
  const bundlePath = process.env['TEST_WORKFLOW_BUNDLE'] ?? '';
  const log = createLogger('info', {
    write: (line) => {
      const { breaker, agent } = JSON.parse(line) as { breaker?: string; agent?: string };
      if (breaker !== undefined) changes.push(`${String(agent)} ${breaker}`);
    },
  });
  const settings = { config: stack.config, log, tracing: stack.tracing, agents: testAgents, catalogue: testCatalogue, bundlePath }; // prettier-ignore
  workers.push(...(await Promise.all([1, 2, 3, 4].map(() => startWorker(settings)))));
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.shutdown()));
  await stack.close();
});

const execute = (pattern_id: string, times: number): Promise<Answer> =>
  stack.call('/v1/execute', {
    body: { pattern_id, portfolio_id: stack.market.a.portfolio_id, inputs: { times } },
    headers: { Prefer: 'wait=30' },
  });
const storm = (count: number, times: number): Promise<Answer[]> =>
  Promise.all(Array.from({ length: count }, () => execute('flaky', times)));
const codesOf = (answers: Answer[]): Set<string> =>
  new Set(answers.map(({ status, body }) => `${String(status)} ${String(body['code'])}`));
const generation = async (): Promise<number | undefined> => {
  const { rows } = await stack.pool.query<{ generation: number }>("select generation from circuit_breakers where agent = 'flaky'"); // prettier-ignore
  return rows[0]?.generation;
};
/** As if the minute were over: the store's own clock decides. */
const endWindow = () =>
  stack.pool.query(
    "update circuit_breakers set open_until = clock_timestamp() - interval '1 second' where agent = 'flaky' and open_until is not null",
  );
/** Refused ones are told when to come again. */
function expectRefused(answers: Answer[]): void {
  const refused = answers.filter(({ body }) => body['code'] === 'CIRCUIT_OPEN');
  for (const { headers } of refused) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
}

it('is opened once, by those that were let through', async () => {
  // Ten runs of fifty calls each, all of them under way at once.
  const answers = await Promise.all(Array.from({ length: 10 }, () => execute('fifty', never)));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  const codes = answers.flatMap(({ body }) => {
    const { failed } = body['data'] as { failed: { code: string }[] };
    return failed.map(({ code }) => code);
  });
  expect(codes).toHaveLength(500);
  expect([...new Set(codes)].sort()).toEqual(['CIRCUIT_OPEN', 'PROVIDER_UNAVAILABLE']);
  expect(callsOf('storm')).toBe(codes.filter((code) => code === 'PROVIDER_UNAVAILABLE').length);
  expect(changes).toEqual(['flaky open']);
  expect(await generation()).toBe(1);
}, 90_000);

it('lets one probe through in each window', async () => {
  for (const window of [1, 2]) {
    const before = callsOf('storm');
    await endWindow();
    const answers = await storm(40, never);
    expectRefused(answers);
    expect([window, callsOf('storm') - before]).toEqual([window, 1]);
    expect(answers.filter(({ body }) => body['code'] === 'PROVIDER_UNAVAILABLE')).toHaveLength(1);
  }
  expect(changes).toEqual(['flaky open', 'flaky open', 'flaky open']);
}, 60_000);

it('closes when a probe succeeds', async () => {
  await endWindow();
  const answers = await storm(40, 0);
  expectRefused(answers);
  const expected = ['200 undefined', '503 CIRCUIT_OPEN'];
  expect([...codesOf(answers)].filter((code) => !expected.includes(code))).toEqual([]);
  expect(changes.at(-1)).toBe('flaky closed');
  await until('calls to be let through', async () => {
    await sleep(10);
    return codesOf(await storm(8, 0)).has('503 CIRCUIT_OPEN') === false;
  });
  expect(changes.filter((change) => change.endsWith('closed'))).toHaveLength(1);
}, 60_000);
