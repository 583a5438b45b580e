import { ActivityFailure, ApplicationFailure, RetryState } from '@temporalio/common';
import type { Callable } from '../pattern/plan';
import { failureOf } from './failure';

const callable = {
  capability: 'a.b',
  task_queue: 'agent-a',
  policy: { nonRetryable: ['RATE_LIMITED'], maximumAttempts: 3 },
} as unknown as Callable;
const fail = (type: string, nonRetryable: boolean, details: object = {}) =>
  failureOf(
    ApplicationFailure.create({ type, message: 'm', nonRetryable, details: [{ attempt: 2, ...details }] }),
    callable,
  );

describe('a failed call', () => {
  it('has the code, message and attempt that the agent gave', () => {
    expect(fail('NOT_FOUND', true, { what: 1 })).toEqual({
      code: 'NOT_FOUND',
      message: 'm',
      attempts: 2,
      details: { attempt: 2, what: 1 },
      retryable: false,
    });
  });

  it.each([
    ['a code that is retried', 'PROVIDER_UNAVAILABLE', false, {}, true],
    ['a code that is not', 'NOT_FOUND', true, {}, false],
    ['a code that the step does not retry', 'RATE_LIMITED', false, {}, false],
    ['an answer that was refused after the write', 'RESULT_INVALID', true, { done: true }, true],
  ])('says whether nothing was done: %s', (_title, code, nonRetryable, details, retryable) => {
    expect(fail(code, nonRetryable, details).retryable).toBe(retryable);
  });

  it('calls what Temporal found too large by the engine’s code', () => {
    expect(fail('PayloadsTooLarge', true).code).toBe('LIMIT_EXCEEDED');
  });
});

describe('a failed call of an agent from outside', () => {
  const outside = { ...callable, source: 'external' } as Callable;
  const failure = (type: string, activity = 'a.b', details: unknown[] = [], nonRetryable = true) =>
    failureOf(
      new ActivityFailure(
        'Activity task failed',
        activity,
        'step',
        RetryState.MAXIMUM_ATTEMPTS_REACHED,
        undefined,
        ApplicationFailure.create({ type, message: 'm', nonRetryable, details }),
      ),
      outside,
    );

  it('has the code and the details of its worker, and the attempts that Temporal made', () => {
    expect(failure('ORDER_REFUSED', 'a.b', [{ limit: 3 }])).toEqual({
      code: 'ORDER_REFUSED', message: 'm', attempts: 3, details: { limit: 3 }, retryable: false,
    }); // prettier-ignore
    expect(failure('ORDER_REFUSED', 'a.b', [{ attempt: 2 }]).attempts).toBe(2);
    expect(failure('ORDER_REFUSED', 'a.b', [{ attempt: 'many' }]).attempts).toBe(3);
  });

  it.each(['ValueError', 'java.lang.IllegalStateException', ''])(
    'is INTERNAL where %p is an exception of its language, of which nothing is shown but the name',
    (type) => {
      const { code, message, details } = failure(type, 'a.b', ['a secret']);
      expect([code, details]).toEqual(['INTERNAL', null]);
      expect(message).toContain(type === '' ? 'unexpectedly;' : `(${type})`);
    },
  );

  it('may have been done when the engine refuses what it answered, and was not when it was never asked', () => {
    expect(failure('RESULT_INVALID', 'engine.accept_result').retryable).toBe(true);
    expect(failure('ARGS_INVALID', 'engine.prepare_call')).toMatchObject({ attempts: 1, retryable: false });
  });
});
