/** Where payloads are kept that are too large for Temporal's history. */

/** Content-addressed: equal bytes have one place, so storing them again changes nothing. */
export interface ClaimStore {
  /** @returns the SHA-256 of the bytes, in hexadecimal; they are safe when this resolves */
  put(bytes: Uint8Array): Promise<string>;
  /** In the order asked for. @throws EngineError DATA_MISSING when one is not there, or no longer what was stored */
  get(hashes: readonly string[]): Promise<Uint8Array[]>;
}
