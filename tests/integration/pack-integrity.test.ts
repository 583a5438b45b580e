/** What is computed on is what was hashed: a pack that was changed in the database is found out when it is first used. */
import { Client } from 'pg';
import type { Pool } from 'pg';
import demo from '../../demo/demo.json';
import { requirePack } from '../../activities/portfolio-history';
import { createPool, type Tx, withUser } from '../../src/db/pool';
import { packVerifier } from '../../src/db/verify-pack';
import { startAnalyst } from '../support/ask-analyst';
import { testDatabase, type TestDatabase } from '../support/database';

const [alice] = demo.users.map(({ id }) => id) as [string];

let database: TestDatabase;
let owner: Client;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool(database.appUrl);
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await pool.end();
  await database.drop();
});

const read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withUser(pool, alice, work);

/** As the owner of the tables can, or a restore that went wrong. */
async function tamper(table: string, statement: string): Promise<void> {
  await owner.query(
    `alter table ${table} disable trigger user; ${statement}; alter table ${table} enable trigger user`,
  );
}

it('reads the whole demo back and finds every hash right, in well under half a second', async () => {
  const verify = packVerifier();
  const startedAt = performance.now();
  await read((tx) => verify(tx, 'PP_2013-02-28'));
  const tookMs = performance.now() - startedAt;
  expect(tookMs).toBeLessThan(1000);
});

it('reads a pack once in a process: the second time asks nothing', async () => {
  const verify = packVerifier();
  let asked = 0;
  const counted = (tx: Tx): Tx => ({
    query: ((...args: Parameters<Tx['query']>) => {
      asked += 1;
      return tx.query(...args);
    }) as unknown as Tx['query'],
  });
  await read((tx) => verify(counted(tx), 'PP_2007-01-09'));
  const first = asked;
  await read((tx) => verify(counted(tx), 'PP_2007-01-09'));
  expect(asked).toBe(first);
  await read((tx) => verify(counted(tx), 'PP_2007-01-10'));
  expect(asked - first).toBe(2);
});

describe.each([
  [
    'a price',
    'prices',
    "update prices set close = close + 0.01 where pack_id = 'PP_2010-06-01'",
    "update prices set close = close - 0.01 where pack_id = 'PP_2010-06-01'",
  ],
  [
    'a rate’s day',
    'fx_rates',
    "update fx_rates set quote_date = quote_date - 1 where pack_id = 'PP_2010-06-01'",
    "update fx_rates set quote_date = quote_date + 1 where pack_id = 'PP_2010-06-01'",
  ],
  [
    'an observation',
    'pack_observations',
    "update pack_observations set value = value + 1 where pack_id = 'PP_2010-06-01'",
    "update pack_observations set value = value - 1 where pack_id = 'PP_2010-06-01'",
  ],
])('a pack of which %s was changed', (_what, table, change, repair) => {
  it('is named, and neither it nor any after it is computed on', async () => {
    await tamper(table, change);
    const found = { code: 'PACK_CORRUPT', details: { pack_id: 'PP_2010-06-01' } };
    const verify = packVerifier();
    await expect(read((tx) => verify(tx, 'PP_2010-06-01'))).rejects.toMatchObject(found);
    // As the agents ask.
    await expect(read((tx) => requirePack(tx, 'PP_2013-02-28'))).rejects.toMatchObject(found);
    await read((tx) => verify(tx, 'PP_2010-05-28'));
    await tamper(table, repair);
    await read((tx) => verify(tx, 'PP_2013-02-28'));
  });
});

it('tells no transaction by the rates of a pack that was changed', async () => {
  await tamper('fx_rates', "update fx_rates set rate = rate * 2 where pack_id = 'PP_2013-02-28'");
  const analyst = await startAnalyst(database);
  await expect(analyst.ask('ledger.transactions')).rejects.toMatchObject({
    code: 'PACK_CORRUPT',
    details: { pack_id: 'PP_2013-02-28' },
  });
  await analyst.pool.end();
  await tamper('fx_rates', "update fx_rates set rate = rate / 2 where pack_id = 'PP_2013-02-28'");
});
