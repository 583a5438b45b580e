/** Effects on a real PostgreSQL: once, whatever happens around them. */
import type { Pool } from 'pg';
import { EngineError } from '../../src/contract/errors';
import { withEffect } from '../../src/db/effects';
import { createPool, type Tx, withUser } from '../../src/db/pool';
import { testDatabase, type TestDatabase } from '../support/database';
import { createWrittenTable, readEffects } from '../support/effect-agent';

const user_id = '00000000-0000-4000-8000-0000000000aa';
const other_id = '00000000-0000-4000-8000-0000000000bb';

let database: TestDatabase;
let pool: Pool;
let keys = 0;

beforeAll(async () => {
  database = await testDatabase();
  await createWrittenTable(database.appUrl);
  pool = createPool(database.appUrl);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** One step of one run, and its undo. */
function openStep() {
  keys += 1;
  const key = `exec-${String(keys)}/step`;
  const attempt = (work: (tx: Tx) => Promise<unknown>) =>
    withEffect(pool, { user_id, key, capability: 'effects.write' }, work);
  const undo = (work: (tx: Tx, done: boolean | undefined) => Promise<unknown>) =>
    withEffect(pool, { user_id, key: `${key}:undo`, capability: 'effects.undo' }, (tx, original) =>
      work(tx, original?.done),
    );
  const write =
    (answer: unknown = { ok: true }) =>
    async (tx: Tx): Promise<unknown> => {
      await tx.query("insert into written (key, name, action) values ($1, 'n', 'write')", [key]);
      return answer;
    };
  const state = () => readEffects(pool, user_id, key);
  return { key, attempt, undo, write, state };
}

describe('an effect', () => {
  it('is done once; a repeated attempt answers the same and is counted', async () => {
    const { key, attempt, write, state } = openStep();
    const answer = { z: 1, a: '1.50', big: 12345678901234567, text: 'a\u0000b' };
    expect(await attempt(write(answer))).toEqual(answer);
    const again = jest.fn(write({ other: true }));
    const repeated = await attempt(again);
    expect(repeated).toEqual(answer);
    expect(Object.keys(repeated as object)).toEqual(['z', 'a', 'big', 'text']);
    expect(again).not.toHaveBeenCalled();
    expect(await state()).toEqual({
      written: [{ key, name: 'n', action: 'write' }],
      effects: { [key]: { attempts: 2, done: true, undone: false } },
    });
  });

  it('may answer nothing', async () => {
    const { attempt } = openStep();
    expect(await attempt(async () => undefined)).toBeNull();
    expect(await attempt(() => Promise.reject(new Error('not again')))).toBeNull();
  });

  it('is done once by attempts at the same time', async () => {
    const { attempt, write, state, key } = openStep();
    let count = 0;
    const work = async (tx: Tx): Promise<unknown> => {
      count += 1;
      return write(count)(tx);
    };
    expect(await Promise.all(Array.from({ length: 10 }, () => attempt(work)))).toEqual(
      Array.from({ length: 10 }, () => 1),
    );
    expect((await state()).written).toHaveLength(1);
    expect((await state()).effects[key]?.attempts).toBe(10);
  });

  it('leaves nothing behind when it fails, and the next attempt does it', async () => {
    const { attempt, write, state, key } = openStep();
    const failing = async (tx: Tx): Promise<never> => {
      await write()(tx);
      throw new EngineError('PROVIDER_REFUSED', 'no');
    };
    await expect(attempt(failing)).rejects.toMatchObject({ code: 'PROVIDER_REFUSED' });
    expect(await state()).toEqual({
      written: [],
      effects: { [key]: { attempts: 1, done: false, undone: false } },
    });
    await attempt(write());
    expect(await state()).toMatchObject({
      written: [{ key }],
      effects: { [key]: { attempts: 2, done: true } },
    });
  });

  it('leaves nothing behind when the connection breaks in the middle', async () => {
    const { attempt, write, state } = openStep();
    const breaking = async (tx: Tx): Promise<unknown> => {
      await write()(tx);
      return tx.query('select pg_terminate_backend(pg_backend_pid())');
    };
    await expect(attempt(breaking)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect((await state()).written).toEqual([]);
    await attempt(write());
    expect((await state()).written).toHaveLength(1);
  });

  it('needs a key', async () => {
    const nobody = { user_id, key: null, capability: 'effects.write' };
    await expect(withEffect(pool, nobody, async () => 1)).rejects.toThrow('no effect key');
  });

  it('is nobody else’s to see', async () => {
    const { attempt, write, key } = openStep();
    await attempt(write());
    const count = (user: string) =>
      withUser(
        pool,
        user,
        async (tx) => (await tx.query('select from effects where key = $1', [key])).rowCount,
      );
    expect([await count(user_id), await count(other_id)]).toEqual([1, 0]);
  });
});

describe('an undo', () => {
  it('is told that the effect was done, and is done once itself', async () => {
    const { attempt, undo, write, state, key } = openStep();
    await attempt(write());
    const work = jest.fn(async (_tx: Tx, done: boolean | undefined) => ({ done }));
    expect(await undo(work)).toEqual({ done: true });
    expect(await undo(work)).toEqual({ done: true });
    expect(work).toHaveBeenCalledTimes(1);
    expect((await state()).effects).toEqual({
      [key]: { attempts: 1, done: true, undone: true },
      [`${key}:undo`]: { attempts: 2, done: true, undone: false },
    });
  });

  it('keeps an attempt that comes later from doing what was undone', async () => {
    const { attempt, undo, write, state } = openStep();
    expect(await undo(async (_tx, done) => ({ done }))).toEqual({ done: false });
    await expect(attempt(write())).rejects.toMatchObject({ code: 'EFFECT_UNDONE', retryable: false });
    expect((await state()).written).toEqual([]);
  });

  it('waits for an attempt that is under way, and knows how it ended', async () => {
    const { attempt, undo, write } = openStep();
    let release: () => void = () => undefined;
    let begun: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const started = new Promise<void>((resolve) => (begun = resolve));
    const slow = attempt(async (tx) => {
      begun();
      await held;
      return write()(tx);
    });
    await started;
    const undone = undo(async (_tx, done) => ({ done }));
    setTimeout(release, 50);
    await slow;
    expect(await undone).toEqual({ done: true });
  });

  it('that fails leaves the effect as it was', async () => {
    const { attempt, undo, write, state, key } = openStep();
    await attempt(write());
    await expect(undo(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect((await state()).effects[key]).toEqual({ attempts: 1, done: true, undone: false });
  });
});
