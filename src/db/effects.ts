/**
 * Effects of steps that write: each happens once, however often it is attempted.
 *
 * Invariants
 * 1. What a step writes and the note that it did commit together or not at all.
 * 2. A repeated attempt answers with what the first one answered, and writes nothing.
 * 3. Attempts for one key run one after the other, in whatever process they are.
 * 4. Once an effect is being undone, no attempt that comes later, from a worker long given up, does it.
 */
import type { Pool } from 'pg';
import { EngineError } from '../contract/errors';
import { type Tx, withUser } from './pool';

/** One attempt at an effect, as a handler knows it from `call`. */
export interface EffectAttempt {
  user_id: string;
  /** `call.effect_key`: workflow id and step path, the same for each attempt; an undo's ends with `:undo`. */
  key: string | null;
  capability: string;
}

/** For an undo, what is known of the effect it undoes. */
export interface Original {
  done: boolean;
  /** What the step answered, even where its answer never reached the workflow; `null` when it was not done. */
  result: unknown;
}

interface EffectRow {
  done: boolean;
  undone: boolean;
  result: unknown;
}

const undoSuffix = ':undo';

const columns = 'done_at is not null as done, undone_at is not null as undone, result';

/** Apart from the effect's own transaction, so that attempts count that failed. */
const countAttempt = `
  insert into effects (key, user_id, capability, attempts) values ($1, $2, $3, 1)
  on conflict (key) do update set attempts = effects.attempts + 1, capability = excluded.capability
  returning ${columns}`;

/** Waits for an attempt that is under way. */
const lockEffect = `select ${columns} from effects where key = $1 for update`;

const markDone = 'update effects set done_at = clock_timestamp(), result = $2 where key = $1';

const markUndone = `
  insert into effects (key, user_id, capability, undone_at) values ($1, $2, '', clock_timestamp())
  on conflict (key) do update set undone_at = coalesce(effects.undone_at, clock_timestamp())
  returning ${columns}`;

/**
 * Does `work` in one transaction of the user, unless an earlier attempt did: then gives what that one gave. `work` writes
 * through `tx` only; an undo is told what it undoes, and has nothing to do when that was never done.
 * @returns what `work` returned, as JSON knows it
 * @throws EngineError EFFECT_UNDONE, DATABASE_UNAVAILABLE; whatever `work` throws, and then nothing was written
 */
export async function withEffect<R>(
  database: Pool,
  { user_id, key, capability }: EffectAttempt,
  work: (tx: Tx, original: Original | null) => Promise<R>,
): Promise<R> {
  if (key === null) throw new EngineError('INTERNAL', `${capability} writes, but its call has no effect key`);
  const earlier = await withUser(database, user_id, (tx) =>
    one(tx, countAttempt, [key, user_id, capability]),
  );
  refuseUndone(key, earlier);
  if (earlier.done) return earlier.result as R;
  return withUser(database, user_id, async (tx) => {
    const original = await originalOf(tx, user_id, key);
    const row = await one(tx, lockEffect, [key]);
    refuseUndone(key, row);
    if (row.done) return row.result as R;
    const text = JSON.stringify((await work(tx, original)) ?? null);
    await tx.query(markDone, [key, text]);
    return JSON.parse(text) as R;
  });
}

/** From here on the effect is not done any more; one that is under way is waited for. */
async function originalOf(tx: Tx, userId: string, key: string): Promise<Original | null> {
  if (!key.endsWith(undoSuffix)) return null;
  const { done, result } = await one(tx, markUndone, [key.slice(0, -undoSuffix.length), userId]);
  return { done, result };
}

function refuseUndone(key: string, { undone }: EffectRow): void {
  if (!undone) return;
  throw new EngineError('EFFECT_UNDONE', `The effect ${key} was undone; a new execution does it again.`, {
    key,
  });
}

async function one(tx: Tx, statement: string, values: unknown[]): Promise<EffectRow> {
  const { rows } = await tx.query<EffectRow>(statement, values);
  const [row] = rows;
  if (!row) throw new EngineError('INTERNAL', 'an effect has no row');
  return row;
}
