/** All that the HTTP API needs to work; made by the composition root, in tests by the test. */
import type { Logger } from 'pino';
import type { CheckContext } from '../pattern/check-context';
import type { Authenticate } from './authenticate';
import type { Capabilities } from './capabilities';
import type { ExecuteDeps } from './execute-deps';
import type { HealthDeps } from './health';
import type { Limits } from './limits';
import type { PredictCache } from './predict-cache';
import type { ProbeDeps } from './probes';

export interface AppDeps extends ExecuteDeps, HealthDeps, ProbeDeps {
  authenticate: Authenticate;
  log: Logger;
  capabilities: Capabilities;
  limits: Limits;
  /** Signatures and patterns, for checking and planning what a request brings. */
  checkContext: CheckContext;
  predictCache: PredictCache;
}
