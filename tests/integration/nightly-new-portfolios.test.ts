/** A portfolio that has hardly begun, or holds what nothing is known of, keeps nobody's pack from being fresh. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { Pool } from 'pg';
import demo from '../../demo/demo.json';
import { capabilityCalls } from '../../activities';
import { createMemo } from '../../activities/memo';
import { computeMetrics } from '../../activities/nightly-metrics';
import { reconcileAll } from '../../activities/nightly-reconcile';
import { shippedAgents } from '../../activities/shipped-agents';
import { createBreakerStore } from '../../src/cache/breaker-store';
import { createMemoStore } from '../../src/cache/memo-store';
import { importLedgerFile } from '../../src/db/import-ledger-file';
import { readLedgerSource } from '../../src/db/ledger-source';
import { createPool, withUser } from '../../src/db/pool';
import { reconcilePortfolio } from '../../src/db/reconcile-portfolio';
import { createLogger } from '../../src/telemetry/logger';
import { testDatabase, type TestDatabase } from '../support/database';
import '../support/quiet-temporal';

const [user_id] = demo.users.map(({ id }) => id) as [string];
const [portfolio_id] = demo.portfolios.map(({ id }) => id) as [string];
const packId = 'PP_2013-03-01';

let database: TestDatabase;
let owner: Pool;
let pool: Pool;
let folder: string;

beforeAll(async () => {
  database = await testDatabase();
  owner = createPool(database.ownerUrl);
  pool = createPool(database.appUrl);
  folder = mkdtempSync(path.join(tmpdir(), 'dawsos-new-'));
});
afterAll(async () => {
  await Promise.all([owner.end(), pool.end()]);
  await database.drop();
  rmSync(folder, { recursive: true });
});

const moved = (date: string, amount: number, currency = 'CAD'): string =>
  `${date} * "x"\n  Assets:Cash  ${String(amount)} ${currency}\n  Equity:Opening  ${String(-amount)} ${currency}\n`;

it.each([
  ['has a ledger that only opens accounts', []],
  ['begins after the pack', [moved('2013-03-05', 100)]],
  ['begins on its day', [moved('2013-03-01', 100)]],
  ['was emptied', [moved('2013-02-04', 100), moved('2013-02-05', -100)]],
  ['is overdrawn', [moved('2013-02-04', -100)]],
  ['has money that no rate is known of', [moved('2013-02-04', 100, 'NOK')]],
])(
  'a portfolio that %s',
  async (_what, entries) => {
    const file = path.join(folder, `${String(entries.join('').length)}.beancount`);
    const opened = ['Assets:Cash', 'Equity:Opening'].map((account) => `2012-01-02 open ${account}\n`);
    writeFileSync(file, [...opened, ...entries].join('\n'));
    const source = readLedgerSource(file, null);
    await withUser(owner, user_id, (tx) =>
      importLedgerFile(tx, { user_id, portfolio_id, source, addSecurities: false }),
    );
    const log = createLogger('silent');
    const calls = capabilityCalls(
      shippedAgents,
      { database: pool },
      {
        breakers: createBreakerStore({ redis: null, pool, log }),
        memo: createMemo(createMemoStore({ redis: null, log })),
      },
    );
    const activity = new MockActivityEnvironment();
    const run = (work: () => Promise<{ detail: object }>): Promise<{ detail: object }> => activity.run(work);
    const reconciled = await run(() =>
      reconcileAll({ database: pool, reconcile: reconcilePortfolio }, packId, 1),
    );
    expect(reconciled.detail).toEqual({ portfolios: 2, different: 0, failed: 0 });
    const measured = await run(() => computeMetrics({ database: pool, calls }, packId, 'run'));
    expect(measured.detail).toMatchObject({ portfolios: 2, failed: 0 });
  },
  60_000,
);
