/** The API without its servers: all that is answered before anything is asked of PostgreSQL or Temporal. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { SignJWT } from 'jose';
import type { Pool } from 'pg';
import pino from 'pino';
import request, { type Response } from 'supertest';
import { embeddedIssuer } from '../config';
import type { BreakerStore } from '../contract/breaker';
import { compilePattern } from '../pattern/compile';
import type { Signatures } from '../pattern/signatures';
import { compileSchema } from '../validate';
import { unusedDeps } from '../../tests/support/app-deps';
import { createApp } from './app';
import { createAuthenticate } from './authenticate';
import { demoUsers, makeEmbeddedKeys, signEmbeddedToken } from './embedded-keys';
import { createMetrics } from './metrics';
import { ProblemDetails } from './openapi';
import type { StoredPattern } from './pattern-store';
import { createWaitingRoom } from './waiting-room';

const portfolioId = '11111111-1111-4111-8111-111111111111';
const signatures: Signatures = new Map([
  [
    'test.read',
    {
      capability: 'test.read',
      version: '1',
      agent: 'tester',
      task_queue: 'agent-tester',
      args: { type: 'object', properties: { portfolio_id: { type: 'string' } }, additionalProperties: false },
      result: { type: 'object', properties: {}, additionalProperties: true },
      effect: 'none',
      pure: true,
      errors: [],
      source: 'own',
      displayTtlSeconds: null,
      policy: {
        startToCloseMs: 1000,
        maximumAttempts: 1,
        initialIntervalMs: 1,
        backoffCoefficient: 1,
        maximumIntervalMs: 1,
      },
    },
  ],
]);

/** Whatever is refused must be refused before one of these is touched. */
function untouchable<T extends object>(name: string): T {
  return new Proxy({} as T, {
    get: (_target, member) => {
      throw new Error(`${name}.${String(member)} was touched`);
    },
  });
}

function stored(source: Record<string, unknown>): [string, StoredPattern] {
  const compiled = compilePattern(source, { signatures });
  const id = source['id'] as string;
  return [id, { id, file: `analysis/${id}.json`, ...compiled }];
}

const step = { capability: 'test.read', args: { portfolio_id: '{{inputs.portfolio_id}}' }, as: 'read' };
const patterns = new Map([
  stored({
    id: 'reading',
    name: 'Reading',
    inputs: { portfolio_id: { type: 'uuid', required: true }, days: { type: 'integer', default: 5 } },
    steps: [step],
    outputs: ['read'],
    rights_required: ['portfolio_read'],
  }),
  stored({ id: 'broken', name: 'Broken', steps: [{ capability: 'no.such', as: 'x' }], outputs: ['x'] }),
]);

const logged: string[] = [];
let app: ReturnType<typeof createApp>;
let token: string;
let dataDir: string;

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'dawsos-app-'));
  const { publicKeyFile } = await makeEmbeddedKeys(dataDir);
  token = await signEmbeddedToken(dataDir, { sub: demoUsers.a, rights: ['portfolio_read'], ttl: '1h' });
  app = createApp({
    authenticate: await createAuthenticate({
      issuer: embeddedIssuer,
      audience: 'dawsos',
      jwksUrl: null,
      publicKeyFile,
    }),
    log: pino({ level: 'info' }, { write: (line: string) => logged.push(line) }),
    patterns,
    ...unusedDeps(patterns, signatures),
    pool: untouchable<Pool>('pool'),
    client: untouchable<Client>('client'),
    breakers: untouchable<BreakerStore>('breakers'),
    agents: ['tester'],
    ui: null,
    waiting: createWaitingRoom(new AbortController().signal),
    capabilities: { catalogue: {}, aliases: [] },
    limits: { requestsPerMinute: 0, runningPerUser: 0 },
    metrics: createMetrics({
      pool: untouchable<Pool>('pool'),
      breakers: untouchable<BreakerStore>('breakers'),
      agents: [],
      waiting: createWaitingRoom(new AbortController().signal),
      now: () => Date.now(),
    }),
    draining: new AbortController().signal,
    now: () => Date.now(),
  });
});

