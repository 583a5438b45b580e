import type { Pool } from 'pg';
import { readRecorded, recordExamples, shownCalls } from '../../scripts/docs/recorded-examples';
import { catalogue } from '../../src/capabilities';
import { createPool } from '../../src/db/pool';
import { testDatabase, type TestDatabase } from '../support/database';

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

const demoId = /^(a11ce|b0b00|5ec00)/;
const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
const instant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** Ids and times of the day are others each time; figures may differ in their last digit from one machine to another. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, comparable(member)]));
  if (typeof value === 'number') return Number(value.toPrecision(9));
  if (typeof value !== 'string') return value;
  if (uuid.test(value) && !demoId.test(value)) return '(an id)';
  return instant.test(value) ? '(a time)' : value;
}

// When a result has rightly become another one: `npm start`, then `npm run record:examples` and `npm run generate`.
describe('the examples of docs/capabilities.md', () => {
  it('are one for each capability', () => {
    expect(shownCalls.map(({ capability }) => capability).sort()).toEqual(Object.keys(catalogue).sort());
  });

  it('come to the same on the demo today', async () => {
    expect(comparable(await recordExamples(pool))).toEqual(comparable(readRecorded()));
  }, 120_000);
});
