/** What is known before a run and after it: check, plan, lineage and diff over HTTP, on the demo. */
import { randomUUID } from 'node:crypto';
import type { Diff } from '../../src/contract/diff';
import type { ExecuteResponse } from '../../src/contract/execution';
import type { Lineage } from '../../src/contract/lineage';
import type { PlanExplanation } from '../../src/contract/plan-explanation';
import { executeRequest } from '../../src/executor/openapi-examples';
import * as examples from '../../src/executor/openapi-examples-insight';
import { operations } from '../../src/executor/operations';
import { compileSchema } from '../../src/validate';
import { type Answer, type CallOptions, type Stack, startStack } from '../support/stack';

const alice = 'a11ce000-0000-4000-8000-000000000001';
let stack: Stack;

beforeAll(async () => {
  stack = await startStack('shipped');
}, 120_000);

afterAll(async () => {
  await stack.close();
}, 60_000);

const call = (route: string, options: CallOptions = {}): Promise<Answer> =>
  stack.call(route, { as: alice, ...options });

/** The body of a 200 that fits the operation's schema. */
async function ok<T>(route: string, body?: unknown, path = route): Promise<T> {
  const answer = await call(route, body === undefined ? {} : { body });
  expect({ status: answer.status, text: answer.status === 200 ? '' : answer.text }).toEqual({ status: 200, text: '' });
  const operation = operations.find(({ paths }) => paths.includes(path));
  expect(compileSchema(operation?.answers['200']?.schema ?? {})(answer.body)).toEqual([]);
  return answer.body as T;
} // prettier-ignore

async function run(change: object = {}): Promise<ExecuteResponse> {
  return ok('/v1/execute', { ...executeRequest, ...change });
}

const lineageRoute = (id: string, field: string): string =>
  `/v1/executions/${id}/lineage?field=${encodeURIComponent(field)}`;
const lineagePath = '/v1/executions/{id}/lineage';

describe('POST /v1/patterns/check', () => {
  it('answers the example as the document says', async () => {
    const body = await ok('/v1/patterns/check', examples.checkRequest);
    expect(body).toEqual(examples.checkResult);
  });

  it('finds nothing wrong with a shipped pattern, and takes anything for a pattern', async () => {
    const { body } = await call('/v1/patterns/annualised_return');
    expect(await ok('/v1/patterns/check', { pattern: body['pattern'] })).toMatchObject({ ok: true, problems: [] });
    const nonsense: unknown[] = [null, 7, 'x', [], {}];
    for (const pattern of nonsense) {
      expect(await ok('/v1/patterns/check', { pattern })).toMatchObject({ ok: false });
    }
  }); // prettier-ignore

  it('refuses a body without a pattern', async () => {
    const { status, body } = await call('/v1/patterns/check', { body: {} });
    expect([status, body['code']]).toEqual([400, 'REQUEST_INVALID']);
  });
});

describe('POST /v1/plan', () => {
  it('answers the example as the document says, and starts nothing', async () => {
    const before = await stack.countStarted();
    const body = await ok<PlanExplanation>('/v1/plan', examples.planRequest);
    expect(body).toEqual(examples.plan);
    expect(await stack.countStarted()).toEqual(before);
  });

  it('knows after a run how long it took and that it would be remembered', async () => {
    const { execution } = await run();
    const body = await ok<PlanExplanation>('/v1/plan', examples.planRequest);
    expect(body.remembered).toBe(execution.id);
    expect(body.critical_path_ms).toBeGreaterThan(0);
    expect(body.text).toContain(`execution ${execution.id} would be the answer`);
  });

  it('foresees a hit of what this process remembers', async () => {
    const asked = { ...executeRequest, inputs: { lookback_days: 30 } };
    const predicted = async () => {
      const { steps } = await ok<PlanExplanation>('/v1/plan', asked);
      return steps.map(({ predicted_cache }) => predicted_cache?.state);
    };
    expect(await predicted()).toEqual(['unknown', 'unknown']);
    // Tests ask for fresh runs unless they say otherwise, and a fresh run leaves nothing in memory.
    const headers = { 'Cache-Control': 'max-age=0' };
    expect(await call('/v1/execute', { body: { ...asked, mode: 'direct' }, headers })).toMatchObject({
      status: 200,
    });
    expect(await predicted()).toEqual(['hit', 'unknown']);
  });

  it('reports a pack that is not there, and refuses what execute refuses', async () => {
    const missing = await ok<PlanExplanation>('/v1/plan', { ...executeRequest, asof_date: '2013-03-02' });
    expect(missing.pack).toMatchObject({ id: null, status: 'missing', asof_date: '2013-03-02', ready: false });
    const refused = async (body: object, options: CallOptions = {}): Promise<unknown[]> => {
      const answer = await call('/v1/plan', { body, ...options });
      return [answer.status, answer.body['code']];
    };
    expect(await refused(executeRequest, { rights: [] })).toEqual([403, 'RIGHTS_MISSING']);
    expect(await refused({ ...executeRequest, portfolio_id: randomUUID() })).toEqual([404, 'PORTFOLIO_NOT_FOUND']);
    expect(await refused({ pattern_id: 'none' })).toEqual([404, 'PATTERN_NOT_FOUND']);
    expect(await refused({ pattern_id: executeRequest.pattern_id })).toEqual([400, 'REQUEST_INVALID']);
    expect(await refused({})).toEqual([400, 'REQUEST_INVALID']);
    expect(await refused(examples.checkRequest)).toEqual([422, 'PATTERN_INVALID']);
    expect(await refused(executeRequest, { as: null })).toEqual([401, 'UNAUTHENTICATED']);
  }); // prettier-ignore

  it('plans a whole pattern that nobody has stored', async () => {
    const { body } = await call('/v1/patterns/portfolio_overview');
    const pattern = { ...(body['pattern'] as object), id: 'mine' };
    const { portfolio_id } = executeRequest;
    const { direct, steps, critical_path } = await ok<PlanExplanation>('/v1/plan', { pattern, portfolio_id });
    expect(direct).toEqual({ eligible: true, reasons: [] });
    expect(Object.fromEntries(steps.map(({ as, wave }) => [as, wave]))).toEqual({
      valued_positions: 1, perf_metrics: 1, currency_attr: 1, historical_nav: 1, sector_allocation: 2, charts: 2,
    });
    expect(critical_path).toEqual(['valued_positions', 'sector_allocation']);
  }); // prettier-ignore
});

