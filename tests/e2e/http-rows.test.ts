/** The reading side of the API on the real thing: pages, ETags, packs, portfolios, probes, metrics, limits. */
import { withUser } from '../../src/db/pool';
import { CapabilityList } from '../../src/executor/capabilities';
import { ExecutionList } from '../../src/executor/executions';
import * as examples from '../../src/executor/openapi-examples';
import { PackList } from '../../src/executor/packs';
import { PatternDetail } from '../../src/executor/pattern-detail';
import { PortfolioList } from '../../src/executor/portfolios';
import { startServer } from '../../src/executor/server';
import { createLogger } from '../../src/telemetry/logger';
import { compileSchema } from '../../src/validate';
import { until } from '../support/process';
import { type Answer, type CallOptions, type Stack, startStack } from '../support/stack';
import { testCatalogue } from '../support/test-agents';
import { all } from './http-patterns';

interface Handle {
  id: string;
  status: string;
}

let stack: Stack;
/** The project's own patterns and agents on the demo's data; nothing is run there. */
let demo: Stack;
const alice = 'a11ce000-0000-4000-8000-000000000001';

beforeAll(async () => {
  stack = await startStack(all);
  demo = await startStack('shipped', { worker: false });
}, 120_000);

afterAll(async () => {
  await stack.close();
  await demo.close();
}, 60_000);

const handleOf = (answer: Answer): Handle => answer.body['execution'] as Handle;

/** Runs `echoing` of user A to its end. */
async function run(more: object = {}, headers: Record<string, string> = {}): Promise<Handle> {
  const { portfolio_id } = stack.market.a;
  const body = { pattern_id: 'echoing', portfolio_id, ...more };
  const answer = await stack.call('/v1/execute', { body, headers });
  expect({ status: answer.status, code: answer.body['code'] }).toEqual({ status: 200 });
  return handleOf(answer);
}

/** Another server of the same stack, with its own limits or addresses. */
async function withServer(
  change: Partial<Stack['config']>,
  use: (url: string) => Promise<void>,
): Promise<void> {
  const server = await startServer(
    { ...stack.config, ...change },
    { log: createLogger('silent'), tracing: stack.tracing, catalogue: testCatalogue },
  );
  try {
    await use(server.url);
  } finally {
    await server.close();
  }
}

describe('the list of executions', () => {
  const list = async (query: string): Promise<{ ids: string[]; next: string | null }> => {
    const { status, body } = await stack.call(`/v1/executions${query}`);
    expect([status, compileSchema(ExecutionList)(body)]).toEqual([200, []]);
    const ids = (body['executions'] as { execution: Handle }[]).map(({ execution }) => execution.id);
    return { ids, next: body['next_cursor'] as string | null };
  };

  it('comes in pages that new executions do not move, also where several began in the same microsecond', async () => {
    const runs: string[] = [];
    for (let count = 0; count < 5; count += 1) runs.unshift((await run()).id);
    const [, second = '', third = '', fourth = ''] = runs;
    await withUser(stack.pool, stack.market.a.user_id, (tx) =>
      tx.query(
        'update executions set created_at = (select created_at from executions where id = $1) where id = any($2)',
        [third, [second, third, fourth]],
      ),
    );
    const expected = [runs[0], ...[second, third, fourth].sort(), runs[4]];
    const first = await list('?limit=2&pattern=echoing');
    const newer = await run();
    const seen = [...first.ids];
    let { next } = first;
    while (next !== null) {
      const page = await list(`?limit=2&pattern=echoing&cursor=${next}`);
      seen.push(...page.ids);
      ({ next } = page);
    }
    expect(seen).toEqual(expected);
    expect(seen).not.toContain(newer.id);
    expect(await list('?limit=6&pattern=echoing')).toMatchObject({ next: null });
  });

  it('can be asked for one pack or one date', async () => {
    const early = await run({ asof_date: '2014-01-06' });
    expect(await list('?pack=PP_2014-01-06')).toEqual({ ids: [early.id], next: null });
    expect(await list('?date=2014-01-06&status=succeeded')).toEqual({ ids: [early.id], next: null });
    expect(await list('?date=2014-01-06&pack=PP_2014-01-07')).toEqual({ ids: [], next: null });
  });
});

