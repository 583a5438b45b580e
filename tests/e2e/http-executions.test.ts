/** /v1/executions on the real thing: own runs only, listing, cancelling, and runs that ended without saying so. */
import { compileSchema } from '../../src/validate';
import { withUser } from '../../src/db/pool';
import { ExecutionList } from '../../src/executor/executions';
import { Health } from '../../src/executor/health';
import { recoverFrom } from '../../src/executor/recover';
import { sweep } from '../../src/executor/sweeper';
import { createLogger } from '../../src/telemetry/logger';
import { until } from '../support/process';
import { type Answer, type Stack, startStack } from '../support/stack';
import { all } from './http-patterns';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack(all);
}, 120_000);

afterAll(async () => {
  await stack.close();
}, 60_000);

interface Handle {
  id: string;
  status: string;
  workflow_id: string;
  links: Record<string, string>;
}

const handleOf = (answer: Answer): Handle => answer.body['execution'] as Handle;

/** Starts a run of user A that takes this long. */
async function startSleeping(ms: number, as = stack.market.a.user_id): Promise<Handle> {
  const body = { pattern_id: 'sleeping', inputs: { ms } };
  return handleOf(await stack.call('/v1/execute', { as, body, headers: { Prefer: 'respond-async' } }));
}

async function statusOf(id: string): Promise<string> {
  return handleOf(await stack.call(`/v1/executions/${id}`)).status;
}

describe('another user’s execution', () => {
  it('can be neither seen, nor listed, nor traced, nor cancelled', async () => {
    const run = await startSleeping(2000);
    const as = stack.market.b.user_id;
    for (const route of [`/v1/executions/${run.id}`, `/v1/executions/${run.id}/trace`]) {
      const answer = await stack.call(route, { as });
      expect([answer.status, answer.body['code']]).toEqual([404, 'EXECUTION_NOT_FOUND']);
    }
    const cancelled = await stack.call(`/v1/executions/${run.id}/cancel`, { as, body: {} });
    expect([cancelled.status, cancelled.body['code']]).toEqual([404, 'EXECUTION_NOT_FOUND']);
    expect((await stack.call('/v1/executions', { as })).body).toEqual({ executions: [], next_cursor: null });
    await until('it ends', async () => (await statusOf(run.id)) !== 'running');
    expect(await statusOf(run.id)).toBe('succeeded');
  });
});

describe('the list', () => {
  it('has own executions, newest first, by pattern, portfolio and status, as many as asked for', async () => {
    const { portfolio_id } = stack.market.a;
    const first = await stack.call('/v1/execute', { body: { pattern_id: 'echoing', portfolio_id } });
    const second = await stack.call('/v1/execute', {
      body: { pattern_id: 'failing', inputs: { code: 'DATA_MISSING' } },
    });
    const list = async (query: string): Promise<string[]> => {
      const answer = await stack.call(`/v1/executions${query}`);
      expect(compileSchema(ExecutionList)(answer.body)).toEqual([]);
      return (answer.body['executions'] as { execution: Handle }[]).map(({ execution }) => execution.id);
    };
    expect(await list('?limit=2')).toEqual([handleOf(second).id, handleOf(first).id]);
    expect(await list('?limit=1')).toHaveLength(1);
    expect(await list(`?portfolio=${portfolio_id}`)).toEqual([handleOf(first).id]);
    expect(await list('?status=failed&pattern=failing')).toEqual([handleOf(second).id]);
    expect(await list('?pattern=echoing&status=failed')).toEqual([]);
  });
});

