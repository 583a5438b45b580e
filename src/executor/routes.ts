/** From operations to Express' routes: who may call, how often, with what body, and what answers. */
import type { Express, RequestHandler } from 'express';
import type { AppDeps } from './app-deps';
import { requireUser } from './authenticate';
import { refuseMethod } from './error-handler';
import { grouped } from '../services/grouped';
import type { RequestLimit } from './limits';
import type { Operation } from './operations/operation';
import { jsonBody } from './request-body';

/** Registers every operation; another method at one of their addresses is refused with 405. */
export function addRoutes(
  app: Express,
  operations: readonly Operation[],
  deps: AppDeps,
  limit: RequestLimit,
): void {
  const user = requireUser(deps.authenticate);
  const byAddress = grouped([...operations].sort(literalFirst), ({ paths }) => paths.join(' '));
  for (const sharing of byAddress.values()) {
    const route = app.route((sharing[0]?.paths ?? []).map(toExpressPath));
    for (const operation of sharing) {
      const handlers: RequestHandler[] = [
        ...(operation.isPublic ? [] : [user]),
        ...(operation.isProbe ? [] : [limit.count]),
        ...(operation.noStore ? [noStore] : []),
        ...(operation.body ? jsonBody() : []),
        operation.handler(deps),
      ];
      route[operation.method](...handlers);
    }
    const methods = sharing.map(({ method }) => method.toUpperCase());
    route.all(refuseMethod(...methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))));
  }
}

/** Express takes the first that fits: `/v1/patterns/check` has to come before `/v1/patterns/{id}`. */
function literalFirst(a: Operation, b: Operation): number {
  const rank = ({ paths }: Operation): string => (paths[0] ?? '').replaceAll('{', '\uffff');
  return rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0;
}

function toExpressPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

/** Own runs are nobody else's, and a running one changes. */
const noStore: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'no-store');
  next();
};
