/** What the API answers when the servers behind it are away: each part says so, and no request hangs. */
import { Client } from '@temporalio/client';
import pino from 'pino';
import request from 'supertest';
import { createPool } from '../db/pool';
import { compileSchema } from '../validate';
import { unusedDeps } from '../../tests/support/app-deps';
import { createApp } from './app';
import { connectLazily } from './connection';
import { demoUsers } from './embedded-keys';
import { Health } from './health';
import { createMetrics } from './metrics';
import { Readiness } from './probes';
import { createWaitingRoom } from './waiting-room';

const connection = connectLazily('127.0.0.1:1');
const pool = createPool('postgres://nobody:x@127.0.0.1:1/none');
const draining = new AbortController();
const breakers = { scope: 'redis', read: () => Promise.reject(new Error('away')) } as never;
const waiting = createWaitingRoom(draining.signal);
const agents = ['tester'];
const now = (): number => Date.now();
const app = createApp({
  authenticate: () => Promise.resolve({ id: demoUsers.a, rights: [] }),
  log: pino({ level: 'silent' }),
  patterns: new Map(),
  ...unusedDeps(new Map()),
  pool,
  client: new Client({ connection }),
  breakers,
  agents,
  ui: null,
  waiting,
  capabilities: { catalogue: {}, aliases: [] },
  limits: { requestsPerMinute: 0, runningPerUser: 0 },
  metrics: createMetrics({ pool, breakers, agents, waiting, now }),
  draining: draining.signal,
  now,
});

afterAll(async () => {
  await pool.end();
  await connection.close();
});

describe('with everything away', () => {
  it('says so of each part, with 200 and within seconds', async () => {
    const startedAt = Date.now();
    const { status, body } = (await request(app).get('/health')) as { status: number; body: unknown };
    expect(status).toBe(200);
    expect(compileSchema(Health)(body)).toEqual([]);
    expect(body).toMatchObject({
      status: 'degraded',
      temporal: { status: 'down' },
      postgresql: { status: 'down' },
      breaker_store: { status: 'down', kind: 'redis' },
      agents: { tester: { pollers: null, breaker: null } },
      latest_pack: null,
      fresh_pack: null,
    });
    expect(Date.now() - startedAt).toBeLessThan(4000);
  });

  it('lives, but is not ready', async () => {
    expect(await request(app).get('/health/live')).toMatchObject({ status: 200, body: { status: 'alive' } });
    const { status, body } = (await request(app).get('/health/ready')) as { status: number; body: unknown };
    expect(status).toBe(503);
    expect(compileSchema(Readiness)(body)).toEqual([]);
    expect(body).toEqual({ status: 'not_ready', temporal: 'down', postgresql: 'down', draining: false });
  });

  it('still gives its metrics, without the state of breakers that nobody knows', async () => {
    const { status, text } = await request(app).get('/metrics');
    expect(status).toBe(200);
    expect(text).toContain('dawsos_waiters 0');
    expect(text).not.toContain('dawsos_breaker_state{');
  });

  it('survives that the connection is closed while a call waits for its next attempt', async () => {
    const other = connectLazily('127.0.0.1:1');
    const asked = other.workflowService.getSystemInfo({}).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await other.close();
    expect(await asked).toMatchObject({ code: 1 });
  });

  it('answers 503 with Retry-After where PostgreSQL is needed', async () => {
    const response = await request(app).get('/v1/executions');
    expect(response.status).toBe(503);
    expect(response.headers['retry-after']).toBe('5');
    expect(JSON.parse(response.text)).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(response.text).not.toMatch(/127\.0\.0\.1|ECONNREFUSED/);
  });
});
