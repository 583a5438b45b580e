/** Codes of failed steps and runs. */
import type { ErrorCodeEntry } from './error-code-entry';

export const runCodes = {
  EXECUTION_CANCELLED: {
    status: 409,
    retryable: false,
    summary: 'The execution was cancelled.',
    action: 'Start it again if it is still wanted.',
  },
  APPROVAL_REJECTED: {
    status: 409,
    retryable: false,
    summary: 'A person refused what the run asked for.',
    action: 'See in `details` who refused, and why; start it again when that is settled.',
  },
  APPROVAL_TIMED_OUT: {
    status: 504,
    retryable: false,
    summary: 'Nobody answered the run’s question in time.',
    action: 'Start it again and answer sooner, or give the approval a longer `timeout`.',
  },
  REFERENCE_UNRESOLVED: {
    status: 500,
    retryable: false,
    summary: 'A reference of the pattern found nothing at run time.',
    action: 'Correct the reference in the pattern.',
  },
  CONDITION_INVALID: {
    status: 500,
    retryable: false,
    summary: 'An expression of the pattern has no value, or not true or false where that is needed.',
    action: 'Correct the expression in the pattern.',
  },
  ASSERTION_FAILED: {
    status: 422,
    retryable: false,
    summary: 'A condition that the pattern insists on is not true.',
    action: 'See the message and the operands in `details`.',
  },
  REPEAT_EXHAUSTED: {
    status: 504,
    retryable: false,
    summary: 'A loop reached its last round before its condition was true.',
    action: 'Raise `max` or `every`, or see why the condition is not met.',
  },
  ITEMS_FAILED: {
    status: 500,
    retryable: false,
    summary: 'Some items of a map gave no result; their places hold null.',
    action: 'See `details`: index and code of each.',
  },
  LIMIT_EXCEEDED: {
    status: 500,
    retryable: false,
    summary: 'A limit of the engine was exceeded.',
    action: 'See the limit named in the message.',
  },
  CAPABILITY_UNKNOWN: {
    status: 500,
    retryable: false,
    summary: 'No agent answers this capability.',
    action: 'Check the name against docs/capabilities.md and that the worker runs this version.',
  },
  ARGS_INVALID: {
    status: 422,
    retryable: false,
    summary: 'An argument is not one that the capability takes.',
    action:
      'See the message: which argument, and what is wrong. Where it comes from an input, give another; else correct the pattern.',
  },
  RESULT_INVALID: {
    status: 500,
    retryable: false,
    summary: 'The capability’s answer does not match its own schema.',
    action: 'Report it: the agent is at fault.',
  },
  DATA_MISSING: {
    status: 422,
    retryable: false,
    summary: 'Data that the step cannot do without is not there.',
    action: 'See `details`: which data, for which date.',
  },
  PACK_CORRUPT: {
    status: 500,
    retryable: false,
    summary:
      'A pricing pack does not say any more what it said when it was built; nothing is computed on it.',
    action: 'Restore the pack named in `details` from a backup, and start worker and API again.',
  },
  PACK_DIFFERS: {
    status: 409,
    retryable: false,
    summary: 'There is a pricing pack of this day already, with other content.',
    action: 'Packs are immutable: publish what changed with `dawsos correct`.',
  },
  PACK_OUT_OF_ORDER: {
    status: 409,
    retryable: false,
    summary: 'There are pricing packs of later days, so none can be built for this one.',
    action: 'Build days in their order; a day that was left out stays left out.',
  },
  PACK_NOT_RECONCILED: {
    status: 422,
    retryable: false,
    summary:
      'A ledger and what the database holds of it do not agree as of this pricing pack; it is not published.',
    action: 'See the differences (docs/packs.md), import the corrected ledger, and build the pack again.',
  },
  PACK_METRICS_FAILED: {
    status: 422,
    retryable: true,
    summary:
      'The measures of some portfolio could not be computed on this pricing pack; it is not published.',
    action: 'See `details` for portfolio, capability and code; when that is mended, build the pack again.',
  },
  SOURCE_INVALID: {
    status: 502,
    retryable: false,
    summary: 'What a source of prices or rates holds cannot be read; nothing of it is used.',
    action: 'See the message for the place; correct the file, or report it to the provider.',
  },
  NOT_ENOUGH_LOTS: {
    status: 422,
    retryable: false,
    summary: 'More was sold or moved than the lots hold.',
    action: 'See the row in `details`: correct the transactions, or allow short sales.',
  },
  PROVIDER_REFUSED: {
    status: 502,
    retryable: false,
    summary: 'A data provider refused the request.',
    action: 'Check the key and the plan with the provider.',
  },
  PROVIDER_UNAVAILABLE: {
    status: 502,
    retryable: true,
    summary: 'A data provider did not answer.',
    action: 'Wait; it is retried.',
  },
  INTERNAL: {
    status: 500,
    retryable: true,
    summary: 'An error that was not foreseen.',
    action: 'Report it with the request_id; it is in the server’s log.',
  },
  EXECUTION_FAILED: {
    status: 500,
    retryable: false,
    summary: 'The execution failed; its first cause stands beside.',
    action: 'See the failing step in the trace.',
  },
  CIRCUIT_OPEN: {
    status: 503,
    retryable: true,
    summary:
      'The agent, or the provider that it asks, failed five times in a row and is left alone for a while.',
    action: 'Retry after the seconds in `Retry-After`.',
  },
  STEP_TIMED_OUT: {
    status: 504,
    retryable: true,
    summary: 'A step took longer than its timeout.',
    action: 'Retry; raise the step’s `timeout` if it is always so.',
  },
  EXECUTION_TIMED_OUT: {
    status: 504,
    retryable: false,
    summary: 'The execution took longer than it may.',
    action: 'See in the trace which step took the time.',
  },
} as const satisfies Record<string, ErrorCodeEntry>;
