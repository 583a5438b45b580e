/** Whatever goes wrong leaves here, as application/problem+json (RFC 9457), by one code, without anything internal. */
import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { EngineError, type ErrorCode, errorCodes } from '../contract/errors';
import { scopeOf } from './request-scope';

/** Seconds after which a retry makes sense, where the error itself does not say. */
const retryAfterSeconds: Partial<Record<ErrorCode, number>> = {
  PACK_WARMING: 30,
  RATE_LIMITED: 5,
  CIRCUIT_OPEN: 60,
  DATABASE_UNAVAILABLE: 5,
  TEMPORAL_UNAVAILABLE: 5,
};

/** Last in the chain. */
export function handleErrors(log: Logger): ErrorRequestHandler {
  // Express tells an error handler by its four parameters.
  return (caught: unknown, req, res, _next) => {
    const error = toEngineError(caught);
    const { request_id, trace_id } = scopeOf(res);
    if (error.code === 'INTERNAL') {
      log.error({ err: error.cause ?? caught, request_id, trace_id }, 'unexpected error');
    } else if (error.cause !== undefined && error.status >= 500) {
      log.warn({ err: error.cause, code: error.code, request_id, trace_id }, 'a part did not answer');
    }
    if (res.headersSent) {
      res.destroy();
      return;
    }
    sendProblem(res, error, req.originalUrl.split('?')[0] ?? '/');
  };
}

/** Answers with the code's status; `members` stand beside the problem's own. */
export function sendProblem(
  res: Response,
  error: EngineError,
  instance: string,
  members: Record<string, unknown> = {},
): void {
  const entry = errorCodes[error.code];
  const { request_id, trace_id } = scopeOf(res);
  const given = error.details['retry_after_seconds'];
  const retryAfter =
    typeof given === 'number' ? Math.max(1, Math.ceil(given)) : retryAfterSeconds[error.code];
  if (retryAfter !== undefined && (entry.status === 503 || entry.status === 429))
    res.setHeader('Retry-After', String(retryAfter));
  // What was not read of a body would be taken for the next request.
  if (error.code === 'BODY_TOO_LARGE') res.setHeader('Connection', 'close');
  const body = {
    ...error.details,
    ...members,
    type: `urn:dawsos:error:${error.code}`,
    title: entry.summary,
    status: entry.status,
    detail: error.message,
    instance,
    code: error.code,
    action: entry.action,
    request_id,
    trace_id,
  };
  res.status(entry.status).type('application/problem+json').send(JSON.stringify(body));
}

export const handleNotFound: RequestHandler = (req) => {
  throw new EngineError('NOT_FOUND', `There is no ${req.method} ${req.path}.`);
};

export function refuseMethod(...allowed: string[]): RequestHandler {
  return (req, res) => {
    res.setHeader('Allow', allowed.join(', '));
    throw new EngineError('METHOD_NOT_ALLOWED', `${req.path} does not know ${req.method}.`);
  };
}

/** What Express, PostgreSQL's driver and Temporal's client throw, as a code of ours. */
export function toEngineError(caught: unknown): EngineError {
  if (caught instanceof EngineError) return caught;
  const { type, status, code } = (caught ?? {}) as { type?: unknown; status?: unknown; code?: unknown };
  if (type === 'entity.too.large')
    return new EngineError('BODY_TOO_LARGE', 'The body is larger than 256 KiB.');
  if (status === 415)
    return new EngineError('MEDIA_TYPE_UNSUPPORTED', 'The body’s encoding is not understood.');
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new EngineError('REQUEST_INVALID', 'The request could not be read.', {}, caught);
  }
  if (caught instanceof ServiceError || isGrpcServiceError(caught)) {
    return new EngineError('TEMPORAL_UNAVAILABLE', 'Temporal did not answer.', {}, caught);
  }
  if (typeof code === 'string' && isConnectionLoss(code)) {
    return new EngineError('DATABASE_UNAVAILABLE', 'PostgreSQL did not answer.', {}, caught);
  }
  return new EngineError('INTERNAL', 'Something went wrong that was not foreseen.', {}, caught);
}

/** Node's socket errors, and PostgreSQL's classes 08 (connection), 53 (resources), 57P (shutting down). */
function isConnectionLoss(code: string): boolean {
  return /^(ECONN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENOTFOUND|08|53|57P)/.test(code);
}
