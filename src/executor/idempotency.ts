/** `Idempotency-Key`: the same key of the same user is the same execution, today and after a restart. */
import { randomUUID } from 'node:crypto';
import { canonicalJson, digest, sha256Hex } from '../canonical';
import { EngineError } from '../contract/errors';

/** @throws EngineError REQUEST_INVALID for a key that is no printable ASCII of 1 to 255 characters */
export function parseIdempotencyKey(header: string | undefined): string | null {
  if (header === undefined) return null;
  // The draft standard writes it as a quoted string, most clients do not; both name the same key.
  const key = /^"(.*)"$/.exec(header)?.[1] ?? header;
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new EngineError(
      'REQUEST_INVALID',
      'Idempotency-Key must be 1 to 255 printable ASCII characters without blanks.',
    );
  }
  return key;
}

/** The execution's id: made from user and key, so two users' equal keys never meet; random without a key. */
export function executionIdOf(userId: string, key: string | null): string {
  if (key === null) return randomUUID();
  const hex = sha256Hex(canonicalJson([userId, key]));
  // Version 8: a UUID whose bits the application chose (RFC 9562).
  const variant = ((parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export function workflowIdOf(executionId: string): string {
  return `exec-${executionId}`;
}

/** Of the body as JSON, so that blanks and the order of members do not make another request. */
export function requestDigest(body: unknown): string {
  return digest(body);
}

/** @throws EngineError IDEMPOTENCY_CONFLICT when the key was used with another body */
export function requireSameRequest(stored: { id: string; request_digest: string }, given: string): void {
  if (stored.request_digest === given) return;
  throw new EngineError(
    'IDEMPOTENCY_CONFLICT',
    'This Idempotency-Key belongs to a request with another body.',
    {
      execution_id: stored.id,
    },
  );
}
