/** `POST /v1/execute`: every check that needs no run comes first, so a refused request has started nothing. */
import { context } from '@opentelemetry/api';
import type { Request, RequestHandler, Response } from 'express';
import type { ExecuteRequest } from '../contract/execution';
import { sendOutcome } from './answer';
import type { ExecuteDeps } from './execute-deps';
import { executionIdOf, parseIdempotencyKey, requestDigest } from './idempotency';
import { parsePrefer } from './prefer';
import { requireRequest } from './request-checks';
import { scopeOf, userOf } from './request-scope';
import type { Submission } from './submission';
import { submit, type Submitted } from './submit';

export function execute(deps: ExecuteDeps): RequestHandler {
  return async (req, res) => {
    const submission = toSubmission(req, res, requireRequest(req.body));
    await answerRun(deps, req, res, () => submit(deps, submission));
  };
}

/** What a request says of the run that it asks for. */
export function toSubmission(req: Request, res: Response, request: ExecuteRequest): Submission {
  const user = userOf(res);
  const { trace_id, request_id } = scopeOf(res);
  const key = parseIdempotencyKey(req.get('Idempotency-Key'));
  return {
    id: executionIdOf(user.id, key),
    keyed: key !== null,
    user,
    request,
    digest: requestDigest(req.body),
    trace_id,
    request_id,
    fresh: isFresh(req),
  };
}

/** Starts a run under the request's own span, waits as long as the caller prefers, and answers as it then stands. */
export async function answerRun(
  deps: ExecuteDeps,
  req: Request,
  res: Response,
  begin: () => Promise<Submitted>,
): Promise<void> {
  const preference = parsePrefer(req.get('Prefer'));
  const submitted = await context.with(scopeOf(res).otel, begin);
  const seconds = submitted.background ? 0 : preference.waitSeconds;
  const row = await deps.waiting.during(res, seconds, (signal) => submitted.wait(signal));
  if (preference.applied !== null) res.setHeader('Preference-Applied', preference.applied);
  sendOutcome(res, row, deps.ui, submitted.cached);
}

function isFresh(req: Request): boolean {
  const directives = (req.get('Cache-Control') ?? '').split(',').map((part) => part.trim().toLowerCase());
  return directives.includes('no-cache') || directives.includes('no-store');
}
