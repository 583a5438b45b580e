/** Agents from outside, on real Temporal: their worker knows nothing of this project but the file that declares it. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { NativeConnection, Worker } from '@temporalio/worker';
import { claimedValues } from '../../src/db/claimed-values';
import { claimCodec } from '../../src/temporal/claim-codec';
import { decodeHistory } from '../../src/temporal/decode-history';
import { rebuildOutcome } from '../../src/temporal/rebuild';
import { type Engine, outcomeOf, startEngine, type Started } from '../support/engine';
import { temporalAddress } from '../support/temporal';

const closed = { additionalProperties: false } as const;
const quick = { maximum_attempts: 2, initial_interval: 'PT0.02S', start_to_close_timeout: 'PT2S' };
const priced = {
  type: 'object',
  properties: { symbol: { type: 'string' }, price: { type: 'number' } },
  required: ['symbol', 'price'],
  ...closed,
};
const bySymbol = { type: 'object', properties: { symbol: { type: 'string', maxLength: 300_000 } }, required: ['symbol'], ...closed }; // prettier-ignore
const noted = { type: 'object', properties: { note: { type: 'string' } }, required: ['note'], ...closed };
const declared = (name: string, more: object) => ({ name, summary: name, policy: quick, ...more });
const file = {
  agent: 'quotes',
  task_queue: 'quotes-of-another-project',
  capabilities: [
    declared('quotes.last', { args: bySymbol, result: priced, effect: 'none', pure: true }),
    declared('quotes.live', { args: bySymbol, result: priced, effect: 'none', errors: ['SYMBOL_UNKNOWN'] }),
    declared('quotes.note', {
      args: noted,
      result: noted,
      effect: 'write',
      policy: { ...quick, start_to_close_timeout: 'PT10S' },
    }),
  ],
};

interface Seen {
  name: string;
  args: { symbol?: string; note?: string };
  ctx: Record<string, unknown>;
  options: Record<string, unknown>;
}
const seen: Seen[] = [];
const calls = (name: string): Seen[] => seen.filter((call) => call.name === name);

/** What the other project does, told by the symbol. */
async function quote({ symbol = '' }: Seen['args']): Promise<unknown> {
  const { attempt } = Context.current().info;
  if (symbol === 'unknown') throw ApplicationFailure.nonRetryable('there is none', 'SYMBOL_UNKNOWN', { symbol });
  if (symbol === 'away') throw ApplicationFailure.retryable('try later', 'PROVIDER_UNAVAILABLE');
  if (symbol === 'bug') throw new TypeError('a secret detail');
  if (symbol === 'wrong') return { symbol, price: 'high' };
  if (symbol === 'null') return null;
  if (symbol === 'bytes') return new TextEncoder().encode('{"price":NaN}');
  if (symbol === 'large') return { symbol: 'x'.repeat(300_000), price: 1 };
  if (symbol === 'said') {
    return { $answer: { result: { symbol, price: 2 }, source: 'exchange:XTSE', asof_date: '2013-02-28', attempt } };
  }
  return { symbol, price: 1.5 };
} // prettier-ignore

async function note(args: Seen['args']): Promise<unknown> {
  if (args.note === 'slow') await sleep(2000);
  return args;
}

const activities = Object.fromEntries(
  file.capabilities.map(({ name }) => [
    name,
    (args: Seen['args'], ctx: Seen['ctx'], options: Seen['options']) => {
      seen.push({ name, args, ctx, options });
      return name === 'quotes.note' ? note(args) : quote(args);
    },
  ]),
);

let engine: Engine;
let connection: NativeConnection;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  const agentsDir = mkdtempSync(path.join(tmpdir(), 'agents-'));
  writeFileSync(path.join(agentsDir, 'quotes.json'), JSON.stringify(file));
  engine = await startEngine({ agentsDir });
  connection = await NativeConnection.connect({ address: temporalAddress() });
  await startWorker();
}, 60_000);
afterAll(async () => {
  await stopWorker();
  await connection.close();
  await engine.close();
}, 30_000);
beforeEach(() => {
  seen.length = 0;
});

async function startWorker(): Promise<void> {
  const worker = await Worker.create({
    connection,
    namespace: engine.namespace,
    taskQueue: file.task_queue,
    activities,
    shutdownGraceTime: '1s',
  });
  const done = worker.run();
  stopWorker = async () => {
    worker.shutdown();
    await done;
  };
}

const step = (name: string, symbol: string, more: object = {}) => ({
  capability: `quotes.${name}`,
  args: { symbol },
  as: 'a',
  ...more,
});
async function run(...steps: object[]) {
  const started = await engine.start({ steps, outputs: ['a'] });
  return { started, outcome: outcomeOf(await started.ended()) };
}

