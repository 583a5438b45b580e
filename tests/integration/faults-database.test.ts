/** Fault F5: PostgreSQL loses all its sessions again and again, and is restarted, under load: only 503s, nothing wrong, nothing leaked. */
import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { withUser } from '../../src/db/pool';
import { startGuard } from '../../src/embedded/guard';
import { type RunningPostgres, startPostgres } from '../../src/embedded/postgres';
import { createWrittenTable } from '../support/effect-agent';
import { until } from '../support/process';
import { serviceVariables } from '../support/services';
import { type Answer, type Stack, startStack } from '../support/stack';

const value = { type: 'string', required: true };
const patterns = [
  {
    id: 'writing',
    inputs: { value },
    steps: [
      { capability: 'probe.echo', args: { value: '{{inputs.value}}' }, as: 'one' },
      { capability: 'effects.write', args: { name: 'w', value: '{{state.one.value}}' }, as: 'two' },
    ],
    outputs: ['two'],
  },
  {
    id: 'echoing',
    inputs: { value },
    steps: [{ capability: 'probe.echo', args: { value: '{{inputs.value}}' }, as: 'one' }],
    outputs: ['one'],
  },
].map((pattern) => ({ name: pattern.id, category: 'analysis', ...pattern }));

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'dawsos-faults-'));
const guard = startGuard();
let postgres: RunningPostgres;
let stack: Stack;
const start = (port: number): Promise<RunningPostgres> =>
  startPostgres({ dataDir, guard, say: () => undefined, port, settings: ['fsync=off'] });

beforeAll(async () => {
  await chmod(dataDir, 0o755);
  postgres = await start(0);
  const { ownerUrl, appUrl } = postgres;
  // As a process: Jest cannot load the package that migrates.
  await promisify(execFile)(process.execPath, ['--require', 'tsx/cjs', 'src/cli/migrate.ts'], {
    env: { ...process.env, NODE_OPTIONS: '', DATABASE_OWNER_URL: ownerUrl, DATABASE_URL: appUrl },
  });
  process.env[serviceVariables.databaseOwnerUrl] = ownerUrl;
  process.env[serviceVariables.databaseAppUrl] = appUrl;
  stack = await startStack(patterns);
  await createWrittenTable(stack.config.databaseUrl);
}, 120_000);
afterAll(async () => {
  await stack.close();
  await postgres.stop();
  guard.close();
});

