/** What the route makes of a request before and after its handler: addresses, limits, queries, ids, draining. */
import type { Client } from '@temporalio/client';
import type { RequestHandler } from 'express';
import type { Pool } from 'pg';
import pino from 'pino';
import request, { type Response } from 'supertest';
import { aliases, catalogue } from '../capabilities';
import type { BreakerStore } from '../contract/breaker';
import { EngineError } from '../contract/errors';
import { unusedDeps } from '../../tests/support/app-deps';
import { createApp, type AppDeps } from './app';
import { demoUsers } from './embedded-keys';
import { createMetrics } from './metrics';
import { openApiDocument } from './openapi';
import { operations } from './operations';
import type { StoredPattern } from './pattern-store';
import { addRoutes } from './routes';
import { createWaitingRoom } from './waiting-room';

const signal = new AbortController().signal;
const waiting = createWaitingRoom(signal);
const breakers = { read: () => Promise.resolve({}) } as unknown as BreakerStore;
const now = (): number => Date.now();
const sick: StoredPattern = {
  id: 'sick',
  file: 'analysis/sick.json',
  pattern: {
    id: 'sick',
    name: 'Sick',
    version: '2.0.0',
    inputs: { days: { type: 'integer' } },
    steps: [
      { capability: 'no.such', as: 'x', condition: 'inputs.days > 1' },
      { map: { in: [1], do: { pattern: 'other@1.0.0', as: 'inner' } }, as: 'all', optional: true },
    ],
    outputs: ['x'],
    rights_required: ['portfolio_read'],
  },
  plan: null,
  problems: [{ code: 'PATTERN_INVALID', pointer: '/steps/0/capability', message: 'is none' }],
  warnings: [{ code: 'PATTERN_INVALID', pointer: '/inputs/days', message: 'is not used' }],
};

/** A token is its user's id; without one there is no user. PostgreSQL and Temporal are not asked. */
function depsWith(change: Partial<AppDeps> = {}): AppDeps {
  return {
    authenticate: (header) =>
      header === undefined
        ? Promise.reject(new EngineError('UNAUTHENTICATED', 'Nobody.'))
        : Promise.resolve({ id: header.slice('Bearer '.length), rights: [] }),
    log: pino({ level: 'silent' }),
    patterns: new Map([[sick.id, sick]]),
    ...unusedDeps(new Map([[sick.id, sick]])),
    pool: {
      totalCount: 3,
      idleCount: 2,
      waitingCount: 1,
      query: () => Promise.resolve({}),
    } as unknown as Pool,
    client: { options: {}, withDeadline: () => Promise.resolve({}) } as unknown as Client,
    breakers,
    agents: ['tester'],
    ui: null,
    waiting,
    capabilities: { catalogue, aliases },
    limits: { requestsPerMinute: 0, runningPerUser: 0 },
    metrics: createMetrics({
      pool: { totalCount: 3, idleCount: 2, waitingCount: 1 },
      breakers,
      agents: [],
      waiting,
      now,
    }),
    draining: signal,
    now,
    ...change,
  };
}

type App = ReturnType<typeof createApp>;

function get(app: App, url: string, user: string | null = demoUsers.a): request.Test {
  const asked = request(app).get(url);
  return user === null ? asked : asked.set('Authorization', `Bearer ${user}`);
}

function problemOf(response: Response): [number, string, string[]] {
  const { code, problems } = JSON.parse(response.text) as { code: string; problems?: { pointer: string }[] };
  return [response.status, code, (problems ?? []).map(({ pointer }) => pointer)];
}

