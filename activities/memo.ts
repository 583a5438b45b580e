/**
 * Results of pure capabilities, remembered without a time limit.
 *
 * Invariants
 * 1. What is given is what some call answered to the same key, and says which execution that was.
 * 2. A text of another format, a damaged one, or a result that its schema no longer admits counts as not known.
 * 3. Only what a call answered is kept: no failure, nothing that took a failure's place.
 * 4. In one process equal calls that come at once run once. One that was cancelled or out of time gives its turn to the next.
 * 5. A store that is away makes calls slower, never different.
 * What a key covers is src/capabilities/memo-key.ts.
 */
import { createHash } from 'node:crypto';
import { EngineError } from '../src/contract/errors';
import type { MemoStore, Remembered } from '../src/contract/memo';
import { isCancellation } from './circuit-breaker';

export interface MemoCall {
  key: string;
  /** Whether a remembered result is one that the capability's schema admits today. */
  fits(result: unknown): boolean;
  /** Waits for an equal call, no longer than this one may. */
  race<T>(work: Promise<T>): Promise<T>;
}

export interface Recalled extends Remembered {
  /** Whether another call gave it. */
  cache: 'hit' | 'miss';
}

export interface Memo {
  recall(call: MemoCall, compute: () => Promise<Remembered>): Promise<Recalled>;
  /** What is known, for calls that somebody else makes; `keep` is told what came of them. */
  known(call: Omit<MemoCall, 'race'>): Promise<Remembered | null>;
  keep(key: string, answer: Remembered): Promise<void>;
  /** Which keys would be hits as far as the store knows, in their order; no effect. */
  lookup(keys: readonly string[]): Promise<boolean[]>;
  /** Of a `local` one other processes' memories are not known. */
  scope: MemoStore['scope'];
}

type Flight = Promise<{ recalled: Recalled } | { error: unknown }>;

export function createMemo(store: MemoStore): Memo {
  const flights = new Map<string, Flight>();

  const lead = async (call: MemoCall, compute: () => Promise<Remembered>): Promise<Recalled> => {
    const known = await read(store, call);
    if (known) return { ...known, cache: 'hit' };
    const answer = await compute();
    await store.put(call.key, write(call.key, answer));
    return { ...answer, cache: 'miss' };
  };

  return {
    scope: store.scope,
    lookup: (keys) => store.has(keys),
    known: (call) => read(store, call),
    keep: (key, answer) => store.put(key, write(key, answer)),
    recall: async (call, compute) => {
      for (let ahead = flights.get(call.key); ahead; ahead = flights.get(call.key)) {
        const end = await call.race(ahead);
        if ('recalled' in end) return { ...end.recalled, cache: 'hit' };
        if (!isOwn(end.error)) throw end.error;
      }
      const work = lead(call, compute);
      const flight: Flight = work
        .then(
          (recalled) => ({ recalled }),
          (error: unknown) => ({ error }),
        )
        .finally(() => flights.delete(call.key));
      flights.set(call.key, flight);
      return work;
    },
  };
}

/** What ended one call and says nothing of another. */
function isOwn(error: unknown): boolean {
  return isCancellation(error) || (error instanceof EngineError && error.code === 'STEP_TIMED_OUT');
}

/** Raise it when what is stored beside a result changes. */
const format = 'dawsos-memo/1';

function write(key: string, { result, meta }: Remembered): string {
  const text = JSON.stringify({ key, result, meta });
  return `${format} ${hashOf(text)}\n${text}`;
}

async function read(store: MemoStore, { key, fits }: Omit<MemoCall, 'race'>): Promise<Remembered | null> {
  const text = await store.get(key);
  if (text === null) return null;
  const known = parse(key, text);
  if (known && fits(known.result)) return known;
  await store.discard(key, text);
  return null;
}

function parse(key: string, text: string): Remembered | null {
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  if (end < 0 || text.slice(0, end) !== `${format} ${hashOf(body)}`) return null;
  const { key: own, result, meta } = JSON.parse(body) as Remembered & { key: string };
  return own === key ? { result, meta } : null;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
