/** A provider without its key is not available, and says which variable would make it so. */
import { EngineError } from '../contract/errors';

/** @throws EngineError PROVIDER_REFUSED with the reason KEY_MISSING */
export function requireKey(provider: string, variable: string, key: string | null): string {
  if (key !== null) return key;
  const message = `${provider} is not available: ${variable} is not set where the worker runs. Set it, or do without.`;
  throw new EngineError('PROVIDER_REFUSED', message, { provider, reason: 'KEY_MISSING' });
}

/** Whether a provider was not asked for want of its key. */
export function isKeyMissing(error: unknown): boolean {
  return error instanceof EngineError && error.details['reason'] === 'KEY_MISSING';
}
