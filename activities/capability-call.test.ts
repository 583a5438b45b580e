import { Type } from '@sinclair/typebox';
import { localBreakerStore } from '../src/cache/local-breaker-store';
import { localMemoStore } from '../src/cache/local-memo-store';
import { capabilitiesOf, memoKey } from '../src/capabilities';
import { digest } from '../src/canonical';
import type { CallOptions } from '../src/contract/call-options';
import { EngineError } from '../src/contract/errors';
import type { Answer, UntypedHandler } from './agent';
import { capabilityCall } from './capability-call';
import { createMemo } from './memo';
import { testContext as ctx } from '../tests/support/request-context';

const closed = { additionalProperties: false } as const;
const Value = Type.Object({ value: Type.Unknown() }, closed);
const capability = capabilitiesOf('one');
const base = { summary: '', args: Value, result: Value } as const;
const pure = capability({ ...base, name: 'one.pure', displayTtlSeconds: 60, reads: ['asof_date'] });
const impure = capability({ ...base, name: 'one.impure', pure: false });
const write = capability({ ...base, name: 'one.write', effect: 'write' });

/** One worker: what it remembers, and its breakers. */
function worker() {
  const breakers = localBreakerStore();
  const memo = createMemo(localMemoStore());
  const call = (
    contract: typeof pure | typeof impure | typeof write,
    handler: UntypedHandler,
    args: unknown = { value: 1 },
    options: Partial<CallOptions> = {},
    change: { ctx?: object; limitMs?: number; abort?: AbortController } = {},
  ) => {
    const { abort = new AbortController(), limitMs = 5_000 } = change;
    return capabilityCall(contract, handler, { breakers, memo })(
      args,
      { ...ctx, ...change.ctx },
      { execution_id: 'exec-1', effect_key: null, cache: true, ...options },
      { attempt: 1, limitMs, signal: abort.signal },
    );
  };
  return { breakers, memo, call };
}

const echo: UntypedHandler = async (args) => ({
  result: args,
  source: 'ledger:x',
  asof_date: '2013-02-27',
  confidence: 0.5,
});
const giving =
  (result: unknown): UntypedHandler =>
  async () => ({ result });

describe('the call of a capability', () => {
  it('gives the result with what the agent says of it', async () => {
    expect(await worker().call(pure, echo)).toEqual({
      result: { value: 1 },
      meta: {
        agent: 'one',
        source: 'ledger:x',
        asof_date: '2013-02-27',
        ttl: 60,
        confidence: 0.5,
        attempt: 1,
        cache: 'miss',
        source_execution_id: null,
        args_digest: digest({ value: 1 }),
        result_digest: digest({ value: 1 }),
      },
    });
  });

  it('gives what was remembered, with the provenance of the run that produced it', async () => {
    const { call } = worker();
    await call(pure, echo);
    const handler = jest.fn(giving({ value: 2 }));
    const { result, meta } = await call(pure, handler, { value: 1 }, { execution_id: 'exec-2' });
    expect(result).toEqual({ value: 1 });
    expect(meta).toMatchObject({
      cache: 'hit',
      source: 'ledger:x',
      asof_date: '2013-02-27',
      confidence: 0.5,
      source_execution_id: 'exec-1',
      result_digest: digest({ value: 1 }),
    });
    expect(handler).not.toHaveBeenCalled();
  });

  it('remembers under the key that anybody can compute beforehand', async () => {
    const { call, memo } = worker();
    const keys = [memoKey(pure, digest({ value: 1 }), ctx)];
    expect(await memo.lookup(keys)).toEqual([false]);
    await call(pure, echo);
    expect(await memo.lookup(keys)).toEqual([true]);
  });

  it.each([
    ['a capability that is not pure', impure, {}],
    ['one that writes', write, { effect_key: 'w/a' }],
    ['a call that wants none of it', pure, { cache: false }],
  ])('neither remembers nor recalls %s', async (_title, contract, options) => {
    const { call } = worker();
    const handler = jest.fn(echo);
    await call(contract, handler, { value: 1 }, options);
    expect((await call(contract, handler, { value: 1 }, options)).meta).toMatchObject({
      cache: 'off',
      source_execution_id: null,
    });
    expect(handler).toHaveBeenCalledTimes(2);
  });

  it('knows a result again by what the contract reads of the context, and by nothing else of it', async () => {
    const { call } = worker();
    const cacheOf = async (change: object) =>
      (await call(pure, echo, { value: 1 }, {}, { ctx: change })).meta.cache;
    expect(await cacheOf({})).toBe('miss');
    expect(await cacheOf({ user_id: 'b0b00000-0000-4000-8000-000000000002', trace_id: 'u' })).toBe('hit');
    expect(await cacheOf({ asof_date: '2013-02-27' })).toBe('miss');
    expect(await cacheOf({ pricing_pack_id: 'PP_2013-02-27' })).toBe('miss');
  });

  it('lets a handler see no undeclared member of the context', async () => {
    await expect(
      worker().call(pure, async (_args, call) => ({ result: { value: call.ctx.user_id } })),
    ).rejects.toMatchObject({ code: 'INTERNAL', message: expect.stringContaining('ctx.user_id') as string });
  });

  it('gives a handler its effect key', async () => {
    const handler: UntypedHandler = async (_args, { effect_key }) => ({ result: { value: effect_key } });
    const { result } = await worker().call(write, handler, { value: 1 }, { effect_key: 'exec-1/save' });
    expect(result).toEqual({ value: 'exec-1/save' });
  });
});

