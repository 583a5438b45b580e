/** POST /v1/execute on the real thing: answers, waiting, idempotency, failures; and refusals that start nothing. */
import { compileSchema } from '../../src/validate';
import { ExecuteResponse, Execution } from '../../src/contract/execution';
import { Trace } from '../../src/contract/trace';
import { insertExecution } from '../../src/db/executions';
import { withUser } from '../../src/db/pool';
import { executionIdOf, requestDigest, workflowIdOf } from '../../src/executor/idempotency';
import { HandleOnly, ProblemDetails } from '../../src/executor/openapi';
import { createBreakerStore } from '../../src/cache/breaker-store';
import { startServer } from '../../src/executor/server';
import { createLogger } from '../../src/telemetry/logger';
import { until } from '../support/process';
import { type Answer, type CallOptions, type Stack, startStack } from '../support/stack';
import { testCatalogue } from '../support/test-agents';
import { all } from './http-patterns';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack(all);
}, 120_000);

afterAll(async () => {
  await stack.close();
}, 60_000);

const shapes = {
  response: compileSchema(ExecuteResponse),
  execution: compileSchema(Execution),
  trace: compileSchema(Trace),
  handle: compileSchema(HandleOnly),
  problem: compileSchema(ProblemDetails),
};

interface Handle {
  id: string;
  status: string;
  run_id: string;
  workflow_id: string;
  links: Record<string, string>;
}

function execute(body: unknown, options: CallOptions = {}): Promise<Answer> {
  return stack.call('/v1/execute', { ...options, body });
}

function handleOf(answer: Answer): Handle {
  return answer.body['execution'] as Handle;
}

function expectProblem(answer: Answer, status: number, code: string): Record<string, unknown> {
  expect({ status: answer.status, code: answer.body['code'], text: answer.text.slice(0, 300) }).toMatchObject(
    {
      status,
      code,
    },
  );
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(shapes.problem(answer.body)).toEqual([]);
  expect(answer.text).not.toMatch(/\bat .*\.[jt]s:\d+|node_modules/);
  return answer.body;
}

async function endOf(id: string): Promise<Answer> {
  let answer = await stack.call(`/v1/executions/${id}`);
  await until(`execution ${id} ends`, async () => {
    answer = await stack.call(`/v1/executions/${id}`);
    return answer.body['finished_at'] !== null;
  });
  return answer;
}

