/** The first pack of a database without the demo: from a user's own files alone. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { MockActivityEnvironment } from '@temporalio/testing';
import { Client } from 'pg';
import type { Pool } from 'pg';
import { buildPack } from '../../activities/nightly-build';
import type { BuiltPack } from '../../src/contract/nightly';
import { packContents } from '../../src/db/pack-contents';
import { createPool } from '../../src/db/pool';
import { addSecurities } from '../../src/db/securities';
import { packSources } from '../../src/providers/choose-source';
import { providersWithoutKeys } from '../../src/providers/providers';
import { readSecurities } from '../../src/providers/security-file';
import { emptyDatabase, type TestDatabase } from '../support/database';
import { demoFolder } from '../support/pack-folder';
import '../support/quiet-temporal';

const own = [
  'symbol,name,asset_class,currency,sector,is_total_return',
  'AAPL,"Apple, Inc.",equity,USD,,',
  'MSFT,Microsoft,equity,USD,"Software, services",',
];

let database: TestDatabase;
let owner: Client;
let pool: Pool;

beforeAll(async () => {
  database = await emptyDatabase();
  // In a process of its own: the tool behind it is a module that Jest cannot load.
  await promisify(execFile)(process.execPath, ['--require', 'tsx/cjs', 'src/cli/migrate.ts'], {
    cwd: path.join(__dirname, '../..'),
    env: { ...process.env, DATABASE_OWNER_URL: database.ownerUrl, DATABASE_URL: database.appUrl },
  });
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  pool = createPool(database.appUrl);
  await addSecurities(owner, readSecurities('own.csv', own.join('\n')));
}, 60_000);
afterAll(async () => {
  await owner.end();
  await pool.end();
  await database.drop();
});

it('holds prices, rates, and what was known before: factors and dividends', async () => {
  const sourceOf = packSources(providersWithoutKeys());
  const source = { kind: 'folder' as const, path: demoFolder() };
  const build = (): Promise<BuiltPack> =>
    new MockActivityEnvironment().run(() =>
      buildPack({ database: pool, sourceOf }, { date: '2013-02-28', source }),
    );
  const built = await build();
  expect(built).toMatchObject({
    outcome: 'warming',
    detail: { prices: 2, rates: 7, missing: [], carried_rates: [] },
  });
  const [pack] = await packContents(owner, [built.pack_id]);
  expect(pack?.content.previous).toBeNull();
  const series = new Set(pack?.content.observations?.map(({ series_id }) => series_id));
  expect([...series].sort()).toEqual(['FF3.HML', 'FF3.MKT_RF', 'FF3.RF', 'FF3.SMB']);
  expect(pack?.content.actions?.length).toBeGreaterThan(20);
  // The same content the next time.
  expect(await build()).toMatchObject({ outcome: 'warming', detail: { was_there: true } });
});