describe('an execution’s ETag', () => {
  it('answers 304 for as long as it says the same, to its owner only', async () => {
    const { id } = await run();
    for (const route of [`/v1/executions/${id}`, `/v1/executions/${id}/trace`]) {
      const first = await stack.call(route);
      const etag = first.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"sha256:[0-9a-f]{64}"$/);
      expect(first.headers.get('cache-control')).toBe('private, no-cache');
      for (const given of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const again = await stack.call(route, { headers: { 'If-None-Match': given } });
        expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
      }
      expect((await stack.call(route, { headers: { 'If-None-Match': '"other"' } })).text).toBe(first.text);
      const other: CallOptions = { as: stack.market.b.user_id, headers: { 'If-None-Match': etag } };
      expect((await stack.call(route, other)).status).toBe(404);
    }
  });

  it('changes when the run ends', async () => {
    const body = { pattern_id: 'sleeping', inputs: { ms: 500 } };
    const { id } = handleOf(await stack.call('/v1/execute', { body, headers: { Prefer: 'respond-async' } }));
    const running = await stack.call(`/v1/executions/${id}`);
    const headers = { 'If-None-Match': running.headers.get('etag') ?? '' };
    const waiting = await stack.call(`/v1/executions/${id}`, { headers });
    expect([waiting.status, waiting.headers.get('retry-after')]).toEqual([304, '1']);
    await until(
      'it ends',
      async () => (await stack.call(`/v1/executions/${id}`, { headers })).status === 200,
    );
  });
});

describe('packs and portfolios', () => {
  it('lists packs from the newest on, in pages, by status and date, and finds one by its id', async () => {
    const first = await stack.call('/v1/packs?limit=2');
    expect(compileSchema(PackList)(first.body)).toEqual([]);
    const idsOf = (answer: Answer): string[] =>
      (answer.body['packs'] as { id: string }[]).map(({ id }) => id);
    expect(idsOf(first)).toEqual(['PP_2014-01-08', 'PP_2014-01-07']);
    const second = await stack.call(`/v1/packs?limit=2&cursor=${String(first.body['next_cursor'])}`);
    expect(idsOf(second)).toEqual(['PP_2014-01-06', 'PP_2013-03-01']);
    expect(idsOf(await stack.call('/v1/packs?status=warming'))).toEqual(['PP_2014-01-08', 'PP_2013-03-01']);
    const ofDay = await stack.call('/v1/packs?date=2014-01-07');
    expect([idsOf(ofDay), ofDay.body['next_cursor']]).toEqual([['PP_2014-01-07'], null]);
    const one = await stack.call('/v1/packs/PP_2014-01-08');
    expect(one.body).toEqual((first.body['packs'] as object[])[0]);
  });

  it('names the nearest earlier pack where there is none', async () => {
    const missing = await stack.call('/v1/packs/PP_2014-02-01');
    expect([missing.status, missing.body['code'], missing.body['nearest']]).toEqual([
      404,
      'PACK_NOT_FOUND',
      { pack_id: 'PP_2014-01-07', asof_date: '2014-01-07' },
    ]);
    expect((await stack.call('/v1/packs/PP_2014-02-30')).body).toMatchObject({
      code: 'PACK_NOT_FOUND',
      nearest: null,
    });
  });

  it('shows own portfolios and nobody else’s', async () => {
    const { a, b } = stack.market;
    const own = await stack.call('/v1/portfolios');
    expect(compileSchema(PortfolioList)(own.body)).toEqual([]);
    expect(own.body).toMatchObject({
      portfolios: [{ id: a.portfolio_id, base_currency: 'CAD' }],
      next_cursor: null,
    });
    const one = await stack.call(`/v1/portfolios/${a.portfolio_id}`);
    expect(one.body).toEqual((own.body['portfolios'] as object[])[0]);
    const others = await stack.call(`/v1/portfolios/${b.portfolio_id}`);
    const nobodys = await stack.call('/v1/portfolios/00000000-0000-4000-9000-00000000dead');
    for (const answer of [others, nobodys]) {
      expect([answer.status, answer.body['code']]).toEqual([404, 'PORTFOLIO_NOT_FOUND']);
    }
    expect(others.body['detail']).toBe(`You have no portfolio ${b.portfolio_id}.`);
  });
});

