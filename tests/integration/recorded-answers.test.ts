/** Answers kept with executions, on a real PostgreSQL: one for a step, as it was, and its owner's alone. */
import type { Pool } from 'pg';
import type { AnswerPlace } from '../../src/contract/recorded-answers';
import { createPool } from '../../src/db/pool';
import { recordedAnswers } from '../../src/db/recorded-answers';
import { testDatabase, type TestDatabase } from '../support/database';

const user_id = '00000000-0000-4000-8000-0000000000aa';
const other_id = '00000000-0000-4000-8000-0000000000bb';

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

const place = (change: Partial<AnswerPlace> = {}): AnswerPlace => ({
  user_id,
  execution_id: 'one',
  path: 'found.0.news',
  capability: 'news.search',
  args_digest: 'sha256:a',
  ...change,
});
const answer = (result: unknown, execution = 'one') => ({
  result,
  meta: {
    ...{ source: 'provider:newsapi', asof_date: '2013-02-28', confidence: null },
    ...{ result_digest: 'sha256:r', source_execution_id: execution },
  },
});

it('keeps the first answer of a step, with every member and digit where it was', async () => {
  const recorded = recordedAnswers(pool);
  const first = answer({ z: 1, a: '1.50', big: 12345678901234567, text: 'a\u0000b' });
  expect(await recorded.find(place(), null)).toBeNull();
  expect(await recorded.keep(place(), first)).toEqual(first);
  expect(await recorded.keep(place(), answer('later'))).toEqual(first);
  const found = await recorded.find(place(), null);
  expect(found).toEqual(first);
  expect(Object.keys(found?.result as object)).toEqual(['z', 'a', 'big', 'text']);
});

it('gives another execution’s answer only where the step has none of its own', async () => {
  const recorded = recordedAnswers(pool);
  await recorded.keep(place({ execution_id: 'left' }), answer('left', 'left'));
  expect((await recorded.find(place({ execution_id: 'right' }), 'left'))?.result).toBe('left');
  await recorded.keep(place({ execution_id: 'right' }), answer('right', 'right'));
  expect((await recorded.find(place({ execution_id: 'right' }), 'left'))?.result).toBe('right');
});

it.each([
  ['another step', { path: 'found.1.news' }],
  ['another capability', { capability: 'news.other' }],
  ['other arguments', { args_digest: 'sha256:b' }],
  ['another user', { user_id: other_id }],
])('gives nothing to %s', async (_title, change) => {
  const recorded = recordedAnswers(pool);
  await recorded.keep(place({ execution_id: 'mine' }), answer('mine', 'mine'));
  expect(await recorded.find(place({ execution_id: 'mine', ...change }), null)).toBeNull();
});

it('lets nobody change what is kept', async () => {
  for (const statement of ["update recorded_answers set result = '1'", 'delete from recorded_answers']) {
    await expect(pool.query(statement)).rejects.toMatchObject({ code: '42501' });
  }
});
