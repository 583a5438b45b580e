/** Codes of refused requests: what was asked for is not there, not allowed, or not possible now. */
import type { ErrorCodeEntry } from './error-code-entry';

export const requestCodes = {
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
  EXPORT_REFUSED: {
    status: 403,
    retryable: false,
    summary: 'The result may not be taken away: the pattern or the sources of its data do not allow it.',
    action: 'See `refusals`: which output, whose data, which right; leave those out with `outputs=a,b`.',
  },
  EXPORT_TOO_LARGE: {
    status: 422,
    retryable: false,
    summary: 'The export takes more time, memory or space than one may.',
    action: 'Take fewer outputs with `outputs=a,b`, or another format.',
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
    action: 'List them with GET /v1/patterns; `nearest` is the most likely one, or null.',
  },
  PORTFOLIO_NOT_FOUND: {
    status: 404,
    retryable: false,
    summary: 'No such portfolio among yours.',
    action: 'Check the id and whose token it is.',
  },
  LEDGER_COMMIT_NOT_FOUND: {
    status: 404,
    retryable: false,
    summary: 'The portfolio has no such state of its ledger.',
    action: 'List them: GET /v1/portfolios/{id}/ledger-commits, or `dawsos ledger commits`.',
  },
  PACK_NOT_FOUND: {
    status: 404,
    retryable: false,
    summary: 'There is no pricing pack for this date.',
    action:
      'Use the earlier date named in `nearest`; where that is null, a later one, or none for the newest.',
  },
  EXECUTION_NOT_FOUND: {
    status: 404,
    retryable: false,
    summary: 'No such execution among yours.',
    action: 'List them with GET /v1/executions.',
  },
  FIELD_UNKNOWN: {
    status: 404,
    retryable: false,
    summary: 'The result has no such field.',
    action: 'See what there is in the message; `nearest` is the most likely name, or null.',
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
  ALERT_NOT_FOUND: {
    status: 404,
    retryable: false,
    summary: 'No such alert, notification or dead letter among yours.',
    action: 'List them with GET /v1/alerts, /v1/notifications or /v1/alerts/dead-letters.',
  },
  ALERT_EXISTS: {
    status: 409,
    retryable: false,
    summary: 'The portfolio has an alert with this condition already.',
    action: 'Change that one: its id is in `alert_id`.',
  },
  LINEAGE_UNAVAILABLE: {
    status: 409,
    retryable: false,
    summary:
      'What the execution ran has changed since, so the way back from its result is not known any more.',
    action: 'Run it again with POST /v1/executions/{id}/rerun and ask there.',
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
  DIRECT_REFUSED: {
    status: 422,
    retryable: false,
    summary:
      'The pattern cannot run in direct mode: it has effects, waits, or depends on more than the snapshot.',
    action: 'See `reasons`; leave out `mode`, and it runs durably.',
  },
  VERIFY_REFUSED: {
    status: 409,
    retryable: false,
    summary:
      'An execution that had effects or asks people cannot be run again to verify it; a verification writes nothing.',
    action: 'Its trace can be rebuilt from Temporal’s history: `npm run replay`.',
  },
  EXECUTION_UNFINISHED: {
    status: 409,
    retryable: false,
    summary: 'The execution has not ended, or left no result.',
    action: 'Wait for its end with GET /v1/executions/{id}.',
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
} as const satisfies Record<string, ErrorCodeEntry>;
