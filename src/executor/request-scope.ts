/** What every request carries from its first line to its log line: ids, trace context, and who asks. */
import { randomBytes, randomUUID } from 'node:crypto';
import { context, type Context, propagation, SpanStatusCode, trace } from '@opentelemetry/api';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { EngineError } from '../contract/errors';
import type { User } from './authenticate';

export interface RequestScope {
  request_id: string;
  trace_id: string;
  /** Where spans of this request belong; Node loses it while the body is read, so it is kept here. */
  otel: Context;
  user: User | null;
}

/** @throws Error when `openScope` did not run: a mistake in app.ts */
export function scopeOf(res: Response): RequestScope {
  const scope = res.locals['scope'] as RequestScope | undefined;
  if (!scope) throw new Error('the request has no scope');
  return scope;
}

/** Who asks. Only behind the authentication. */
export function userOf(res: Response): User {
  const { user } = scopeOf(res);
  if (!user) throw new EngineError('UNAUTHENTICATED', 'This address needs a bearer token.');
  return user;
}

/** First in the chain: opens scope and span, and writes one log line when the answer is out. */
export function openScope(log: Logger): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now();
    const parent = propagation.extract(context.active(), req.headers);
    // Only the method at first: paths hold ids, and a span's name must not.
    const span = trace.getTracer('dawsos-api').startSpan(req.method, {}, parent);
    const otel = trace.setSpan(parent, span);
    const { traceId } = span.spanContext();
    const scope: RequestScope = {
      request_id: randomUUID(),
      trace_id: /^0*$/.test(traceId) ? randomBytes(16).toString('hex') : traceId,
      otel,
      user: null,
    };
    res.locals['scope'] = scope;
    res.setHeader('X-Request-Id', scope.request_id);
    res.once('close', () => {
      span.updateName(`${req.method} ${routeOf(req)}`);
      span.setAttribute('http.response.status_code', res.statusCode);
      if (res.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
      logLine(log, req, res, scope, performance.now() - startedAt);
    });
    context.with(otel, next);
  };
}

/** The route's own text; the first where several addresses share it. */
export function routeOf(req: Request): string {
  const { path = '(no route)' } = (req.route ?? {}) as { path?: string | string[] };
  return typeof path === 'string' ? path : (path[0] ?? '(no route)');
}

/** A coding that Node does not undo would be read as if it were the body: such a request is refused before it is. */
export function refuseTransferCodings(req: Request, res: Response, next: NextFunction): void {
  const coding = req.headers['transfer-encoding'];
  if (coding === undefined || coding.trim().toLowerCase() === 'chunked') {
    next();
    return;
  }
  res.setHeader('Connection', 'close');
  throw new EngineError('REQUEST_INVALID', 'The only Transfer-Encoding understood is "chunked".');
}

/** The path without its query: a query may hold what should not stand in a log. */
function logLine(log: Logger, req: Request, res: Response, scope: RequestScope, ms: number): void {
  const fields = {
    method: req.method,
    path: req.originalUrl.split('?')[0],
    status: res.statusCode,
    duration_ms: Math.round(ms),
    request_id: scope.request_id,
    trace_id: scope.trace_id,
    ...(scope.user && { user_id: scope.user.id }),
    ...(!res.writableFinished && { aborted: true }),
  };
  if (res.statusCode >= 500) log.warn(fields, 'request');
  else log.info(fields, 'request');
}
