/**
 * The claim check: of a payload above 256 KiB Temporal's history holds the hash only, its bytes are in PostgreSQL.
 *
 * Runs outside the sandbox, between worker or client and the wire: neither workflow nor activity knows of it. A payload that
 * is small is left alone, so a history without large values reads as it always did, and needs no database.
 */
import { ApplicationFailure, type Payload, type PayloadCodec } from '@temporalio/common';
import type { ClaimStore } from '../contract/claims';
import { EngineError } from '../contract/errors';
import { inlineBytes, payloadBytes } from '../contract/limits';
import { readablePayloads } from './readable-payloads';

/** What a claim's own data say, as JSON, so that Temporal's Web UI and CLI show it. */
interface Claim {
  sha256: string;
  size: number;
}

/** `json/…`: tools show the data as text. */
const claimEncoding = 'json/claim-check';
/** Where the payload's own encoding waits meanwhile. */
const innerEncoding = 'claimed-encoding';

/** For clients. Throws EngineErrors: LIMIT_EXCEEDED, DATA_MISSING, DATABASE_UNAVAILABLE. */
export function claimCodec(store: ClaimStore): PayloadCodec {
  return {
    encode: (payloads) => Promise.all(payloads.map((payload) => encode(store, payload))),
    decode: async (payloads) => {
      const claims = payloads.filter(isClaim).map(claimOf);
      if (claims.length === 0) return payloads;
      const values = await store.get(claims.map(({ sha256 }) => sha256));
      const bytes = new Map(claims.map(({ sha256 }, index) => [sha256, values[index]]));
      return payloads.map((payload) =>
        isClaim(payload) ? restore(payload, bytes.get(claimOf(payload).sha256)) : payload,
      );
    },
  };
}

/**
 * For workers: the same, but errors leave as ApplicationFailures, of which Temporal keeps the code, and what cannot be read
 * becomes bytes.
 */
export function workerClaimCodec(store: ClaimStore): PayloadCodec {
  const codec = claimCodec(store);
  const run = (work: () => Promise<Payload[]>): Promise<Payload[]> =>
    work().catch((error: unknown) => {
      if (!(error instanceof EngineError)) throw error;
      const { code: type, message, retryable, details } = error;
      throw ApplicationFailure.create({ type, message, nonRetryable: !retryable, details: [details] });
    });
  return {
    encode: (payloads) => run(() => codec.encode(payloads)),
    decode: (payloads) => run(async () => readablePayloads(await codec.decode(payloads))),
  };
}

/** Whether the payload stands for one that is kept elsewhere. */
export function isClaim({ metadata }: Payload): boolean {
  const encoding = metadata?.['encoding'];
  return encoding != null && textOf(encoding) === claimEncoding;
}

async function encode(store: ClaimStore, payload: Payload): Promise<Payload> {
  const { data, metadata } = payload;
  const size = data?.byteLength ?? 0;
  if (!data || size <= inlineBytes) return payload;
  if (size > payloadBytes) {
    throw new EngineError(
      'LIMIT_EXCEEDED',
      `A run would hand on ${String(size)} bytes at once, at most ${String(payloadBytes)} (64 MiB) are carried; pass less on`,
      { size, limit: payloadBytes },
    );
  }
  const claim: Claim = { sha256: await store.put(data), size };
  return {
    metadata: {
      ...metadata,
      encoding: bytesOf(claimEncoding),
      ...(metadata?.['encoding'] && { [innerEncoding]: metadata['encoding'] }),
    },
    data: bytesOf(JSON.stringify(claim)),
  };
}

function restore({ metadata }: Payload, data: Uint8Array | undefined): Payload {
  const { encoding: _, [innerEncoding]: inner, ...others } = metadata ?? {};
  return { metadata: { ...others, ...(inner && { encoding: inner }) }, ...(data && { data }) };
}

function claimOf({ data }: Payload): Claim {
  return JSON.parse(textOf(data ?? new Uint8Array())) as Claim;
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
