/** Fault F16: five hundred failing runs at once over four workers open the breaker once, and it closes after recovery. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '../../src/telemetry/logger';
import { type RunningWorker, startWorker } from '../../workers/main';
import { until } from '../support/process';
import { type Answer, type Stack, startStack } from '../support/stack';
import { callsOf, testAgents, testCatalogue } from '../support/test-agents';

const pattern = {
  id: 'flaky',
  name: 'Flaky',
  category: 'analysis',
  inputs: { times: { type: 'integer', required: true } },
  steps: [
    {
      capability: 'probe.fail',
      args: { code: 'PROVIDER_UNAVAILABLE', times: '{{inputs.times}}', key: 'storm' },
      as: 'tried',
      retry: { maximum_attempts: 1 },
    },
  ],
  outputs: ['tried'],
};
const never = 1_000_000;

let stack: Stack;
const workers: RunningWorker[] = [];
/** What the workers' logs say of breakers, of all four together. */
const changes: string[] = [];

beforeAll(async () => {
  stack = await startStack([pattern], { worker: false });
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

/** By two users: one alone may not have that many. */
const storm = (count: number, times: number): Promise<Answer[]> =>
  Promise.all(
    Array.from({ length: count }, (_, i) => {
      const { user_id, portfolio_id } = i % 2 === 0 ? stack.market.a : stack.market.b;
      const body = { pattern_id: 'flaky', portfolio_id, inputs: { times } };
      return stack.call('/v1/execute', { as: user_id, body, headers: { Prefer: 'wait=30' } });
    }),
  );
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
  const answers = await storm(500, never);
  expectRefused(answers);
  expect([...codesOf(answers)].sort()).toEqual(['502 PROVIDER_UNAVAILABLE', '503 CIRCUIT_OPEN']);
  const reached = answers.filter(({ body }) => body['code'] === 'PROVIDER_UNAVAILABLE').length;
  expect(callsOf('storm')).toBe(reached);
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
  expect([...codesOf(answers)].every((code) => code === '200 undefined' || code === '503 CIRCUIT_OPEN')).toBe(
    true,
  );
  expect(changes.at(-1)).toBe('flaky closed');
  await until('calls to be let through', async () => {
    await sleep(10);
    return codesOf(await storm(8, 0)).has('503 CIRCUIT_OPEN') === false;
  });
  expect(changes.filter((change) => change.endsWith('closed'))).toHaveLength(1);
}, 60_000);