describe('cancelling', () => {
  it('ends a run as cancelled; a second time answers 409, and so does whoever waited', async () => {
    const headers = { 'Idempotency-Key': 'to-cancel' };
    const body = { pattern_id: 'sleeping', inputs: { ms: 5000 } };
    const waiting = stack.call('/v1/execute', { body, headers });
    let id = '';
    await until('it is listed', async () => {
      const answer = await stack.call('/v1/executions?status=running&limit=1');
      id = (answer.body['executions'] as { execution: Handle }[])[0]?.execution.id ?? '';
      return id !== '';
    });
    const answer = await stack.call(`/v1/executions/${id}/cancel`, { body: {} });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('location')).toBe(`/v1/executions/${id}`);
    const waited = await waiting;
    expect([waited.status, waited.body['code']]).toEqual([409, 'EXECUTION_CANCELLED']);
    expect(handleOf(waited).status).toBe('cancelled');
    expect(await statusOf(id)).toBe('cancelled');
    const again = await stack.call(`/v1/executions/${id}/cancel`, { body: {} });
    expect([again.status, again.body['code']]).toEqual([409, 'EXECUTION_CLOSED']);
  });
});

describe('a run that could not say how it ended', () => {
  it('is caught up with when it is read after Temporal terminated it', async () => {
    const run = await startSleeping(5000);
    await stack.client.workflow.getHandle(run.workflow_id).terminate('test');
    await until('it is closed', async () => (await statusOf(run.id)) !== 'running', 15_000);
    const later = await stack.call(`/v1/executions/${run.id}`);
    expect(later.body).toMatchObject({
      execution: { status: 'failed' },
      error: { code: 'EXECUTION_FAILED' },
    });
  });

  it('answers a waiting caller too', async () => {
    const waiting = stack.call('/v1/execute', { body: { pattern_id: 'sleeping', inputs: { ms: 5000 } } });
    let workflowId = '';
    await until('it runs', async () => {
      for await (const run of stack.client.workflow.list({ query: 'ExecutionStatus="Running"' }))
        workflowId = run.workflowId;
      return workflowId !== '';
    });
    await stack.client.workflow.getHandle(workflowId).terminate('test');
    const answer = await waiting;
    expect([answer.status, answer.body['code']]).toEqual([500, 'EXECUTION_FAILED']);
  });

  it('is found by the sweeper when nobody reads it, whoever it belongs to', async () => {
    const run = await startSleeping(5000, stack.market.b.user_id);
    await stack.client.workflow.getHandle(run.workflow_id).terminate('test');
    await withUser(stack.pool, stack.market.b.user_id, (tx) =>
      tx.query(
        "update executions set deadline_at = now() - interval '1 s', created_at = now() - interval '1 min' where id = $1",
        [run.id],
      ),
    );
    const deps = {
      client: stack.client,
      pool: stack.pool,
      ui: null,
      recover: recoverFrom(stack.client, stack.pool),
      log: createLogger('silent'),
      now: () => Date.now(),
    };
    // The server's own sweeper may be faster; either way the row is closed.
    await sweep(deps);
    const later = await stack.call(`/v1/executions/${run.id}`, { as: stack.market.b.user_id });
    expect(handleOf(later).status).toBe('failed');
  });
});

describe('GET /health and /openapi.json', () => {
  it('needs no token and shows every part', async () => {
    const health = await stack.call('/health', { as: null });
    expect(health.status).toBe(200);
    expect(compileSchema(Health)(health.body)).toEqual([]);
    expect(health.body).toMatchObject({
      status: 'ok',
      temporal: { status: 'up' },
      postgresql: { status: 'up' },
      breaker_store: { kind: 'postgres', status: 'up' },
      agents: { probe: { breaker: 'closed' }, other: { breaker: 'closed' } },
      patterns: { ready: 3, broken: 1 },
      latest_pack: { id: 'PP_2014-01-08', status: 'warming' },
      fresh_pack: { id: 'PP_2014-01-07', date: '2014-01-07' },
    });
    expect((health.body['agents'] as Record<string, { pollers: number }>)['probe']?.pollers).toBeGreaterThan(
      0,
    );
    const document = await stack.call('/openapi.json', { as: null });
    expect(document.body['openapi']).toBe('3.1.0');
  });
});
