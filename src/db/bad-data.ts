/** Tells when PostgreSQL cannot take a value at all: SQLSTATE class 22, data exceptions. Trying again cannot help. */

/** A day or a number out of range, a division by zero, a text that is none: in the error itself, or in what caused it. */
export function isBadData(error: unknown): boolean {
  // By shape, as `asEngineError` does: errors come from more than one realm under test.
  if (typeof error !== 'object' || error === null) return false;
  const { code, severity, cause } = error as { code?: unknown; severity?: unknown; cause?: unknown };
  const isOfServer = typeof code === 'string' && typeof severity === 'string';
  return (isOfServer && /^22[0-9A-Z]{3}$/.test(code)) || isBadData(cause);
}
