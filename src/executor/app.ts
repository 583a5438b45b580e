/** The HTTP API: what every request passes, and the routes of all operations. What it needs comes in as arguments. */
import express, { type Express } from 'express';
import helmet from 'helmet';
import type { AppDeps } from './app-deps';
import { handleErrors, handleNotFound, refuseMethod } from './error-handler';
import { limitRequests } from './limits';
import { countRequests } from './metrics';
import { openApiDocument } from './openapi';
import { operations } from './operations';
import { openScope, refuseTransferCodings } from './request-scope';
import { addRoutes } from './routes';

export type { AppDeps } from './app-deps';

export function createApp(deps: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // Without it a query like `a[b]=c` would become an object.
  app.set('query parser', 'simple');
  app.use(openScope(deps.log), countRequests(deps.metrics), helmet(), refuseTransferCodings);

  const limit = limitRequests(deps.limits.requestsPerMinute);
  addRoutes(app, operations, deps, limit);
  const document = openApiDocument(operations);
  app
    .route('/openapi.json')
    .get(limit.count, (_req, res) => {
      res.json(document);
    })
    .all(refuseMethod('GET', 'HEAD'));

  app.use(handleNotFound, limit.countStrangers, handleErrors(deps.log));
  return app;
}
