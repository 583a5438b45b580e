import { type Answer, type Stack, startStack } from '../support/stack';

/** Fails as often as `times` says, counted over all attempts of all runs; then succeeds. */
const pattern = {
  id: 'flaky',
  name: 'Flaky',
  category: 'analysis',
  inputs: { times: { type: 'integer', required: true } },
  steps: [
    {
      capability: 'probe.fail',
      args: { code: 'PROVIDER_UNAVAILABLE', times: '{{inputs.times}}', key: 'breaker' },
      as: 'tried',
      retry: { maximum_attempts: 1 },
    },
  ],
  outputs: ['tried'],
};

describe('the circuit breaker, over HTTP', () => {
  let stack: Stack;
  const execute = (): Promise<Answer> =>
    stack.call('/v1/execute', {
      body: { pattern_id: 'flaky', portfolio_id: stack.market.a.portfolio_id, inputs: { times: 6 } },
    });
  const breaker = async (): Promise<unknown> => {
    const { body } = await stack.call('/health', { as: null });
    return (body['agents'] as Record<string, { breaker: string }>)['flaky']?.breaker;
  };
  /** As if the minute were over: the store's own clock decides, so its row is what has to be older. */
  const letItPass = () =>
    stack.pool.query(
      "update circuit_breakers set open_until = clock_timestamp() - interval '1 second', probe_until = null where agent = 'flaky'",
    );
  beforeAll(async () => {
    stack = await startStack([pattern]);
  });
  afterAll(() => stack.close());

  it('opens after five failures in a row, refuses, lets one probe through, opens again, and closes after a success', async () => {
    for (let failures = 1; failures <= 5; failures += 1) {
      expect([failures, (await execute()).body['code'], await breaker()]).toEqual([
        failures,
        'PROVIDER_UNAVAILABLE',
        failures < 5 ? 'closed' : 'open',
      ]);
    }
    const refused = await execute();
    expect([refused.status, refused.body['code'], refused.body['agent']]).toEqual([
      503,
      'CIRCUIT_OPEN',
      'flaky',
    ]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);

    await letItPass();
    expect((await execute()).body['code']).toBe('PROVIDER_UNAVAILABLE');
    expect(await breaker()).toBe('open');
    expect((await execute()).status).toBe(503);

    await letItPass();
    const probed = await execute();
    expect([probed.status, probed.body['data']]).toEqual([200, { tried: { attempts: 7 } }]);
    expect(await breaker()).toBe('closed');
  });
});
