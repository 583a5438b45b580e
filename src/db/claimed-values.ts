/** Payloads too large for Temporal's history, by their hash; see src/temporal/claim-codec.ts. */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import type { ClaimStore } from '../contract/claims';
import { EngineError } from '../contract/errors';
import { asEngineError } from './pool';

/** A workflow that is replayed asks for all its values again. */
const recentBytes = 64 * 1024 * 1024;

/** Equal bytes are one row. Its age is refreshed, but not by every step of a run. */
const insertValue = `
  insert into claimed_values as known (sha256, bytes) values ($1, $2)
  on conflict (sha256) do update set claimed_at = now() where known.claimed_at < now() - interval '1 hour'`;

const selectValues = 'select sha256, bytes from claimed_values where sha256 = any($1)';

/** Keeps the values of late in memory too, so that the process that stored one does not read it. */
export function claimedValues(database: Pick<Pool, 'query'>): ClaimStore {
  const recent = new LRUCache<string, Uint8Array>({
    maxSize: recentBytes,
    sizeCalculation: (bytes) => bytes.byteLength,
  });
  return {
    put: async (bytes) => {
      const hash = hashOf(bytes);
      await ask(() => database.query(insertValue, [hash, Buffer.from(bytes)]));
      recent.set(hash, bytes);
      return hash;
    },
    get: async (hashes) => {
      const missing = [...new Set(hashes)].filter((hash) => !recent.has(hash));
      const found = new Map(hashes.map((hash) => [hash, recent.get(hash)]));
      if (missing.length > 0) {
        const { rows } = await ask(() =>
          database.query<{ sha256: string; bytes: Buffer }>(selectValues, [missing]),
        );
        for (const { sha256, bytes } of rows) {
          if (hashOf(bytes) !== sha256) continue;
          recent.set(sha256, bytes);
          found.set(sha256, bytes);
        }
      }
      return hashes.map((hash) => found.get(hash) ?? refuse(hash));
    },
  };
}

function refuse(hash: string): never {
  throw new EngineError(
    'DATA_MISSING',
    `The value ${hash}, too large for Temporal’s history, is not in PostgreSQL, or is damaged: was it deleted too early?`,
    { sha256: hash },
  );
}

async function ask<T>(query: () => Promise<T>): Promise<T> {
  try {
    return await query();
  } catch (error) {
    throw asEngineError(error);
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
