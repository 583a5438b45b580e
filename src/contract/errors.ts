/**
 * Every error a user can meet: one table drives HTTP status, Temporal retry and docs/errors.md.
 * Imports nothing, so the workflow sandbox can hold it.
 */

interface ErrorCodeEntry {
  /** HTTP status when this is what the caller is told. */
  status: number;
  /** Whether the same call may succeed later: Temporal retries exactly these. */
  retryable: boolean;
  summary: string;
  /** What the reader of the error should do next. */
  action: string;
}

export const errorCodes = {
  REQUEST_INVALID: {
    status: 400,
    retryable: false,
    summary: 'The request does not match its schema.',
    action: 'Correct the members named in `problems`.',
  },
  UNAUTHENTICATED: {
    status: 401,
    retryable: false,
    summary: 'No valid bearer token.',
    action: 'Send `Authorization: Bearer <token>`; `npm run token` prints one in the embedded profile.',
  },
  RIGHTS_MISSING: {
    status: 403,
    retryable: false,
    summary: 'The token lacks a right that the pattern requires.',
    action: 'Ask for the rights named in `missing`.',
  },
  NOT_FOUND: {
    status: 404,
    retryable: false,
    summary: 'There is nothing at this address.',
    action: 'See /openapi.json for what there is.',
  },
  PATTERN_NOT_FOUND: {
    status: 404,
    retryable: false,
    summary: 'No pattern has this id (or this version).',
    action: 'List them with GET /v1/patterns.',
  },
  PORTFOLIO_NOT_FOUND: {
    status: 404,
    retryable: false,
    summary: 'No such portfolio among yours.',
    action: 'Check the id and whose token it is.',
  },
  PACK_NOT_FOUND: {
    status: 404,
    retryable: false,
    summary: 'There is no pricing pack for this date.',
    action: 'Use the nearest earlier date, named in `nearest`.',
  },
  EXECUTION_NOT_FOUND: {
    status: 404,
    retryable: false,
    summary: 'No such execution among yours.',
    action: 'List them with GET /v1/executions.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    retryable: false,
    summary: 'The address exists, but not with this method.',
    action: 'Use a method from the `Allow` header.',
  },
  EXECUTION_CLOSED: {
    status: 409,
    retryable: false,
    summary: 'The execution has already ended.',
    action: 'Read its result with GET /v1/executions/{id}.',
  },
  EXECUTION_CANCELLED: {
    status: 409,
    retryable: false,
    summary: 'The execution was cancelled.',
    action: 'Start it again if it is still wanted.',
  },
  APPROVAL_NOT_FOUND: {
    status: 404,
    retryable: false,
    summary: 'No step of this execution asks you for an approval under this name.',
    action: 'List the open ones with GET /v1/approvals.',
  },
  APPROVAL_CLOSED: {
    status: 409,
    retryable: false,
    summary: 'The approval was answered, or is not waited for any more.',
    action: 'Read the execution with GET /v1/executions/{id}.',
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
  BODY_TOO_LARGE: {
    status: 413,
    retryable: false,
    summary: 'The request body is larger than 256 KiB.',
    action: 'Send less; refer to stored data by id.',
  },
  EFFECT_UNDONE: {
    status: 409,
    retryable: false,
    summary: 'The step’s effect was undone; it is not done again.',
    action: 'Start a new execution.',
  },
  MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    retryable: false,
    summary: 'The body is not JSON.',
    action: 'Send `Content-Type: application/json`.',
  },
  IDEMPOTENCY_CONFLICT: {
    status: 422,
    retryable: false,
    summary: 'This Idempotency-Key was used with another body.',
    action: 'Use a new key for a new request.',
  },
  PATTERN_INVALID: {
    status: 422,
    retryable: false,
    summary: 'The pattern has problems and cannot run.',
    action: 'Correct the `problems`, each with its JSON pointer.',
  },
  RATE_LIMITED: {
    status: 429,
    retryable: true,
    summary: 'Too many requests, or too many executions at once.',
    action: 'Retry after the seconds in `Retry-After`.',
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
    summary: 'A condition could not be evaluated to true or false.',
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
    status: 500,
    retryable: false,
    summary: 'The arguments do not match the capability’s schema.',
    action: 'Correct the arguments in the pattern.',
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
    summary: 'The agent failed five times in a row and is left alone for a while.',
    action: 'Retry after the seconds in `Retry-After`.',
  },
  DATABASE_UNAVAILABLE: {
    status: 503,
    retryable: true,
    summary: 'PostgreSQL cannot be reached.',
    action: 'Check DATABASE_URL and the server; it is retried.',
  },
  TEMPORAL_UNAVAILABLE: {
    status: 503,
    retryable: true,
    summary: 'Temporal cannot be reached.',
    action: 'Check TEMPORAL_ADDRESS and the server, then retry.',
  },
  PACK_WARMING: {
    status: 503,
    retryable: true,
    summary: 'The pricing pack of this date is not fresh yet.',
    action: 'Retry later, or name an earlier date.',
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

export type ErrorCode = keyof typeof errorCodes;

/** One problem of a request or a pattern, with the place it is at. */
export interface Problem {
  code: string;
  pointer: string;
  message: string;
  suggestion?: string;
}

/** The only error the project throws on purpose: a code of the table, a message that names thing, value and next action. */
export class EngineError extends Error {
  readonly code: ErrorCode;
  /** Members shown to the caller beside the code; nothing internal. */
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'EngineError';
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return errorCodes[this.code].status;
  }

  get retryable(): boolean {
    return errorCodes[this.code].retryable;
  }
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}