const problemShape = compileSchema(ProblemDetails);

/** Every refusal has the same form and tells nothing internal. */
function expectProblem(response: Response, status: number, code: string): Record<string, unknown> {
  const body = JSON.parse(response.text) as Record<string, unknown>;
  expect({ status: response.status, code: body['code'] }).toEqual({ status, code });
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(problemShape(body)).toEqual([]);
  expect(body['request_id']).toBe(response.headers['x-request-id']);
  expect(response.text).not.toMatch(/\bat .*\.[jt]s:\d+|node_modules|Error:/);
  return body;
}

function pointersOf(body: Record<string, unknown>): string[] {
  return (body['problems'] as { pointer: string }[]).map(({ pointer }) => pointer);
}

function post(body: unknown, route = '/v1/execute'): request.Test {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return request(app)
    .post(route)
    .set('Authorization', `Bearer ${token}`)
    .set('Content-Type', 'application/json')
    .send(text);
}

const good = { pattern_id: 'reading', portfolio_id: portfolioId };

describe('the body', () => {
  it.each(['/v1/execute', '/execute'])('refuses JSON that does not parse at %s', async (route) => {
    expectProblem(await post('{"pattern_id": ', route), 400, 'REQUEST_INVALID');
  });

  it.each([
    ['an empty body', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['text in Latin-1', Buffer.from('{"pattern_id":"\xe9"}', 'latin1').toString('latin1')],
  ])('refuses %s', async (_name, text) => {
    expectProblem(await post(text), 400, 'REQUEST_INVALID');
  });

  it('refuses 300 KiB with 413', async () => {
    expectProblem(await post({ ...good, inputs: { x: 'x'.repeat(300 * 1024) } }), 413, 'BODY_TOO_LARGE');
  });

  it('refuses what is not declared as JSON with 415', async () => {
    const response = await request(app)
      .post('/v1/execute')
      .set('Authorization', `Bearer ${token}`)
      .set('Content-Type', 'text/plain')
      .send('{}');
    expectProblem(response, 415, 'MEDIA_TYPE_UNSUPPORTED');
  });

  it('refuses 40,000 nested lists', async () => {
    expectProblem(
      await post(`{"inputs":${'['.repeat(40_000)}${']'.repeat(40_000)}}`),
      400,
      'REQUEST_INVALID',
    );
  });

  it('refuses __proto__ wherever it stands', async () => {
    const top = expectProblem(
      await post('{"pattern_id":"reading","__proto__":{"x":1}}'),
      400,
      'REQUEST_INVALID',
    );
    expect(pointersOf(top)).toEqual(['/__proto__']);
    const deep = '{"pattern_id":"reading","inputs":{"a":[{"__proto__":{"polluted":true}}]}}';
    expect(pointersOf(expectProblem(await post(deep), 400, 'REQUEST_INVALID'))).toEqual([
      '/inputs/a/0/__proto__',
    ]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('refuses a lone surrogate, which has no UTF-8', async () => {
    expectProblem(await post('{"pattern_id":"reading","inputs":{"a":"\\ud800"}}'), 400, 'REQUEST_INVALID');
  });

  it('names every problem of the body at once', async () => {
    const response = await post({ pattern_id: 'X', asof_date: '2013-02-30', portfolio_id: 'mine', color: 1 });
    const pointers = pointersOf(expectProblem(response, 400, 'REQUEST_INVALID'));
    expect(pointers.sort()).toEqual(['/asof_date', '/color', '/pattern_id', '/portfolio_id']);
  });
});

describe('the pattern and its inputs', () => {
  it('answers 404 for a pattern that is not there', async () => {
    expectProblem(await post({ pattern_id: 'no_such' }), 404, 'PATTERN_NOT_FOUND');
  });

  it('answers 404 for another version and says which one there is', async () => {
    const body = expectProblem(await post({ ...good, version: '9.0.0' }), 404, 'PATTERN_NOT_FOUND');
    expect(body['version']).toBe('1.0.0');
  });

  it('says which pattern, input or member was probably meant', async () => {
    const pattern = expectProblem(await post({ pattern_id: 'raeding' }), 404, 'PATTERN_NOT_FOUND');
    expect(pattern).toMatchObject({ nearest: 'reading', detail: 'There is no pattern "raeding". Did you mean "reading"?' });
    const older = expectProblem(await post({ pattern_id: 'raeding', version: '1.0.0' }), 404, 'PATTERN_NOT_FOUND');
    expect(older['nearest']).toBe('reading');
    const input = expectProblem(await post({ ...good, inputs: { dais: 1 } }), 400, 'REQUEST_INVALID');
    expect(input['problems']).toMatchObject([{ pointer: '/inputs/dais', suggestion: 'did you mean days?' }]);
    const other = expectProblem(await post({ ...good, inputs: { weeks: 1 } }), 400, 'REQUEST_INVALID');
    expect(other['detail']).toBe('/inputs/weeks: unknown member "weeks" (there are portfolio_id, days)');
    const member = expectProblem(await post({ ...good, asof_dat: '2013-02-28' }), 400, 'REQUEST_INVALID');
    expect(member['problems']).toMatchObject([{ suggestion: 'did you mean asof_date?' }]);
  }); // prettier-ignore

  it('answers 422 with the problems for a broken pattern', async () => {
    const body = expectProblem(await post({ pattern_id: 'broken' }), 422, 'PATTERN_INVALID');
    expect(pointersOf(body)).toEqual(['/steps/0/capability']);
  });

  it.each([
    ['a missing input', { pattern_id: 'reading' }, ['/inputs/portfolio_id']],
    ['an input of the wrong type', { ...good, inputs: { days: 'five' } }, ['/inputs/days']],
    ['an input that the pattern does not know', { ...good, inputs: { weeks: 1 } }, ['/inputs/weeks']],
    [
      'two portfolios',
      { ...good, inputs: { portfolio_id: '22222222-2222-4222-8222-222222222222' } },
      ['/inputs/portfolio_id'],
    ],
  ])('refuses %s', async (_name, body, pointers) => {
    expect(pointersOf(expectProblem(await post(body), 400, 'REQUEST_INVALID'))).toEqual(pointers);
  });

  it('refuses two different as-of dates', async () => {
    const body = { ...good, asof: '2013-02-27', asof_date: '2013-02-28' };
    expect(pointersOf(expectProblem(await post(body), 400, 'REQUEST_INVALID'))).toEqual(['/asof']);
  });
});

describe('identity', () => {
  const claims = { issuer: embeddedIssuer, audience: 'dawsos', sub: demoUsers.a, exp: '1h' };
  const withToken = (value: string): request.Test =>
    request(app).get('/v1/patterns').set('Authorization', `Bearer ${value}`);

  async function forged(change: Partial<typeof claims>, key?: Uint8Array): Promise<string> {
    const { issuer, audience, sub, exp } = { ...claims, ...change };
    return new SignJWT({ rights: ['portfolio_read'] })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(sub)
      .setExpirationTime(exp)
      .sign(key ?? new TextEncoder().encode('a shared secret that is long enough'));
  }

  it('answers 401 without a token, before it looks at the body', async () => {
    const response = await request(app).post('/v1/execute').set('Content-Type', 'text/plain').send('x');
    expectProblem(response, 401, 'UNAUTHENTICATED');
    expect(response.headers['www-authenticate']).toBe('Bearer');
  });

  it.each(['not.a.token', 'x', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'])('refuses %s', async (value) => {
    expectProblem(await withToken(value), 401, 'UNAUTHENTICATED');
  });

  it('refuses a token signed with a shared secret', async () => {
    expectProblem(await withToken(await forged({})), 401, 'UNAUTHENTICATED');
  });

  it('refuses an expired token, another audience and a subject that is no user id', async () => {
    const past = await signEmbeddedToken(dataDir, { sub: demoUsers.a, rights: [], ttl: '-2m' });
    expectProblem(await withToken(past), 401, 'UNAUTHENTICATED');
    const other = await signEmbeddedToken(dataDir, {
      sub: demoUsers.a,
      rights: [],
      ttl: '1h',
      audience: 'others',
    });
    expectProblem(await withToken(other), 401, 'UNAUTHENTICATED');
    const nobody = await signEmbeddedToken(dataDir, { sub: 'root', rights: [], ttl: '1h' });
    expectProblem(await withToken(nobody), 401, 'UNAUTHENTICATED');
  });

  it('answers 403 and names the rights that a token lacks', async () => {
    const bare = await signEmbeddedToken(dataDir, { sub: demoUsers.a, rights: [], ttl: '1h' });
    const response = await post(good).set('Authorization', `Bearer ${bare}`);
    expect(expectProblem(response, 403, 'RIGHTS_MISSING')['missing']).toEqual(['portfolio_read']);
  });

  it('writes no token into the log', () => {
    expect(logged.length).toBeGreaterThan(10);
    expect(logged.join('')).not.toContain(token);
    expect(JSON.parse(logged[0] ?? '{}')).toMatchObject({
      request_id: expect.any(String) as string,
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    });
  });
});

describe('addresses and headers', () => {
  it('answers 404 and 405 as problems', async () => {
    expectProblem(await request(app).get('/v1/nothing'), 404, 'NOT_FOUND');
    const response = await request(app).get('/v1/execute');
    expectProblem(response, 405, 'METHOD_NOT_ALLOWED');
    expect(response.headers['allow']).toBe('POST');
  });

  it('answers a broken escape in the path with 400', async () => {
    expectProblem(
      await request(app).get('/v1/executions/%E0%A4%A').set('Authorization', `Bearer ${token}`),
      400,
      'REQUEST_INVALID',
    );
  });

  it('answers 404 for an execution whose id is no UUID, and 400 for a filter that cannot be', async () => {
    const get = (url: string): request.Test => request(app).get(url).set('Authorization', `Bearer ${token}`);
    expectProblem(await get('/v1/executions/..%2f..%2fetc'), 404, 'EXECUTION_NOT_FOUND');
    const body = expectProblem(
      await get('/v1/executions?status=done&limit=1000&x=1'),
      400,
      'REQUEST_INVALID',
    );
    expect(pointersOf(body).sort()).toEqual(['/query/limit', '/query/status', '/query/x']);
  });

  it('refuses an Idempotency-Key that is not plain ASCII', async () => {
    expectProblem(await post(good).set('Idempotency-Key', 'a b'), 400, 'REQUEST_INVALID');
  });

  it('refuses transfer codings it does not undo', async () => {
    const response = await request(app).get('/health').set('Transfer-Encoding', 'gzip, chunked');
    expectProblem(response, 400, 'REQUEST_INVALID');
    expect(response.headers['connection']).toBe('close');
  });

  it('does not say what it is built with, and hides what was not foreseen', async () => {
    const response = await post(good);
    expectProblem(response, 500, 'INTERNAL');
    expect(response.text).not.toContain('touched');
    expect(response.headers['x-powered-by']).toBeUndefined();
    expect(response.headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('GET /patterns', () => {
  it.each(['/patterns', '/v1/patterns'])(
    'lists all of them at %s, broken ones with their problems',
    async (route) => {
      const response = await request(app).get(route).set('Authorization', `Bearer ${token}`);
      const list = response.body as {
        id: string;
        broken: boolean;
        problems: unknown[];
        sha256: string | null;
      }[];
      expect(list.map(({ id, broken }) => [id, broken])).toEqual([
        ['broken', true],
        ['reading', false],
      ]);
      expect(list[0]?.problems).toHaveLength(1);
      expect(list[1]?.sha256).toMatch(/^sha256:[0-9a-f]{64}$/);
    },
  );
});
