/** How much one user may ask: so many requests a minute, so many executions at once. */
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { EngineError } from '../contract/errors';
import type { Tx } from '../db/pool';
import { countRunning } from '../db/running-executions';
import { scopeOf } from './request-scope';

/** 0 means without limit. Requests are counted by each process for itself. */
export interface Limits {
  requestsPerMinute: number;
  runningPerUser: number;
}

export interface RequestLimit {
  /** Behind the authentication where there is one: counts by user, else by address. */
  count: RequestHandler;
  /** Before the error handler: whoever fails to authenticate is counted by address, and refused with 429 in the end. */
  countStrangers: ErrorRequestHandler;
}

export function limitRequests(perMinute: number): RequestLimit {
  if (perMinute === 0) {
    return {
      count: (_req, _res, next) => {
        next();
      },
      countStrangers: (error, _req, _res, next) => {
        next(error);
      },
    };
  }
  const count = rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (req, res) =>
      scopeOf(res).user?.id ?? (req.ip === undefined ? 'unknown' : ipKeyGenerator(req.ip)),
    handler: (_req, res, next) => {
      const seconds = Number(res.getHeader('Retry-After') ?? '60');
      const message = `More than ${String(perMinute)} requests in a minute.`;
      next(new EngineError('RATE_LIMITED', message, { limit: perMinute, retry_after_seconds: seconds }));
    },
  });
  const countStrangers: ErrorRequestHandler = (error: unknown, req, res, next) => {
    if (!(error instanceof EngineError && error.code === 'UNAUTHENTICATED')) next(error);
    else
      void count(req, res, (refusal?: unknown) => {
        next(refusal ?? error);
      });
  };
  return { count, countStrangers };
}

/**
 * For the transaction that has just inserted a row: it counts that one too, and the error takes it back. Requests at
 * the very same moment do not see each other's rows, so a burst may go a little above.
 * @throws EngineError RATE_LIMITED
 */
export async function requireRoom(tx: Tx, userId: string, maximum: number): Promise<void> {
  if (maximum === 0 || (await countRunning(tx, userId, maximum + 1)) <= maximum) return;
  const message = `You have ${String(maximum)} executions under way, which is as many as one user may have.`;
  throw new EngineError('RATE_LIMITED', message, { limit: maximum, retry_after_seconds: 5 });
}