describe('an execution that succeeds', () => {
  it('answers with data, trace and handle, and the same can be read later', async () => {
    const { portfolio_id } = stack.market.a;
    const answer = await execute({ pattern_id: 'echoing', portfolio_id, inputs: { text: 'hi' } });
    expect(answer.status).toBe(200);
    expect(shapes.response(answer.body)).toEqual([]);
    expect(answer.body['data']).toEqual({ second: { value: 'hi' } });
    const { id, links, status, run_id, workflow_id } = handleOf(answer);
    expect({ status, workflow_id }).toEqual({ status: 'succeeded', workflow_id: `exec-${id}` });
    expect(links['temporal_ui']).toBe(
      `http://127.0.0.1:8233/namespaces/${stack.config.temporalNamespace}/workflows/${workflow_id}/${run_id}/history`,
    );
    const later = await stack.call(links['self'] ?? '');
    expect(shapes.execution(later.body)).toEqual([]);
    expect(later.body).toMatchObject({
      data: answer.body['data'],
      trace: answer.body['trace'],
      portfolio_id,
    });
    const trace = await stack.call(links['trace'] ?? '');
    expect(trace.body).toEqual(answer.body['trace']);
  });

  it('takes the newest fresh pack when no date is given, and the portfolio from either place', async () => {
    const { portfolio_id } = stack.market.a;
    const answer = await execute({ pattern_id: 'echoing', inputs: { portfolio_id } });
    expect(answer.body['trace']).toMatchObject({
      pricing_pack_id: 'PP_2014-01-07',
      asof_date: '2014-01-07',
      ledger_commit_hash: expect.stringMatching(/^sha256:/) as string,
    });
  });

  it('takes exactly the day that is asked for, under either name', async () => {
    const { portfolio_id } = stack.market.a;
    for (const day of [{ asof_date: '2014-01-06' }, { asof: '2014-01-06' }]) {
      const answer = await execute({ pattern_id: 'echoing', portfolio_id, ...day });
      expect(answer.body['trace']).toMatchObject({ pricing_pack_id: 'PP_2014-01-06' });
    }
  });

  it('belongs to the trace that the caller began', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const { portfolio_id } = stack.market.a;
    const answer = await execute(
      { pattern_id: 'echoing', portfolio_id },
      { headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` } },
    );
    expect((answer.body['trace'] as Trace).trace_id).toBe(traceId);
  });

  it('is described in Temporal by pattern, portfolio and day, and carries the pattern’s hash', async () => {
    const { portfolio_id } = stack.market.a;
    const answer = await execute({ pattern_id: 'echoing', portfolio_id });
    const trace = answer.body['trace'] as Trace;
    const description = await stack.client.workflow.getHandle(handleOf(answer).workflow_id).describe();
    expect(await description.staticSummary()).toBe('echoing · Portfolio of a @ 2014-01-07');
    expect(description.memo).toEqual({
      pattern_id: 'echoing',
      version: '1.0.0',
      sha256: trace.pattern.sha256,
    });
  });
});

describe('a refusal', () => {
  const raw = (text: string): CallOptions => ({ body: text });
  const mine = (): { portfolio_id: string } => ({ portfolio_id: stack.market.a.portfolio_id });
  const cases: [string, () => CallOptions, number, string][] = [
    ['bad JSON', () => raw('{"pattern_id": '), 400, 'REQUEST_INVALID'],
    ['__proto__', () => raw('{"pattern_id":"echoing","__proto__":{}}'), 400, 'REQUEST_INVALID'],
    ['a body of 300 KiB', () => raw(JSON.stringify({ x: 'x'.repeat(300 * 1024) })), 413, 'BODY_TOO_LARGE'],
    ['no token', () => ({ as: null, body: { pattern_id: 'echoing', ...mine() } }), 401, 'UNAUTHENTICATED'],
    ['an unknown pattern', () => ({ body: { pattern_id: 'no_such' } }), 404, 'PATTERN_NOT_FOUND'],
    ['a broken pattern', () => ({ body: { pattern_id: 'broken' } }), 422, 'PATTERN_INVALID'],
    ['a missing input', () => ({ body: { pattern_id: 'echoing' } }), 400, 'REQUEST_INVALID'],
    [
      'a wrong type',
      () => ({ body: { pattern_id: 'sleeping', inputs: { ms: 'long' } } }),
      400,
      'REQUEST_INVALID',
    ],
    [
      'a warming pack',
      () => ({ body: { pattern_id: 'echoing', ...mine(), asof_date: '2014-01-08' } }),
      503,
      'PACK_WARMING',
    ],
    [
      'a day without a pack',
      () => ({ body: { pattern_id: 'echoing', ...mine(), asof_date: '2014-01-12' } }),
      404,
      'PACK_NOT_FOUND',
    ],
    [
      'somebody else’s portfolio',
      () => ({ body: { pattern_id: 'echoing', portfolio_id: stack.market.b.portfolio_id } }),
      404,
      'PORTFOLIO_NOT_FOUND',
    ],
  ];

  it.each(cases)('for %s has its status and starts nothing', async (_name, request, status, code) => {
    const before = await stack.countStarted();
    expectProblem(await stack.call('/v1/execute', request()), status, code);
    expect(await stack.countStarted()).toEqual(before);
  });

  it('of a warming pack carries the specification’s members and says when to retry', async () => {
    const answer = await execute({ pattern_id: 'echoing', ...mine(), asof_date: '2014-01-08' });
    expect(answer.headers.get('retry-after')).toBe('30');
    expect(answer.body).toMatchObject({
      error: 'PACK_WARMING',
      message: expect.any(String) as string,
      pack_id: 'PP_2014-01-08',
      pack_status: 'warming',
    });
  });

  it('of a pattern that is not there names the one that was meant, with a version and without', async () => {
    for (const version of [{}, { version: '9.0.0' }]) {
      const answer = await execute({ pattern_id: 'ecoing', ...version });
      expect([answer.status, answer.body['nearest']]).toEqual([404, 'echoing']);
    }
  });

  it('of a day without a pack names the nearest earlier fresh one', async () => {
    const later = await execute({ pattern_id: 'echoing', ...mine(), asof_date: '2014-01-12' });
    expect(later.body['nearest']).toEqual({ pack_id: 'PP_2014-01-07', asof_date: '2014-01-07' });
    const earlier = await execute({ pattern_id: 'echoing', ...mine(), asof_date: '2001-01-01' });
    expect(earlier.body['nearest']).toBeNull();
  });

  it('for a foreign portfolio looks exactly like one for a portfolio that does not exist', async () => {
    const strip = (answer: Answer): string => answer.text.replaceAll(/[0-9a-f-]{32,36}/g, '#');
    const foreign = await execute({ pattern_id: 'echoing', portfolio_id: stack.market.b.portfolio_id });
    const absent = await execute({
      pattern_id: 'echoing',
      portfolio_id: '99999999-9999-4999-8999-999999999999',
    });
    expect(strip(foreign)).toBe(strip(absent));
  });

  it('for an open breaker comes before any run starts, with agent, capability and seconds', async () => {
    const breakers = createBreakerStore({ redis: null, pool: stack.pool, log: createLogger('silent') });
    for (let count = 0; count < 5; count += 1) {
      const asked = await breakers.ask('other');
      if (asked.decision !== 'reject') await breakers.failed('other', asked.generation, false);
    }
    const before = await stack.countStarted();
    const answer = await execute({ pattern_id: 'echoing', ...mine() });
    const body = expectProblem(answer, 503, 'CIRCUIT_OPEN');
    expect(body).toMatchObject({ agent: 'other', capability: 'other.echo' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(30);
    expect(await stack.countStarted()).toEqual(before);
    const health = await stack.call('/health', { as: null });
    expect(health.body['agents']).toMatchObject({ other: { breaker: 'open', fails: 5 } });
    await closeBreaker('other');
  });

  async function closeBreaker(agent: string): Promise<void> {
    const later = createBreakerStore({ redis: null, pool: stack.pool, log: createLogger('silent') });
    const state = (await later.read([agent]))[agent];
    await later.succeeded(agent, state?.generation ?? 0, true);
  }
});

describe('an execution that fails', () => {
  it('answers with the failing step’s code, and with 200 when it is read later', async () => {
    const answer = await execute({ pattern_id: 'failing', inputs: { code: 'PROVIDER_REFUSED' } });
    const body = expectProblem(answer, 502, 'PROVIDER_REFUSED');
    expect(body['step']).toBe('fails');
    expect(shapes.trace(body['trace'])).toEqual([]);
    expect((body['trace'] as Trace).steps.map(({ status }) => status)).toEqual(['success', 'error']);
    const { id, status } = handleOf(answer);
    expect(status).toBe('failed');
    const later = await stack.call(`/v1/executions/${id}`);
    expect(later.status).toBe(200);
    expect(later.body).toMatchObject({
      execution: { status: 'failed' },
      error: { code: 'PROVIDER_REFUSED' },
    });
  });

  it('tells nothing of an error that nobody foresaw', async () => {
    const answer = await execute({ pattern_id: 'failing', inputs: { code: 'THROWN' } });
    expectProblem(answer, 500, 'INTERNAL');
    expect(answer.text).not.toContain('secret');
  });
});

describe('waiting', () => {
  it('answers 202 at once when asked to, and the result is there later', async () => {
    const answer = await execute(
      { pattern_id: 'sleeping', inputs: { ms: 300 } },
      { headers: { Prefer: 'respond-async' } },
    );
    expect(answer.status).toBe(202);
    expect(shapes.handle(answer.body)).toEqual([]);
    expect(answer.headers.get('preference-applied')).toBe('respond-async');
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(answer.headers.get('location')).toBe(handleOf(answer).links['self']);
    const trace = await stack.call(handleOf(answer).links['trace'] ?? '');
    expect(trace.status).toBe(202);
    const ended = await endOf(handleOf(answer).id);
    expect(ended.body).toMatchObject({ execution: { status: 'succeeded' }, data: { nap: { name: 'nap' } } });
  });

  it('answers 202 when the time asked for is over', async () => {
    const startedAt = Date.now();
    const answer = await execute(
      { pattern_id: 'sleeping', inputs: { ms: 3000 } },
      { headers: { Prefer: 'wait=1' } },
    );
    expect(answer.status).toBe(202);
    expect(Date.now() - startedAt).toBeLessThan(2500);
    expect((await endOf(handleOf(answer).id)).body).toMatchObject({ execution: { status: 'succeeded' } });
  });

  it('lets whoever waits go with 202 when the server drains', async () => {
    const second = await startServer(stack.config, {
      log: createLogger('silent'),
      catalogue: testCatalogue,
      tracing: stack.tracing,
    });
    const waiting = execute({ pattern_id: 'sleeping', inputs: { ms: 5000 } }, { url: second.url });
    await until(
      'the run has started',
      async () => (await stack.client.workflow.count('ExecutionStatus="Running"')).count > 0,
    );
    await second.close();
    const answer = await waiting;
    expect(answer.status).toBe(202);
    await stack.call(handleOf(answer).links['cancel'] ?? '', { body: {} });
    await endOf(handleOf(answer).id);
  });
});

describe('Idempotency-Key', () => {
  const key = (name: string): CallOptions => ({ headers: { 'Idempotency-Key': name } });

  it('makes 20 requests at once one run, and a later one the same', async () => {
    const before = await stack.countStarted();
    const body = { pattern_id: 'sleeping', inputs: { ms: 300 } };
    const answers = await Promise.all(Array.from({ length: 20 }, () => execute(body, key('many'))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map((answer) => handleOf(answer).run_id)).size).toBe(1);
    const again = await execute({ inputs: { ms: 300 }, pattern_id: 'sleeping' }, key('many'));
    expect(again.text).toBe(answers[0]?.text);
    expect(await stack.countStarted()).toEqual({ rows: before.rows + 1, runs: before.runs + 1 });
  });

  it('refuses the same key with another body', async () => {
    await execute({ pattern_id: 'sleeping', inputs: { ms: 1 } }, key('other'));
    const answer = await execute({ pattern_id: 'sleeping', inputs: { ms: 2 } }, key('other'));
    expectProblem(answer, 422, 'IDEMPOTENCY_CONFLICT');
  });

  it('starts anew what a process left that died between row and run', async () => {
    const body = { pattern_id: 'sleeping', inputs: { ms: 1 } };
    const { user_id } = stack.market.a;
    const id = executionIdOf(user_id, 'orphan');
    await withUser(stack.pool, user_id, async (tx) => {
      await insertExecution(tx, {
        id,
        user_id,
        request_digest: requestDigest(body),
        pattern: { id: 'sleeping', version: '1.0.0', sha256: 'sha256:0' },
        portfolio_id: null,
        pricing_pack_id: 'PP_2014-01-07',
        ledger_commit_hash: null,
        asof_date: '2014-01-07',
        workflow_id: workflowIdOf(id),
        mode: 'durable',
        inputs: { ms: 1 },
        ctx: {} as never,
        run_key: null,
        timeout_ms: 60_000,
      });
      await tx.query("update executions set created_at = now() - interval '1 min' where id = $1", [id]);
    });
    const answer = await execute(body, key('orphan'));
    expect(answer.status).toBe(200);
    expect(handleOf(answer)).toMatchObject({ id, status: 'succeeded' });
  });

  it('keeps equal keys of two users apart', async () => {
    const body = { pattern_id: 'sleeping', inputs: { ms: 1 } };
    const [a, b] = await Promise.all([
      execute(body, { ...key('shared'), as: stack.market.a.user_id }),
      execute(body, { ...key('shared'), as: stack.market.b.user_id }),
    ]);
    expect([a.status, b.status]).toEqual([200, 200]);
    expect(handleOf(a).id).not.toBe(handleOf(b).id);
  });
});

describe('when Temporal is away', () => {
  it('answers 503 and leaves nothing, so that the key can be tried again', async () => {
    const before = await stack.countStarted();
    const cut = await startServer(
      { ...stack.config, temporalAddress: '127.0.0.1:1' },
      { log: createLogger('silent'), catalogue: testCatalogue, tracing: stack.tracing },
    );
    const body = { pattern_id: 'sleeping', inputs: { ms: 1 } };
    const options = { headers: { 'Idempotency-Key': 'away' } };
    const answer = await execute(body, { ...options, url: cut.url });
    expectProblem(answer, 503, 'TEMPORAL_UNAVAILABLE');
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(await stack.countStarted()).toEqual(before);
    const health = await stack.call('/health', { as: null, url: cut.url });
    expect(health).toMatchObject({ status: 200, body: { status: 'degraded', temporal: { status: 'down' } } });
    await cut.close();
    expect((await execute(body, options)).status).toBe(200);
  }, 30_000);
});