describe('GET /v1/executions/{id}/lineage', () => {
  it('answers the example as the document says', async () => {
    const { execution } = await run();
    const body = await ok<Lineage>(
      lineageRoute(execution.id, examples.lineage.field),
      undefined,
      lineagePath,
    );
    expect({ ...body, execution_id: '' }).toEqual({ ...examples.lineage, execution_id: '' });
  });

  it('leads from a holding to the pack that valued it', async () => {
    const { execution } = await run({ pattern_id: 'portfolio_overview' });
    const field = 'valued_positions.positions.0.value';
    const told = await ok<Lineage>(lineageRoute(execution.id, field), undefined, lineagePath);
    expect(told.steps.map(({ path }) => path)).toEqual(['valued_positions']);
    expect(told.sources).toEqual([`pricing_pack:${told.pricing_pack_id}`]);
    expect(told.inputs).toEqual({ portfolio_id: executeRequest.portfolio_id });
    expect(told.context).toEqual(['pricing_pack_id']);
  });

  it('names the field that was probably meant, and is for its owner alone', async () => {
    const { execution } = await run();
    const wrong = await call(lineageRoute(execution.id, 'annualised.anualised'));
    expect(wrong.status).toBe(404);
    expect(wrong.body).toMatchObject({ code: 'FIELD_UNKNOWN', nearest: 'annualised.annualised' });
    const other = await call(lineageRoute(execution.id, 'annualised'), { as: randomUUID() });
    expect([other.status, other.body['code']]).toEqual([404, 'EXECUTION_NOT_FOUND']);
    const none = await call(`/v1/executions/${execution.id}/lineage`);
    expect([none.status, none.body['code']]).toEqual([400, 'REQUEST_INVALID']);
    const { headers } = await call(lineageRoute(execution.id, 'annualised'));
    const again = await call(lineageRoute(execution.id, 'annualised'), {
      headers: { 'If-None-Match': headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });
});

describe('POST /v1/diff', () => {
  it('answers the example as the document says: one pattern on two packs', async () => {
    const body = await ok<Diff>('/v1/diff', examples.diffRequest);
    const plain = ({ left, right, ...rest }: Diff): object => ({
      ...rest,
      sides: [left, right].map((side) => ({ ...side, execution_id: '' })),
    });
    expect(plain(body)).toEqual(plain(examples.diff));
    const { left, right } = body;
    const stored = await ok<Diff>('/v1/diff', { left: left.execution_id, right: right.execution_id });
    expect(stored).toEqual(body);
  });

  it('finds two runs of the same request equal', async () => {
    const [left, right] = [await run(), await run({ mode: 'direct' })];
    const body = { left: left.execution.id, right: right.execution.id };
    expect(await ok<Diff>('/v1/diff', body)).toMatchObject({ equal: true, count: 0, first_step: null });
  });

  it('refuses what is half of one and half of the other, packs that nothing runs on, and other users’ runs', async () => {
    const { execution } = await run();
    const refused = async (body: object, options: CallOptions = {}): Promise<unknown[]> => {
      const answer = await call('/v1/diff', { body, ...options });
      return [answer.status, answer.body['code']];
    };
    const left = execution.id;
    expect(await refused({ left })).toEqual([400, 'REQUEST_INVALID']);
    expect(await refused({ ...examples.diffRequest, left })).toEqual([400, 'REQUEST_INVALID']);
    expect(await refused({ left, right: randomUUID() })).toEqual([404, 'EXECUTION_NOT_FOUND']);
    expect(await refused({ left, right: left }, { as: randomUUID() })).toEqual([404, 'EXECUTION_NOT_FOUND']);
    expect(await refused({ ...examples.diffRequest, left_pack: 'PP_1999-01-01' })).toEqual([404, 'PACK_NOT_FOUND']);
  }); // prettier-ignore
});
