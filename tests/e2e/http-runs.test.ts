/** Runs beyond the plain one, over HTTP: remembered, direct, verified, repeated, waiting for people, pinned. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Trace } from '../../src/contract/trace';
import { ApprovalList } from '../../src/executor/approvals';
import { startServer } from '../../src/executor/server';
import { Verification } from '../../src/executor/verify';
import { createLogger } from '../../src/telemetry/logger';
import { compileSchema } from '../../src/validate';
import { until } from '../support/process';
import { type Answer, type CallOptions, type Stack, startStack } from '../support/stack';
import { callsOf, testAgents, testCatalogue } from '../support/test-agents';
import { asking, echoing, sleeping } from './http-patterns';

const portfolioInput = { portfolio_id: { type: 'uuid', required: true } };
/** A compute that differs at each run cannot be written, so what differs is an agent that counts its calls. */
const counting = {
  id: 'counting', name: 'Counting', category: 'analysis', inputs: portfolioInput,
  steps: [
    { capability: 'probe.echo', args: { value: 1 }, as: 'same' },
    {
      steps: [{ capability: 'probe.drift', args: { key: 'counting' }, as: 'count' }],
      outputs: '{{state.count}}',
      as: 'counted',
    },
  ],
  outputs: ['same', 'counted'],
}; // prettier-ignore
/** What it asks outside comes to something else at each call. */
const outside = {
  id: 'outside', name: 'Outside', category: 'analysis', inputs: portfolioInput,
  steps: [{ capability: 'probe.fail', args: { code: '', times: 0, key: 'outside' }, as: 'count' }],
  outputs: ['count'],
}; // prettier-ignore
/** Would write when it is run a second time. */
const tempted = {
  id: 'tempted', name: 'Tempted', category: 'analysis', inputs: portfolioInput,
  steps: [
    { capability: 'probe.drift', args: { key: 'tempted' }, as: 'count' },
    { capability: 'effects.write', args: { name: 'tempted' }, as: 'written', condition: 'state.count.calls > 1' },
  ],
  outputs: ['count', 'written'],
}; // prettier-ignore
const timed = {
  id: 'timed',
  name: 'Timed',
  category: 'analysis',
  steps: [{ wait: { for: 'PT0.1S' }, as: 'pause' }],
  outputs: ['pause'],
};

interface Handle {
  id: string;
  status: string;
  mode: string;
  cached?: true;
}

let stack: Stack;
beforeAll(async () => {
  stack = await startStack([echoing, sleeping, asking, counting, outside, tempted, timed]);
}, 120_000);
afterAll(() => stack.close());

const execute = (body: object, options: CallOptions = {}): Promise<Answer> =>
  stack.call('/v1/execute', { ...options, body: { portfolio_id: stack.market.a.portfolio_id, ...body } });
const handleOf = (answer: Answer): Handle => answer.body['execution'] as Handle;
const traceOf = (answer: Answer): Trace => answer.body['trace'] as Trace;
const remember = { headers: { 'Cache-Control': 'max-age=0' } };

describe('a remembered run', () => {
  it('answers an identical request with the original’s id, and no other', async () => {
    const first = await execute({ pattern_id: 'echoing', inputs: { text: 'once' } }, remember);
    const second = await execute({ pattern_id: 'echoing', inputs: { text: 'once' } }, remember);
    expect(handleOf(first).cached).toBeUndefined();
    expect(handleOf(second)).toEqual({ ...handleOf(first), cached: true });
    expect(second.body['data']).toEqual(first.body['data']);
    const other = await execute({ pattern_id: 'echoing', inputs: { text: 'twice' } }, remember);
    expect(handleOf(other).cached).toBeUndefined();
  });

  it('is not given when the caller says no-cache, names the run by a key, or asks on another pack', async () => {
    const body = { pattern_id: 'echoing', inputs: { text: 'fresh' } };
    const first = handleOf(await execute(body, remember));
    for (const [change, headers] of [
      [{}, { 'Cache-Control': 'no-cache' }],
      [{}, { 'Idempotency-Key': 'named', 'Cache-Control': 'max-age=0' }],
      [{ asof_date: '2014-01-06' }, { 'Cache-Control': 'max-age=0' }],
    ] as const) {
      const again = handleOf(await execute({ ...body, ...change }, { headers }));
      expect(again.cached).toBeUndefined();
      expect(again.id).not.toBe(first.id);
    }
  });

  it('takes single results from memory, with the execution that they come from', async () => {
    const step = { pattern_id: 'echoing', inputs: { text: 'shared' } };
    const first = handleOf(
      await execute(step, { headers: { 'Idempotency-Key': 'one', 'Cache-Control': 'max-age=0' } }),
    );
    const second = await execute(step, {
      headers: { 'Idempotency-Key': 'two', 'Cache-Control': 'max-age=0' },
    });
    expect(traceOf(second).steps.map(({ cache, source_execution_id: from }) => [cache, from])).toEqual([
      ['hit', first.id],
      ['hit', first.id],
    ]);
    expect(first.status).toBe('succeeded');
  });

  it('is never one with a step that is not pure', async () => {
    const body = { pattern_id: 'sleeping', inputs: { ms: 1 } };
    expect(handleOf(await execute(body, remember)).id).not.toBe(handleOf(await execute(body, remember)).id);
  });
});