describe('what is refused before the handler runs', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic['value'] = cyclic;

  it.each([
    ['an argument too many', pure, { value: 1, other: 2 }, 'ARGS_INVALID', 'unknown member "other"'],
    ['text that is not Unicode', pure, { value: '\ud800' }, 'ARGS_INVALID', 'lone surrogate'],
    ['a value without an end', pure, cyclic, 'ARGS_INVALID', 'what JSON cannot'],
    [
      'arguments of 3 MB',
      pure,
      { value: 'x'.repeat(3_000_000) },
      'LIMIT_EXCEEDED',
      'the arguments of one.pure have 3000012 bytes as JSON, at most 2097152 (2 MiB)',
    ],
    ['a write without an effect key', write, { value: 1 }, 'ARGS_INVALID', 'needs an effect key'],
  ])('%s', async (_title, contract, args, code, text) => {
    const handler = jest.fn(echo);
    await expect(worker().call(contract, handler, args)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(text) as string,
    });
    expect(handler).not.toHaveBeenCalled();
  });
});

describe('what an agent may not answer', () => {
  const wrong: [string, unknown, string, string][] = [
    ['nothing', null, 'RESULT_INVALID', 'answered nothing'],
    ['undefined', undefined, 'RESULT_INVALID', 'answered nothing'],
    ['a member too many', { value: 1, more: 2 }, 'RESULT_INVALID', 'unknown member "more"'],
    ['what is no number', { value: NaN }, 'RESULT_INVALID', 'what JSON cannot: NaN'],
    ['a function', { value: () => 1 }, 'RESULT_INVALID', 'what JSON cannot: a function'],
    [
      '3 MB',
      { value: 'x'.repeat(3_000_000) },
      'LIMIT_EXCEEDED',
      'one.pure answered 3000012 bytes as JSON, at most 2097152 (2 MiB)',
    ],
    ['2 MiB of letters that take two bytes', { value: 'é'.repeat(1_100_000) }, 'LIMIT_EXCEEDED', '2200012'],
  ];

  it.each(wrong)('%s', async (_title, result, code, text) => {
    const { call } = worker();
    await expect(call(pure, giving(result))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(text) as string,
    });
    expect((await call(pure, echo)).meta.cache).toBe('miss');
  });

  it('may be as large as the limit', async () => {
    const value = 'x'.repeat(2 * 1024 * 1024 - '{"value":""}'.length);
    expect((await worker().call(pure, giving({ value }))).result).toEqual({ value });
  });

  it('says of a write that its effect is there all the same', async () => {
    const { call } = worker();
    await expect(call(write, giving(null), { value: 1 }, { effect_key: 'k' })).rejects.toMatchObject({
      code: 'RESULT_INVALID',
      details: { done: true },
    });
    const refusal = new EngineError('NOT_FOUND', 'no');
    await expect(call(write, () => Promise.reject(refusal), { value: 1 }, { effect_key: 'k' })).rejects.toBe(
      refusal,
    );
  });
});

describe('time', () => {
  const never = () => new Promise<Answer<unknown>>(() => undefined);

  it('is up after the limit, and the handler is told', async () => {
    let signal: AbortSignal | undefined;
    const handler: UntypedHandler = (_args, call) => {
      signal = call.signal;
      return never();
    };
    await expect(worker().call(pure, handler, { value: 1 }, {}, { limitMs: 20 })).rejects.toMatchObject({
      code: 'STEP_TIMED_OUT',
      message: 'one.pure took longer than 20 ms',
    });
    expect(signal?.aborted).toBe(true);
  });

  it('counts for the breaker', async () => {
    const { breakers, call } = worker();
    await expect(call(pure, never, { value: 1 }, {}, { limitMs: 5 })).rejects.toThrow();
    expect((await breakers.read(['one']))['one']).toMatchObject({ fails: 1 });
  });

  it('of one call does not run out with an equal one’s', async () => {
    const { call } = worker();
    const first = call(pure, never, { value: 1 }, {}, { limitMs: 20 });
    const second = call(pure, echo, { value: 1 });
    await expect(first).rejects.toMatchObject({ code: 'STEP_TIMED_OUT' });
    expect((await second).meta.cache).toBe('miss');
  });

  it('also ends for a call that waits for an equal one, and leaves the breaker alone', async () => {
    const { breakers, call } = worker();
    const abort = new AbortController();
    const first = call(pure, never, { value: 1 }, {}, { abort });
    await expect(call(pure, echo, { value: 1 }, {}, { limitMs: 20 })).rejects.toMatchObject({
      code: 'STEP_TIMED_OUT',
    });
    expect((await breakers.read(['one']))['one']).toMatchObject({ fails: 0 });
    abort.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('the breaker', () => {
  it('is not asked for what is remembered', async () => {
    const { call } = worker();
    await call(pure, echo);
    const ill = () => Promise.reject(new EngineError('PROVIDER_UNAVAILABLE', 'away'));
    for (let i = 0; i < 5; i += 1) await expect(call(impure, ill)).rejects.toThrow('away');
    await expect(call(impure, echo)).rejects.toMatchObject({ code: 'CIRCUIT_OPEN' });
    expect((await call(pure, echo)).meta.cache).toBe('hit');
  });
});
