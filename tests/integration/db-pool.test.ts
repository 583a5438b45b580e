/** The pool against a real server that goes away: a clear error, no leak, and it recovers by itself. */
import type { Pool } from 'pg';
import demo from '../../demo/demo.json';
import { createPool, withUser } from '../../src/db/pool';
import { listPortfolios } from '../../src/db/portfolios';
import { testDatabase, type TestDatabase } from '../support/database';

const [alice] = demo.users.map(({ id }) => id) as [string];

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool(database.appUrl);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

it('says that the database is unavailable when its connection is cut, and goes on with another', async () => {
  await expect(
    withUser(pool, alice, (tx) => tx.query('select pg_terminate_backend(pg_backend_pid())')),
  ).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  expect(await withUser(pool, alice, (tx) => listPortfolios(tx))).toHaveLength(1);
  expect([pool.totalCount, pool.idleCount, pool.waitingCount]).toEqual([1, 1, 0]);
});

it('gives each of many simultaneous users their own rows', async () => {
  const users = Array.from({ length: 200 }, (_, index) => demo.users[index % 2]?.id ?? '');
  const answers = await Promise.all(users.map((user) => withUser(pool, user, (tx) => listPortfolios(tx))));
  const expected = users.map((user) =>
    demo.portfolios.filter(({ user_id }) => user_id === user).map(({ id }) => id),
  );
  expect(answers.map((rows) => rows.map(({ id }) => id))).toEqual(expected);
  expect(pool.idleCount).toBe(pool.totalCount);
});

it('undoes what a transaction wrote before it failed', async () => {
  const key = '00000000-0000-4000-8000-00000000dead';
  const insert = `insert into executions (id, user_id, request_digest, pattern_id, pattern_version, pattern_sha256,
    pricing_pack_id, asof_date, workflow_id, inputs, deadline_at)
    values ($1, $2, '', '', '', '', '', '2013-02-28', 'undone', '{}', now())`;
  await expect(
    withUser(pool, alice, async (tx) => {
      await tx.query(insert, [key, alice]);
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  const found = await withUser(pool, alice, (tx) => tx.query('select from executions where id = $1', [key]));
  expect(found.rowCount).toBe(0);
});