describe('direct mode', () => {
  it('gives what the durable mode gives, with the same fingerprint, stored and readable', async () => {
    const body = { pattern_id: 'echoing', inputs: { text: 'direct' } };
    const durable = await execute(body);
    const direct = await execute({ ...body, mode: 'direct' });
    expect(direct.status).toBe(200);
    expect(handleOf(direct)).toMatchObject({ status: 'succeeded', mode: 'direct' });
    expect(direct.body['data']).toEqual(durable.body['data']);
    expect(traceOf(direct)).toMatchObject({ mode: 'direct', fingerprint: traceOf(durable).fingerprint });
    const { id } = handleOf(direct);
    const read = await stack.call(`/v1/executions/${id}`);
    expect(read.body).toMatchObject({ data: direct.body['data'], trace: direct.body['trace'] });
    const { execution, ...rest } = read.body;
    expect(execution).toMatchObject({ id, status: 'succeeded', mode: 'direct' });
    expect(rest['finished_at']).not.toBeNull();
  });

  it('is refused, with every reason, for what waits, asks people, or is not pure', async () => {
    for (const [pattern_id, reason] of [
      ['timed', 'step "pause" waits for a moment'],
      ['asking', 'step "ok" waits for a person'],
      ['sleeping', 'step "nap" calls probe.sleep'],
    ]) {
      const inputs = pattern_id === 'sleeping' ? { ms: 1 } : {};
      const answer = await execute({ pattern_id, inputs, mode: 'direct' });
      expect([answer.status, answer.body['code']]).toEqual([422, 'DIRECT_REFUSED']);
      expect(JSON.stringify(answer.body['reasons'])).toContain(String(reason).replaceAll('"', '\\"'));
    }
  });

  it('keeps one run for one key, and refuses another body under it', async () => {
    const headers = { 'Idempotency-Key': 'direct' };
    const body = { pattern_id: 'echoing', mode: 'direct' };
    const [one, two] = [await execute(body, { headers }), await execute(body, { headers })];
    expect(handleOf(two).id).toBe(handleOf(one).id);
    const other = await execute({ ...body, inputs: { text: 'other' } }, { headers });
    expect([other.status, other.body['code']]).toEqual([422, 'IDEMPOTENCY_CONFLICT']);
  });
});

describe('verify', () => {
  it('runs again without memory and finds the same', async () => {
    const { id } = handleOf(await execute({ pattern_id: 'echoing', inputs: { text: 'v' } }));
    const { status, body } = await stack.call(`/v1/executions/${id}/verify`, { body: {} });
    expect([status, compileSchema(Verification)(body)]).toEqual([200, []]);
    expect(body).toMatchObject({ execution_id: id, verified: true, first_difference: null });
    const again = await stack.call(`/v1/executions/${(body['verification'] as Handle).id}/trace`);
    expect((again.body as unknown as Trace).steps.map(({ cache }) => cache)).toEqual(['off', 'off']);
  });

  it('names the first step that comes to something else, inside its group', async () => {
    const { id } = handleOf(await execute({ pattern_id: 'counting' }));
    const { body } = await stack.call(`/v1/executions/${id}/verify`, { body: {} });
    expect(body).toMatchObject({
      verified: false,
      first_difference: { path: 'counted.count', what: 'result' },
    });
  });
});

describe('verify, of what a run cannot do twice', () => {
  it('gives a step that asks outside what it was answered then, and says which', async () => {
    const { id } = handleOf(await execute({ pattern_id: 'outside' }));
    const { body } = await stack.call(`/v1/executions/${id}/verify`, { body: {} });
    expect(body).toMatchObject({ verified: true, recorded: ['count'] });
    expect(callsOf('outside')).toBe(1);
    const again = (body['verification'] as Handle).id;
    const { body: trace } = await stack.call(`/v1/executions/${again}/trace`);
    expect((trace as unknown as Trace).steps[0]).toMatchObject({
      cache: 'recorded',
      source_execution_id: id,
    });
    // A verification can be verified too.
    const { body: second } = await stack.call(`/v1/executions/${again}/verify`, { body: {} });
    expect(second).toMatchObject({ verified: true, recorded: ['count'] });
    // A new run asks anew.
    const rerun = await stack.call(`/v1/executions/${id}/rerun`, { body: {} });
    expect([traceOf(rerun).steps[0]?.cache, callsOf('outside')]).toEqual(['off', 2]);
  });

  it('writes nothing, even when it comes to a step that the run had skipped', async () => {
    const { id } = handleOf(await execute({ pattern_id: 'tempted' }));
    const { status, body } = await stack.call(`/v1/executions/${id}/verify`, { body: {} });
    expect([status, body]).toMatchObject([
      200,
      { verified: false, first_difference: { path: 'count', what: 'result' } },
    ]);
    const again = await stack.call(`/v1/executions/${(body['verification'] as Handle).id}`);
    expect(again.body['error']).toMatchObject({ code: 'VERIFY_REFUSED', step: 'written' });
    const { rows } = await stack.pool.query('select from effects');
    expect(rows).toEqual([]);
  });
});