async function asOwner(statement: string): Promise<void> {
  const client = new Client({ connectionString: postgres.ownerUrl });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** What a durable run that was accepted has to come to. */
const accepted: { id: string; user: string; value: string }[] = [];
const wrong: unknown[] = [];
const statuses = new Map<number, number>();

/** One request of one user, and whether its answer is one that may be. */
async function ask(count: number): Promise<void> {
  const { user_id: user, portfolio_id } = count % 2 === 0 ? stack.market.a : stack.market.b;
  const text = `${user} ${String(count)}`;
  const execute = (pattern_id: string, mode: string): Promise<Answer> =>
    stack.call('/v1/execute', {
      as: user,
      body: { pattern_id, portfolio_id, inputs: { value: text }, mode },
    });
  const kinds = [
    () => execute('writing', 'durable'),
    () => execute('echoing', 'direct'),
    () => stack.call('/v1/portfolios', { as: user }),
    () => stack.call('/v1/executions?limit=5', { as: user }),
  ];
  const kind = Math.floor(count / 2) % kinds.length;
  const answer = await (kinds[kind] as () => Promise<Answer>)();
  statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
  const other = user === stack.market.a.user_id ? stack.market.b : stack.market.a;
  const isOthers = answer.text.includes(other.user_id) || answer.text.includes(other.portfolio_id);
  if (![200, 202, 503].includes(answer.status) || isOthers) wrong.push([kind, answer.status, answer.text]);
  const { id } = (answer.body['execution'] ?? {}) as { id?: string };
  if (kind === 0 && answer.status < 300 && id !== undefined) accepted.push({ id, user, value: text });
  if (kind === 1 && answer.status === 200) expect(answer.body['data']).toEqual({ one: { value: text } });
}

/** Asks, eight at a time, for as long as `harm` takes. */
async function underLoad(harm: () => Promise<void>): Promise<void> {
  let count = 0;
  const over = { yes: false };
  const loop = async (): Promise<void> => {
    while (!over.yes) await ask(count++);
  };
  const loops = Array.from({ length: 8 }, loop);
  try {
    await harm();
  } finally {
    over.yes = true;
    await Promise.all(loops);
  }
}

it('is cut off while nothing is asked of it, in the middle of a transaction', async () => {
  const { user_id } = stack.market.a;
  const cut = withUser(stack.pool, user_id, async (tx) => {
    const { rows } = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
    await asOwner(`select pg_terminate_backend(${String(rows[0]?.pid)}, 5000)`);
    // The news of it has to arrive before anything else is asked.
    await new Promise((resolve) => setTimeout(resolve, 200));
    return tx.query('select 1');
  });
  await expect(cut).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  expect((await withUser(stack.pool, user_id, (tx) => tx.query('select 1 as one'))).rows).toEqual([
    { one: 1 },
  ]);
});

it('loses its sessions again and again', async () => {
  const owner = new Client({ connectionString: postgres.ownerUrl });
  await owner.connect();
  await underLoad(async () => {
    for (let i = 0; i < 25; i += 1) {
      await owner.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'dawsos_app'",
      );
      await new Promise((resolve) => setTimeout(resolve, 80));
    }
    await until('runs to be accepted as before', () => accepted.length > 10);
  });
  await owner.end();
  expect(wrong).toEqual([]);
  expect(statuses.get(503)).toBeGreaterThan(0);
  expect(statuses.get(200)).toBeGreaterThan(0);
}, 60_000);

it('is stopped at once and started again', async () => {
  statuses.clear();
  await underLoad(async () => {
    const port = Number(new URL(postgres.appUrl).port);
    process.kill(postgres.process.pid, 'SIGQUIT');
    await postgres.process.ended;
    await until('requests to fail', () => (statuses.get(503) ?? 0) > 5);
    postgres = await start(port);
    await until('a request to succeed', async () => (await stack.call('/v1/portfolios')).status === 200);
  });
  expect(wrong).toEqual([]);
}, 60_000);

it('has lost nothing that was accepted, and done nothing twice', async () => {
  const done: string[] = [];
  for (const { id, user, value: text } of accepted) {
    let answer = await stack.call(`/v1/executions/${id}`, { as: user });
    await until('its end', async () => {
      answer = await stack.call(`/v1/executions/${id}`, { as: user });
      return answer.body['finished_at'] !== null;
    });
    const { status } = answer.body['execution'] as { status: string };
    if (status !== 'succeeded') continue;
    expect(answer.body['data']).toEqual({ two: { name: 'w', value: text } });
    done.push(`exec-${id}/two`);
  }
  const { rows } = await withUser(stack.pool, stack.market.a.user_id, (tx) =>
    tx.query<{ key: string; count: number }>('select key, count(*)::int as count from written group by key'),
  );
  expect(rows.filter(({ count }) => count !== 1)).toEqual([]);
  expect(rows.map(({ key }) => key)).toEqual(expect.arrayContaining(done));
}, 60_000);

it('serves on from a pool that leaks neither connections nor users', async () => {
  const users = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? stack.market.a : stack.market.b));
  const seen = await Promise.all(users.map(({ user_id }) => stack.call('/v1/portfolios', { as: user_id })));
  expect(seen.map(({ body }) => (body['portfolios'] as { id: string }[]).map(({ id }) => id))).toEqual(
    users.map(({ portfolio_id }) => [portfolio_id]),
  );
  const gauge = (text: string, state: string): string | undefined =>
    new RegExp(`dawsos_pool_connections\\{state="${state}"\\} (\\d+)`).exec(text)?.[1];
  await until('all connections to be idle', async () => {
    const { text } = await stack.call('/metrics', { as: null });
    return gauge(text, 'waiting') === '0' && gauge(text, 'total') === gauge(text, 'idle');
  });
});
