import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { Type } from '@sinclair/typebox';
import { localBreakerStore } from '../src/cache/local-breaker-store';
import { localMemoStore } from '../src/cache/local-memo-store';
import { capabilitiesOf } from '../src/capabilities';
import { EngineError } from '../src/contract/errors';
import type { UntypedHandler } from './agent';
import { capabilityActivity } from './invoke';
import { createMemo } from './memo';
import { testContext as ctx } from '../tests/support/request-context';

const Value = Type.Object({ value: Type.Unknown() }, { additionalProperties: false });
const capability = capabilitiesOf('one')({ name: 'one.a', summary: '', args: Value, result: Value });
function activity(handler: UntypedHandler, info: { attempt?: number; startToCloseTimeoutMs?: number } = {}) {
  const log = { error: jest.fn() };
  const environment = new MockActivityEnvironment(
    { attempt: 1, startToCloseTimeoutMs: 10_000, ...info },
    { logger: new DefaultLogger('ERROR') },
  );
  const dependencies = { breakers: localBreakerStore(), memo: createMemo(localMemoStore()), log };
  const options = { execution_id: 'exec-1', effect_key: null, cache: true };
  const run = () =>
    environment.run(capabilityActivity(capability, handler, dependencies), { value: 1 }, ctx, options);
  return { environment, log, run };
}

const failureOf = async (run: () => Promise<unknown>): Promise<ApplicationFailure> => {
  const failure = await run().then(
    () => null,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(ApplicationFailure);
  return failure as ApplicationFailure;
};

describe('a capability as an activity', () => {
  it('answers with the envelope', async () => {
    const { run } = activity(async (args) => ({ result: args }), { attempt: 3 });
    expect(await run()).toMatchObject({ result: { value: 1 }, meta: { attempt: 3, cache: 'miss' } });
  });

  it.each([
    ['PROVIDER_UNAVAILABLE', false],
    ['NOT_FOUND', true],
  ] as const)('fails with the code %s and whether to retry', async (code, nonRetryable) => {
    const { run, log } = activity(() => Promise.reject(new EngineError(code, 'no', { what: 1 })), {
      attempt: 2,
    });
    expect(await failureOf(run)).toMatchObject({
      type: code,
      message: 'no',
      nonRetryable,
      details: [{ what: 1, attempt: 2 }],
    });
    expect(log.error).not.toHaveBeenCalled();
  });

  it('is never retried for a result that is too large', async () => {
    const { run } = activity(async () => ({ result: { value: 'x'.repeat(3_000_000) } }));
    expect(await failureOf(run)).toMatchObject({
      type: 'LIMIT_EXCEEDED',
      nonRetryable: true,
      details: [{ capability: 'one.a', size: 3_000_012, limit: 2_097_152, attempt: 1 }],
    });
  });

  it.each([
    ['a text', 'oops', 'one.a threw what is no error (string)'],
    ['nothing', undefined, 'one.a threw what is no error (undefined)'],
    ['null', null, 'one.a threw what is no error (object)'],
    ['what has no text', Object.create(null) as object, 'one.a threw what is no error (object)'],
    ['an error nobody foresaw', new TypeError('secret'), 'one.a failed unexpectedly'],
  ])(
    'fails as INTERNAL when the agent throws %s, tells nothing of it, and logs it',
    async (_t, thrown, text) => {
      const { run, log } = activity(async () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- agents do, whatever lint says
        throw thrown;
      });
      const failure = await failureOf(run);
      expect(failure).toMatchObject({ type: 'INTERNAL', nonRetryable: false });
      expect(failure.message).toBe(`${text}; the worker's log has the cause`);
      expect(log.error).toHaveBeenCalledWith(
        expect.objectContaining({ err: thrown, capability: 'one.a', trace_id: ctx.trace_id }),
        'a capability failed unexpectedly',
      );
    },
  );

  it('gives up shortly before Temporal would', async () => {
    const { run } = activity(() => new Promise(() => undefined), { startToCloseTimeoutMs: 80 });
    expect(await failureOf(run)).toMatchObject({
      type: 'STEP_TIMED_OUT',
      message: 'one.a took longer than 30 ms',
      nonRetryable: false,
    });
  });

  it.each<[string, UntypedHandler]>([
    ['does nothing', () => new Promise(() => undefined)],
    [
      'throws its signal’s reason',
      (_args, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
    ],
  ])('ends as cancelled when it is cancelled and the agent %s', async (_title, handler) => {
    const { environment, run } = activity(handler);
    const end = run();
    setImmediate(() => {
      environment.cancel();
    });
    await expect(end).rejects.toBeInstanceOf(CancelledFailure);
  });
});
