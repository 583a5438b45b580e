/** An error of the project as Temporal carries it: the code, the details, whether and when to try again. */
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { EngineError } from '../src/contract/errors';
import { isBadData } from '../src/db/bad-data';

/** @param attempt of the activity; it stands among the details */
export function engineFailure(error: EngineError, attempt: number): ApplicationFailure {
  const retryAfter = error.details['retry_after_seconds'];
  return ApplicationFailure.create({
    type: error.code,
    message: error.message,
    nonRetryable: !error.retryable || isBadData(error),
    details: [{ ...error.details, attempt }],
    ...(error.code === 'CIRCUIT_OPEN' && { category: ApplicationFailureCategory.BENIGN }),
    ...(typeof retryAfter === 'number' && { nextRetryDelay: retryAfter * 1000 }),
  });
}
