import { ApplicationFailure } from '@temporalio/common';
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