/** The outcome, and the same made of the history alone. */
async function rebuilt({ handle }: Started) {
  const codec = claimCodec(claimedValues(engine.pool));
  const history = await decodeHistory(await handle.fetchHistory(), codec);
  const { runId } = (await handle.describe()) as { runId: string };
  return rebuildOutcome(
    history,
    { workflow_id: handle.workflowId, run_id: runId },
    { status: 'failed', code: 'EXECUTION_FAILED', message: 'cut' },
  );
}

describe('a call of an agent from outside', () => {
  it('is answered by its worker with the bare result, and told exactly arguments, context and options', async () => {
    const { started, outcome } = await run(step('live', 'VTI'));
    expect(outcome).toMatchObject({ status: 'succeeded', data: { a: { symbol: 'VTI', price: 1.5 } } });
    expect(outcome.trace).toMatchObject({ agents_used: ['quotes'], sources: [] });
    expect(outcome.trace.steps[0]).toMatchObject({
      capability: 'quotes.live', agent: 'quotes', attempts: 1, cache: 'off', source: null,
      args_digest: expect.stringMatching(/^sha256:/) as string,
      result_digest: expect.stringMatching(/^sha256:/) as string,
    }); // prettier-ignore
    const [call] = seen;
    expect(call).toMatchObject({ args: { symbol: 'VTI' }, ctx: { pricing_pack_id: 'PP_2013-02-28', rights: [] } });
    expect(call?.options).toEqual({ execution_id: started.id, effect_key: null, cache: false });
    expect(await rebuilt(started)).toEqual(outcome);
  }, 30_000); // prettier-ignore

  it('is given what it answered in the execution that is verified, and its worker is not asked', async () => {
    const { started, outcome } = await run(step('live', 'VTI'));
    seen.length = 0;
    const again = await engine.start({ steps: [step('live', 'VTI')], outputs: ['a'] }, {}, (input) => {
      input.recorded_from = started.id;
    });
    const second = outcomeOf(await again.ended());
    expect(second.trace.steps[0]).toMatchObject({ cache: 'recorded', source_execution_id: started.id });
    expect([second.data, seen]).toEqual([outcome.data, []]);
  }, 30_000);

  it('shows what the worker says of its answer', async () => {
    const { outcome } = await run(step('live', 'said'));
    expect(outcome.data).toEqual({ a: { symbol: 'said', price: 2 } });
    expect(outcome.trace.steps[0]).toMatchObject({ source: 'exchange:XTSE', asof_date: '2013-02-28' });
  }, 30_000);

  it('is refused on our side, before its queue is asked, when its arguments are not those declared', async () => {
    const wrong = await engine.start({ steps: [step('live', 'VTI')], outputs: ['a'] }, {}, ({ plan }) => {
      const [planned] = plan.steps;
      if (planned?.kind === 'capability') planned.call.args = { symbol: 7 };
    });
    expect(outcomeOf(await wrong.ended()).error).toMatchObject({ code: 'ARGS_INVALID', step: 'a', attempts: 1 });
    const { outcome } = await run(step('live', 'x'.repeat(270_000)));
    expect(outcome.error).toMatchObject({ code: 'LIMIT_EXCEEDED', details: { limit: 262_144 } });
    expect(seen).toEqual([]);
  }, 30_000); // prettier-ignore

  it.each([
    ['is not what it declared', 'wrong', 'RESULT_INVALID', '/price'],
    ['is nothing', 'null', 'RESULT_INVALID', 'answered nothing'],
    ['is no JSON', 'bytes', 'RESULT_INVALID', 'answered bytes'],
    ['is too large', 'large', 'LIMIT_EXCEEDED', '256 KiB'],
  ])('fails at once when the answer %s', async (_title, symbol, code, text) => {
    const { started, outcome } = await run(step('live', symbol));
    expect(outcome.error).toMatchObject({ code, step: 'a', message: expect.stringContaining(text) as string });
    expect(seen).toHaveLength(1);
    expect(await rebuilt(started)).toEqual(outcome);
  }, 30_000); // prettier-ignore

  it('fails with the code that its worker gives, which `on_error` can catch', async () => {
    const handled = {
      on_error: [{ match: ['SYMBOL_UNKNOWN'], use: { symbol: 'none', price: 0 } }],
    };
    const { started, outcome } = await run(step('live', 'unknown', handled));
    expect(outcome).toMatchObject({ status: 'succeeded', data: { a: { symbol: 'none', price: 0 } } });
    expect(outcome.trace.steps[0]).toMatchObject({
      status: 'degraded',
      attempts: 1,
      error: { code: 'SYMBOL_UNKNOWN', message: 'there is none', details: { symbol: 'unknown' } },
    });
    expect(seen).toHaveLength(1);
    expect(await rebuilt(started)).toEqual(outcome);
  }, 30_000);

  it('is tried as often as its file says, and counts the attempts', async () => {
    const { started, outcome } = await run(step('live', 'away'));
    expect(outcome.error).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', attempts: 2 });
    expect(seen).toHaveLength(2);
    expect(await rebuilt(started)).toEqual(outcome);
  }, 30_000);

  it('fails as INTERNAL when its worker throws an exception of its language, whose text stays inside', async () => {
    const { outcome } = await run(step('live', 'bug'));
    expect(outcome.error).toMatchObject({ code: 'INTERNAL', attempts: 2 });
    expect(outcome.error?.message).toContain('(TypeError)');
    expect(JSON.stringify(outcome)).not.toContain('secret');
  }, 30_000);

  it('is remembered when it is pure, with what its worker may know of the context', async () => {
    const symbol = randomUUID();
    const first = await run(step('last', symbol));
    const second = await run(step('last', symbol));
    expect(calls('quotes.last')).toHaveLength(1);
    expect(Object.keys(seen[0]?.ctx ?? {}).sort()).toEqual(['ledger_commit_hash', 'pricing_pack_id', 'trace_id']);
    expect(first.outcome.trace.steps[0]).toMatchObject({ cache: 'miss' });
    expect(second.outcome.trace.steps[0]).toMatchObject({ cache: 'hit', source_execution_id: first.started.id });
    expect(second.outcome.data).toEqual(first.outcome.data);
    expect(second.outcome.trace.fingerprint).toBe(first.outcome.trace.fingerprint);
    expect(await rebuilt(second.started)).toEqual(second.outcome);
  }, 30_000); // prettier-ignore

  it('carries the effect key of a step that writes', async () => {
    const { started, outcome } = await run({ capability: 'quotes.note', args: { note: 'n' }, as: 'a' });
    expect(outcome.data).toEqual({ a: { note: 'n' } });
    expect(seen[0]?.options).toMatchObject({ effect_key: `${started.handle.workflowId}/a` });
  }, 30_000);

  it('is awaited when a step beside it fails or the run is cancelled, and undone', async () => {
    const slow = {
      capability: 'quotes.note',
      args: { note: 'slow' },
      as: 'a',
      compensate: { capability: 'quotes.note', args: { note: 'undo {{state.a.note}}' } },
    };
    // Late enough that the slow one is under way, and before it ends.
    const failing = { capability: 'effects.read', args: { name: 'b', ms: 1200, script: ['fail:NOT_FOUND'] }, as: 'b' };
    const next = { capability: 'quotes.note', args: { note: 'never' }, as: 'c' };
    for (const how of ['failure', 'cancel'] as const) {
      seen.length = 0;
      const steps = how === 'failure' ? [slow, failing] : [slow, next];
      const started = await engine.start({ steps, outputs: ['a'] });
      while (seen.length === 0) await sleep(20);
      if (how === 'cancel') await started.handle.cancel();
      const outcome = outcomeOf(await started.ended());
      expect([how, outcome.status]).toEqual([how, how === 'failure' ? 'failed' : 'cancelled']);
      expect(outcome.trace.steps[0]).toMatchObject({ as: 'a', status: 'compensated' });
      expect(seen.map(({ args, options }) => [args.note, options['effect_key']])).toEqual([
        ['slow', `${started.handle.workflowId}/a`],
        ['undo slow', `${started.handle.workflowId}/a:undo`],
      ]);
      expect(await rebuilt(started)).toEqual(outcome);
    }
  }, 30_000); // prettier-ignore

  it('waits while its worker is away, up to the run’s time, and goes on when it is back', async () => {
    await stopWorker();
    const short = await engine.start({ steps: [step('live', 'VTI')], outputs: ['a'] }, {}, ({ plan }) => {
      plan.executionTimeoutMs = 1500;
    });
    const waiting = await engine.start({ steps: [step('live', 'later')], outputs: ['a'] });
    const late = outcomeOf(await short.ended());
    expect(late.error).toMatchObject({
      code: 'STEP_TIMED_OUT',
      message: expect.stringContaining('is a worker serving quotes-of-another-project?') as string,
    });
    expect((await waiting.handle.describe()).status.name).toBe('RUNNING');
    await startWorker();
    expect(outcomeOf(await waiting.ended())).toMatchObject({ status: 'succeeded', data: { a: { symbol: 'later' } } });
    expect(await rebuilt(short)).toEqual(late);
  }, 30_000); // prettier-ignore

  it('is refused while its breaker rests after five failures, whichever run they were of', async () => {
    // The two above that failed as INTERNAL and PROVIDER_UNAVAILABLE came before successes, which start the count again.
    for (let failures = 0; failures < 5; failures += 1) await run(step('live', 'away'));
    seen.length = 0;
    const { outcome } = await run(step('live', 'VTI'));
    expect(outcome.error).toMatchObject({ code: 'CIRCUIT_OPEN', step: 'a', details: { agent: 'quotes' } });
    expect(seen).toEqual([]);
  }, 60_000);
});
