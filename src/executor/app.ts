/** The HTTP API: every route in one place. What it needs comes in as arguments. */
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { type Authenticate, requireUser } from './authenticate';
import { handleErrors, handleNotFound, refuseMethod } from './error-handler';
import { execute, type ExecuteDeps } from './execute';
import * as executions from './executions';
import { health, type HealthDeps } from './health';
import { openApiDocument } from './openapi';
import { listPatterns } from './patterns';
import { jsonBody } from './request-body';
import { openScope, refuseTransferCodings } from './request-scope';

export interface AppDeps extends ExecuteDeps, HealthDeps {
  authenticate: Authenticate;
  log: Logger;
}

export function createApp(deps: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // Without it a query like `a[b]=c` would become an object.
  app.set('query parser', 'simple');
  app.use(openScope(deps.log), helmet(), refuseTransferCodings);

  const user = requireUser(deps.authenticate);
  const get = (paths: string[], ...handlers: RequestHandler[]): void => {
    app
      .route(paths)
      .get(...handlers)
      .all(refuseMethod('GET', 'HEAD'));
  };
  const post = (paths: string[], ...handlers: RequestHandler[]): void => {
    app
      .route(paths)
      .post(...handlers)
      .all(refuseMethod('POST'));
  };

  post(['/v1/execute', '/execute'], user, ...jsonBody(), execute(deps));
  get(['/v1/executions'], user, noStore, executions.list(deps));
  get(['/v1/executions/:id'], user, noStore, executions.read(deps));
  get(['/v1/executions/:id/trace'], user, noStore, executions.readTrace(deps));
  post(['/v1/executions/:id/cancel'], user, executions.cancel(deps));
  get(['/v1/patterns', '/patterns'], user, listPatterns(deps.patterns));
  get(['/health'], noStore, health(deps));
  const document = openApiDocument();
  get(['/openapi.json'], (_req, res) => {
    res.json(document);
  });

  app.use(handleNotFound, handleErrors(deps.log));
  return app;
}

/** Own runs are nobody else's, and a running one changes. */
const noStore: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'no-store');
  next();
};
