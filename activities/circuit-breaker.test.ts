import { CancelledFailure } from '@temporalio/common';
import { localBreakerStore } from '../src/cache/local-breaker-store';
import { defaultLimits } from '../src/breaker/state-machine';
import { EngineError, errorCodes, type ErrorCode } from '../src/contract/errors';
import { countsAsFailure, guard } from './circuit-breaker';

function breakers() {
  let now = 1_000_000;
  const store = localBreakerStore({ now: () => now });
  return {
    store,
    wait: (ms: number) => (now += ms),
    call: (error?: unknown) =>
      guard(store, 'a', () =>
        error === undefined ? Promise.resolve('answer') : Promise.reject(error as Error),
      ),
    state: async () => (await store.read(['a']))['a'],
  };
}

const illness = new EngineError('PROVIDER_UNAVAILABLE', 'away');

async function opened() {
  const b = breakers();
  for (let i = 0; i < defaultLimits.failures; i += 1) await expect(b.call(illness)).rejects.toBe(illness);
  return b;
}

describe('guard', () => {
  it('hands on the answer', async () => {
    await expect(breakers().call()).resolves.toBe('answer');
  });

  it('refuses without calling the agent once it has failed five times in a row', async () => {
    const { store } = await opened();
    const call = jest.fn();
    await expect(guard(store, 'a', call)).rejects.toMatchObject({
      code: 'CIRCUIT_OPEN',
      details: { agent: 'a', retry_after_seconds: 60 },
    });
    expect(call).not.toHaveBeenCalled();
  });

  it('leaves other agents alone', async () => {
    const { store } = await opened();
    await expect(guard(store, 'b', () => Promise.resolve(1))).resolves.toBe(1);
  });

  it('tells whole seconds, rounded up, and never zero', async () => {
    const b = await opened();
    b.wait(59_001);
    await expect(b.call()).rejects.toMatchObject({ details: { retry_after_seconds: 1 } });
  });

  it('closes after a successful probe', async () => {
    const b = await opened();
    b.wait(60_000);
    await expect(b.call()).resolves.toBe('answer');
    expect(await b.state()).toMatchObject({ fails: 0, open_until: 0, probe_until: 0 });
  });

  it('opens again after a failed probe', async () => {
    const b = await opened();
    b.wait(60_000);
    await expect(b.call(illness)).rejects.toBe(illness);
    await expect(b.call()).rejects.toMatchObject({ code: 'CIRCUIT_OPEN' });
  });

  it('takes a refusal by the agent for a sign of life', async () => {
    const b = await opened();
    b.wait(60_000);
    await expect(b.call(new EngineError('PORTFOLIO_NOT_FOUND', ''))).rejects.toThrow();
    expect(await b.state()).toMatchObject({ fails: 0, open_until: 0 });
  });

  it('keeps the lease of a probe that was cancelled, then lets another one through', async () => {
    const b = await opened();
    b.wait(60_000);
    await expect(b.call(new CancelledFailure('CANCELLED'))).rejects.toThrow();
    await expect(b.call()).rejects.toMatchObject({ details: { retry_after_seconds: 30 } });
    b.wait(30_000);
    await expect(b.call()).resolves.toBe('answer');
  });

  it('lets the caller say what counts', async () => {
    const b = breakers();
    for (let i = 0; i < 10; i += 1)
      await guard(b.store, 'a', () => Promise.reject(illness), { counts: () => false }).catch(
        () => undefined,
      );
    expect(await b.state()).toMatchObject({ fails: 0 });
  });
});

describe('countsAsFailure', () => {
  const counting = [
    'STEP_TIMED_OUT',
    'PROVIDER_UNAVAILABLE',
    'DATABASE_UNAVAILABLE',
    'TEMPORAL_UNAVAILABLE',
    'INTERNAL',
  ];

  it.each(Object.keys(errorCodes) as ErrorCode[])('judges %s', (code) => {
    expect(countsAsFailure(new EngineError(code, ''))).toBe(counting.includes(code));
  });

  it.each([
    ['an unknown error', new TypeError('x is undefined'), true],
    ['something thrown that is no error', 'oops', true],
    ['a signal that ran out of time', new DOMException('late', 'TimeoutError'), true],
    [
      'a provider with a breaker of its own',
      new EngineError('PROVIDER_UNAVAILABLE', '', { provider: 'FRED' }),
      false,
    ],
    ['a cancelled call', new CancelledFailure('CANCELLED'), false],
    ['a signal that was aborted', new DOMException('aborted', 'AbortError'), false],
  ])('judges %s', (_title, error, counts) => {
    expect(countsAsFailure(error)).toBe(counts);
  });
});