describe('the routes', () => {
  it('are exactly those of the OpenAPI document', () => {
    interface Layer {
      route?: { path: string | string[]; methods: Record<string, boolean> };
    }
    const { stack } = createApp(depsWith()).router as unknown as { stack: Layer[] };
    const routes = stack.flatMap(({ route }) =>
      [route?.path ?? []].flat().flatMap((path) =>
        Object.keys(route?.methods ?? {})
          .filter((method) => method !== '_all')
          .map((method) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`),
      ),
    );
    const { paths } = openApiDocument(operations) as { paths: Record<string, object> };
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(routes.sort()).toEqual(described.sort());
  });

  it('prefer a literal address to a parameter, and share an address between methods', async () => {
    const answer = (text: string) => (): RequestHandler => (_req, res) => void res.json(text);
    const common = { summary: '', isPublic: true, answers: {}, problems: [] };
    const { default: express } = await import('express');
    const app = express();
    const limit = {
      count: ((_req, _res, next) => {
        next();
      }) as RequestHandler,
      countStrangers: () => undefined,
    };
    addRoutes(
      app,
      [
        { ...common, method: 'get', paths: ['/v1/things/{id}'], handler: answer('one') },
        { ...common, method: 'get', paths: ['/v1/things/check'], handler: answer('check') },
        { ...common, method: 'post', paths: ['/v1/things/{id}'], handler: answer('changed') },
      ],
      depsWith(),
      limit,
    );
    expect((await request(app).get('/v1/things/check')).body).toBe('check');
    expect((await request(app).get('/v1/things/7')).body).toBe('one');
    expect((await request(app).post('/v1/things/7')).body).toBe('changed');
  });
});

describe('GET /v1/patterns/{id}', () => {
  it('shows the file, its steps with those inside them, problems, warnings and rights', async () => {
    const response = await get(createApp(depsWith()), '/v1/patterns/sick');
    expect(response.body).toMatchObject({
      id: 'sick',
      version: '2.0.0',
      sha256: null,
      broken: true,
      rights_required: ['portfolio_read'],
      inputs: { properties: { days: { type: 'integer' } } },
      problems: [{ pointer: '/steps/0/capability' }],
      warnings: [{ pointer: '/inputs/days' }],
      pattern: sick.pattern,
      steps: [
        { path: '/steps/0', name: 'x', kind: 'capability', uses: 'no.such', condition: 'inputs.days > 1' },
        { path: '/steps/1', name: 'all', kind: 'map', uses: null, optional: true },
        { path: '/steps/1/map/do', name: 'inner', kind: 'pattern', uses: 'other@1.0.0' },
      ],
    });
  });

  it.each(['no_such', '__proto__', '..%2fsick'])('answers 404 for %s', async (id) => {
    const response = await get(createApp(depsWith()), `/v1/patterns/${id}`);
    expect(problemOf(response)).toEqual([404, 'PATTERN_NOT_FOUND', []]);
  });
});

describe('GET /v1/capabilities', () => {
  it('lists the whole catalogue by name, with schemas, policy and other names', async () => {
    const { body } = (await get(createApp(depsWith()), '/v1/capabilities')) as {
      body: { capabilities: { name: string }[] };
    };
    expect(body.capabilities.map(({ name }) => name)).toEqual(Object.keys(catalogue).sort());
    for (const { name, alias_of } of aliases) {
      const target = body.capabilities.find((capability) => capability.name === alias_of);
      expect(target).toMatchObject({ aliases: expect.arrayContaining([name]) as string[] });
    }
    expect(body.capabilities.find(({ name }) => name === 'calc.annualise')).toMatchObject({
      agent: 'calculator',
      task_queue: 'agent-calculator',
      args: { type: 'object' },
      effect: 'none',
      pure: true,
      policy: { start_to_close_timeout: '10s', maximum_attempts: 3 },
      display_ttl_seconds: null,
    });
  });
});

describe('queries and ids', () => {
  const cursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

  it.each([
    ['/v1/executions', 'rubbish'],
    ['/v1/executions', cursor(['1', 'no-uuid'])],
    ['/v1/executions', cursor(['12345678901234567', demoUsers.a])],
    ['/v1/executions', cursor(['1', demoUsers.a, 'more'])],
    ['/v1/packs', cursor(['2013-02-30', 'PP_2013-02-28'])],
    ['/v1/packs', cursor({ date: '2013-02-28' })],
    ['/v1/portfolios', cursor(['a\u0000b', demoUsers.a])],
  ])('refuses at %s a cursor that is none of its own', async (route, value) => {
    const response = await get(createApp(depsWith()), `${route}?cursor=${value}`);
    expect(problemOf(response)).toEqual([400, 'REQUEST_INVALID', ['/query/cursor']]);
  });

  it('refuses filters that cannot be, all at once', async () => {
    const app = createApp(depsWith());
    const response = await get(app, '/v1/executions?pack=x&date=2013-02-30&limit=0&limit=1&color=red');
    const [status, code, pointers] = problemOf(response);
    expect([status, code, pointers.sort()]).toEqual([
      400,
      'REQUEST_INVALID',
      ['/query/color', '/query/date', '/query/limit', '/query/pack'],
    ]);
    expect(problemOf(await get(app, '/v1/packs?status=old'))[2]).toEqual(['/query/status']);
  });

  it('says in words what a parameter has to be, and which one was meant', async () => {
    const refused = await get(createApp(depsWith()), '/v1/executions?limit=0&statsu=failed');
    expect((refused.body as { problems: object[] }).problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ message: 'must be a whole number from 1 to 100 (default 20)' }),
        expect.objectContaining({ pointer: '/query/statsu', suggestion: 'did you mean status?' }),
      ]),
    );
  });

  it('answers 404 for ids that can be nobody’s', async () => {
    const app = createApp(depsWith());
    expect(problemOf(await get(app, '/v1/packs/2013'))).toEqual([404, 'PACK_NOT_FOUND', []]);
    expect(problemOf(await get(app, '/v1/portfolios/mine'))).toEqual([404, 'PORTFOLIO_NOT_FOUND', []]);
  });
});

describe('the limit of requests', () => {
  const limits = { requestsPerMinute: 2, runningPerUser: 0 };

  it('refuses the third request of a user with 429 and Retry-After, and nobody else’s', async () => {
    const app = createApp(depsWith({ limits }));
    for (let count = 1; count <= 2; count += 1) {
      const response = await get(app, '/v1/capabilities');
      expect(response.status).toBe(200);
      expect(response.headers['ratelimit']).toMatch(new RegExp(`r=${String(2 - count)}`));
    }
    const refused = await get(app, '/v1/capabilities');
    expect(problemOf(refused)).toEqual([429, 'RATE_LIMITED', []]);
    expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect((await get(app, '/v1/capabilities', demoUsers.b)).status).toBe(200);
  });

  it('counts whoever has no valid token by address', async () => {
    const app = createApp(depsWith({ limits }));
    const statuses = [];
    for (let count = 1; count <= 3; count += 1) {
      statuses.push((await get(app, '/v1/capabilities', null)).status);
    }
    expect(statuses).toEqual([401, 401, 429]);
    expect((await get(app, '/v1/capabilities')).status).toBe(200);
  });

  it('never refuses a probe, nor anybody when it is 0', async () => {
    const limited = createApp(depsWith({ limits }));
    const free = createApp(depsWith());
    for (let count = 1; count <= 5; count += 1) {
      expect((await get(limited, '/health/live', null)).status).toBe(200);
      expect((await get(limited, '/metrics', null)).status).toBe(200);
      expect((await get(free, '/v1/capabilities')).status).toBe(200);
    }
  });
});

describe('draining', () => {
  it('makes the process not ready, though it still lives', async () => {
    const app = createApp(depsWith({ draining: AbortSignal.abort() }));
    const ready = await get(app, '/health/ready', null);
    expect([ready.status, ready.body]).toEqual([
      503,
      { status: 'not_ready', temporal: 'up', postgresql: 'up', draining: true },
    ]);
    expect((await get(app, '/health/live', null)).status).toBe(200);
    expect((await get(createApp(depsWith()), '/health/ready', null)).status).toBe(200);
  });
});
