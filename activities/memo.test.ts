import { CancelledFailure } from '@temporalio/common';
import { localMemoStore } from '../src/cache/local-memo-store';
import { EngineError } from '../src/contract/errors';
import type { MemoStore, Remembered } from '../src/contract/memo';
import { createMemo, type MemoCall } from './memo';

const answer = (value: unknown, by = 'exec-1'): Remembered => ({
  result: { value },
  meta: {
    source: 'ledger:x',
    asof_date: '2013-02-28',
    confidence: 0.5,
    result_digest: `sha256:${String(value)}`,
    source_execution_id: by,
  },
});
const call = (key: string, change: Partial<MemoCall> = {}): MemoCall => ({
  key,
  fits: () => true,
  race: (work) => work,
  ...change,
});

/** A store whose texts a test may read and damage. */
function openStore() {
  const texts = new Map<string, string>();
  const store: MemoStore = {
    scope: 'local',
    get: async (key) => texts.get(key) ?? null,
    put: async (key, text) => void (texts.has(key) || texts.set(key, text)),
    discard: async (key, text) => void (texts.get(key) === text && texts.delete(key)),
    has: async (keys) => keys.map((key) => texts.has(key)),
  };
  return { texts, store };
}

function later<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((...settle) => {
    [resolve, reject] = settle;
  });
  return { promise, resolve, reject };
}

describe('the memory of results', () => {
  it('computes once, and gives the result with the provenance of the run that produced it', async () => {
    const memo = createMemo(localMemoStore());
    const compute = jest.fn(() => Promise.resolve(answer(1)));
    expect(await memo.recall(call('k'), compute)).toEqual({ ...answer(1), cache: 'miss' });
    expect(await memo.recall(call('k'), () => Promise.resolve(answer(2, 'exec-2')))).toEqual({
      ...answer(1),
      cache: 'hit',
    });
    expect(compute).toHaveBeenCalledTimes(1);
  });

  it('keeps keys apart', async () => {
    const memo = createMemo(localMemoStore());
    await memo.recall(call('k'), () => Promise.resolve(answer(1)));
    expect(await memo.recall(call('l'), () => Promise.resolve(answer(2)))).toMatchObject({
      result: { value: 2 },
      cache: 'miss',
    });
  });

  it('keeps no failure', async () => {
    const memo = createMemo(localMemoStore());
    await expect(memo.recall(call('k'), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await memo.lookup(['k'])).toEqual([false]);
    expect(await memo.recall(call('k'), () => Promise.resolve(answer(1)))).toMatchObject({ cache: 'miss' });
  });

  it('says which keys are known, and changes nothing by it', async () => {
    const memo = createMemo(localMemoStore());
    await memo.recall(call('k'), () => Promise.resolve(answer(1)));
    expect(await memo.lookup(['j', 'k'])).toEqual([false, true]);
    expect(await memo.lookup([])).toEqual([]);
    expect(await memo.recall(call('j'), () => Promise.resolve(answer(1)))).toMatchObject({ cache: 'miss' });
  });
});

describe('a text that is of no use', () => {
  it.each([
    ['is cut off', (text: string) => text.slice(0, -3)],
    ['has another value', (text: string) => text.replace('"value":1', '"value":9')],
    ['is of an older format', (text: string) => text.replace('dawsos-memo/1', 'dawsos-memo/0')],
    ['belongs to another key', () => null],
    ['is no text of ours', () => '{"result":{"value":9}}'],
    ['is empty', () => ''],
  ])('counts as not known and is replaced when it %s', async (_title, damage) => {
    const { store, texts } = openStore();
    const memo = createMemo(store);
    await memo.recall(call('other'), () => Promise.resolve(answer(9)));
    await memo.recall(call('k'), () => Promise.resolve(answer(1)));
    texts.set('k', damage(texts.get('k') ?? '') ?? texts.get('other') ?? '');
    expect(await memo.recall(call('k'), () => Promise.resolve(answer(1, 'exec-2')))).toMatchObject({
      result: { value: 1 },
      cache: 'miss',
    });
    expect(await memo.recall(call('k'), () => Promise.resolve(answer(3)))).toMatchObject({
      result: { value: 1 },
      meta: { source_execution_id: 'exec-2' },
      cache: 'hit',
    });
  });

  it('is also a result that the schema no longer admits', async () => {
    const memo = createMemo(localMemoStore());
    await memo.recall(call('k'), () => Promise.resolve(answer('old')));
    const fits = (result: unknown): boolean => (result as { value: unknown }).value !== 'old';
    expect(await memo.recall(call('k', { fits }), () => Promise.resolve(answer('new')))).toMatchObject({
      result: { value: 'new' },
      cache: 'miss',
    });
  });
});

describe('equal calls at once', () => {
  it('run once, and all but the first are hits of it', async () => {
    const memo = createMemo(localMemoStore());
    const { promise, resolve } = later<Remembered>();
    const compute = jest.fn(() => promise);
    const calls = Array.from({ length: 50 }, () => memo.recall(call('k'), compute));
    resolve(answer(1));
    const caches = (await Promise.all(calls)).map(({ cache }) => cache);
    expect(caches).toEqual(['miss', ...Array.from({ length: 49 }, () => 'hit')]);
    expect(compute).toHaveBeenCalledTimes(1);
  });

  it('share a failure', async () => {
    const memo = createMemo(localMemoStore());
    const compute = jest.fn(() => Promise.reject(new EngineError('PROVIDER_UNAVAILABLE', 'away')));
    const ends = await Promise.allSettled([memo.recall(call('k'), compute), memo.recall(call('k'), compute)]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(compute).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['was cancelled', new CancelledFailure('CANCELLED')],
    ['ran out of its own time', new EngineError('STEP_TIMED_OUT', 'late')],
  ])('take the turn of one that %s, one after the other', async (_title, error) => {
    const memo = createMemo(localMemoStore());
    const first = memo.recall(call('k'), () => Promise.reject(error));
    const compute = jest.fn(() => Promise.resolve(answer(1)));
    const others = [1, 2, 3].map(() => memo.recall(call('k'), compute));
    await expect(first).rejects.toBe(error);
    expect((await Promise.all(others)).map(({ cache }) => cache)).toEqual(['miss', 'hit', 'hit']);
    expect(compute).toHaveBeenCalledTimes(1);
  });

  it('wait no longer than they may', async () => {
    const memo = createMemo(localMemoStore());
    const { promise, resolve } = later<Remembered>();
    const first = memo.recall(call('k'), () => promise);
    const late = new EngineError('STEP_TIMED_OUT', 'late');
    const race = (work: Promise<unknown>) => Promise.race([work, Promise.reject(late)]);
    await expect(memo.recall(call('k', { race: race as MemoCall['race'] }), () => promise)).rejects.toBe(
      late,
    );
    resolve(answer(1));
    expect(await first).toMatchObject({ cache: 'miss' });
  });
});