describe('the demo', () => {
  it('answers as the OpenAPI document’s examples say', async () => {
    const as = alice;
    const { body: pattern } = await demo.call('/v1/patterns/annualised_return', { as });
    expect(compileSchema(PatternDetail)(pattern)).toEqual([]);
    // The example leaves the pattern's tests out: they are longer than all the rest.
    const { tests, ...file } = pattern['pattern'] as Record<string, unknown>;
    expect(tests).not.toEqual([]);
    expect({ ...pattern, pattern: file }).toEqual(examples.patternDetail);
    const { body: portfolios } = await demo.call('/v1/portfolios', { as });
    expect(portfolios).toEqual(examples.portfolioList);
    const { body: pack } = await demo.call(`/v1/packs/${examples.pack.id}`, { as });
    expect(pack).toEqual({ ...examples.pack, built_at: pack['built_at'] });
    const { body: capabilities } = await demo.call('/v1/capabilities', { as });
    expect(compileSchema(CapabilityList)(capabilities)).toEqual([]);
    const shown = JSON.parse(JSON.stringify(examples.capabilityList.capabilities)) as object[];
    expect(capabilities['capabilities']).toEqual(expect.arrayContaining(shown));
  });
});

describe('probes and metrics', () => {
  it('are ready with everything up; without Temporal not ready, but alive', async () => {
    const up = await stack.call('/health/ready', { as: null });
    expect([up.status, up.body]).toEqual([200, examples.readiness]);
    await withServer({ temporalAddress: '127.0.0.1:1' }, async (url) => {
      const down = await stack.call('/health/ready', { as: null, url });
      expect([down.status, down.body]).toEqual([503, examples.unreadiness]);
      expect((await stack.call('/health/live', { as: null, url })).status).toBe(200);
    });
  });

  it('count what was asked and run, by route and pattern, and nothing of whose it was', async () => {
    const { id } = await run();
    await stack.call(`/v1/executions/${id}`);
    const { status, headers, text } = await stack.call('/metrics', { as: null });
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/plain/)]);
    expect(text).toMatch(/^dawsos_executions_started_total\{pattern="echoing"\} [1-9]/m);
    expect(text).toMatch(
      /^dawsos_executions_finished_total\{pattern="echoing",status="succeeded",degraded="false"\} [1-9]/m,
    );
    expect(text).toMatch(
      /^dawsos_http_requests_total\{route="\/v1\/executions\/:id",method="GET",status="200"\} [1-9]/m,
    );
    expect(text).toMatch(
      /^dawsos_http_request_duration_seconds_count\{route="\/v1\/execute",method="POST"\} [1-9]/m,
    );
    expect(text).toMatch(/^dawsos_pool_connections\{state="total"\} [1-9]/m);
    expect(text).toMatch(/^dawsos_breaker_state\{agent="probe"\} 0$/m);
    expect(text).toMatch(/^process_cpu_seconds_total /m);
    for (const secret of [id, stack.market.a.user_id, stack.market.a.portfolio_id])
      expect(text).not.toContain(secret);
  });
});

describe('the limits', () => {
  it('refuses a run beyond those that one user may have at once, and leaves nothing of it', async () => {
    await withServer({ limits: { requestsPerMinute: 0, runningPerUser: 2 } }, async (url) => {
      const start = (key: string, as = stack.market.b.user_id): Promise<Answer> =>
        stack.call('/v1/execute', {
          as,
          url,
          body: { pattern_id: 'sleeping', inputs: { ms: 1500 } },
          headers: { Prefer: 'respond-async', 'Idempotency-Key': key },
        });
      const first = await start('one');
      expect([first.status, (await start('two')).status]).toEqual([202, 202]);
      const before = await stack.countStarted();
      const refused = await start('three');
      expect([refused.status, refused.body['code'], refused.headers.get('retry-after')]).toEqual([
        429,
        'RATE_LIMITED',
        '5',
      ]);
      expect(await stack.countStarted()).toEqual(before);
      // The same request as before is no new run, and another user has room of its own.
      expect(handleOf(await start('one')).id).toBe(handleOf(first).id);
      expect((await start('four', stack.market.a.user_id)).status).toBe(202);
      await until('there is room again', async () => (await start('three')).status === 202);
    });
  });

  it('refuses requests beyond those of a minute, counted by user', async () => {
    await withServer({ limits: { requestsPerMinute: 2, runningPerUser: 0 } }, async (url) => {
      const ask = (as: string): Promise<Answer> => stack.call('/v1/portfolios', { as, url });
      const { a, b } = stack.market;
      const answers = [
        await ask(a.user_id),
        await ask(a.user_id),
        await ask(a.user_id),
        await ask(b.user_id),
      ];
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 200]);
      expect(answers[2]?.body['code']).toBe('RATE_LIMITED');
      expect(answers[2]?.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    });
  });
});