describe('rerun', () => {
  it('runs the same request again, on another day when one is named', async () => {
    const { id } = handleOf(await execute({ pattern_id: 'echoing', inputs: { text: 'r' } }));
    const same = await stack.call(`/v1/executions/${id}/rerun`, { body: {} });
    expect(handleOf(same).id).not.toBe(id);
    expect(traceOf(same)).toMatchObject({ pricing_pack_id: 'PP_2014-01-07' });
    const earlier = await stack.call(`/v1/executions/${id}/rerun`, { body: { asof_date: '2014-01-06' } });
    expect(traceOf(earlier)).toMatchObject({ pricing_pack_id: 'PP_2014-01-06' });
    const foreign = await stack.call(`/v1/executions/${id}/rerun`, { body: {}, as: stack.market.b.user_id });
    expect(foreign.status).toBe(404);
  });
});

describe('an approval', () => {
  const trader = { rights: ['portfolio_read', 'trade'] };
  const started = async (): Promise<string> => {
    const answer = await execute({ pattern_id: 'asking' });
    expect(answer.status).toBe(202);
    const { id } = handleOf(answer);
    await until('it asks', async () => {
      const { body } = await stack.call(`/v1/executions/${id}`);
      return (body['execution'] as Handle).status === 'waiting';
    });
    return id;
  };

  it('is answered at once with 202, shown to those who may answer, and goes on with their answer', async () => {
    const id = await started();
    const b = { as: stack.market.b.user_id, ...trader };
    const open = await stack.call('/v1/approvals', b);
    expect(compileSchema(ApprovalList)(open.body)).toEqual([]);
    expect(open.body['approvals']).toMatchObject([{ execution_id: id, step: 'ok', title: 'Trade?' }]);
    const answer = { step: 'ok', decision: 'approve', data: { note: 'fine' } };
    const given = await stack.call(`/v1/executions/${id}/approve`, { ...b, body: answer });
    expect(given.body).toMatchObject({ execution_id: id, step: 'ok', decision: 'approve', by: b.as });
    await until('it ends', async () => {
      const { body } = await stack.call(`/v1/executions/${id}`);
      return (body['execution'] as Handle).status === 'succeeded';
    });
    const again = await stack.call(`/v1/executions/${id}/approve`, { ...b, body: answer });
    expect([again.status, again.body['code']]).toEqual([409, 'APPROVAL_CLOSED']);
  });

  it('refuses whoever started it, has not the rights, or sends what does not fit the form', async () => {
    const id = await started();
    const approve = async (options: CallOptions, change: object = {}): Promise<[number, unknown]> => {
      const body = { step: 'ok', decision: 'approve', data: { note: 'x' }, ...change };
      const answer = await stack.call(`/v1/executions/${id}/approve`, { ...options, body });
      return [answer.status, answer.body['code']];
    };
    const b = { as: stack.market.b.user_id };
    expect(await approve(trader)).toEqual([403, 'RIGHTS_MISSING']);
    expect(await approve({})).toEqual([403, 'RIGHTS_MISSING']);
    expect(await approve(b)).toEqual([404, 'APPROVAL_NOT_FOUND']);
    expect(await approve({ ...b, ...trader }, { data: {} })).toEqual([400, 'REQUEST_INVALID']);
    expect(await approve({ ...b, ...trader }, { step: 'other' })).toEqual([404, 'APPROVAL_NOT_FOUND']);
    expect(await approve({ ...b, ...trader }, { decision: 'reject', data: null })).toEqual([200, undefined]);
    await until('it ends', async () => {
      const { body } = await stack.call(`/v1/executions/${id}`);
      return (body['error'] as { code?: string } | null)?.code === 'APPROVAL_REJECTED';
    });
  });
});

describe('a pattern’s version', () => {
  it('means one content: another one is refused, a higher version runs, and the older can still be asked for', async () => {
    const file = path.join(stack.config.patternsDir, 'analysis', 'echoing.json');
    const serve = async (pattern: object, ask: object): Promise<Answer> => {
      writeFileSync(file, JSON.stringify(pattern));
      const server = await startServer(
        { ...stack.config, port: 0 },
        { log: createLogger('silent'), tracing: stack.tracing, catalogue: testCatalogue, agents: testAgents },
      );
      try {
        return await execute({ pattern_id: 'echoing', ...ask }, { url: server.url });
      } finally {
        await server.close();
      }
    };
    const changed = { ...echoing, name: 'Changed' };
    const refused = await serve(changed, {});
    expect([refused.status, refused.body['code']]).toEqual([422, 'PATTERN_INVALID']);
    expect(JSON.stringify(refused.body['problems'])).toContain('PATTERN_CHANGED');
    const higher = { ...changed, version: '1.1.0' };
    expect(traceOf(await serve(higher, {})).pattern.version).toBe('1.1.0');
    expect(traceOf(await serve(higher, { version: '1.0.0' })).pattern.version).toBe('1.0.0');
    writeFileSync(file, JSON.stringify(echoing));
  });
});
