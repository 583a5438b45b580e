/** The one Redis of a test run, where there is one. Tests keep apart by key prefixes of their own. */
import { requireService, serviceVariables } from './services';

/** @throws Error that says how to get one */
export function redisUrl(): string {
  const missing = process.env[serviceVariables.redisMissing];
  if (missing !== undefined) throw new Error(missing);
  return requireService('redisUrl');
}
