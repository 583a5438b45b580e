/** What keeps a pack from being fresh, that a second run repairs it, and that the database itself insists. */
import type { Client } from 'pg';
import demo from '../../demo/demo.json';
import { stagesOf } from '../../src/db/pack-stages';
import { reconciliationsAt } from '../../src/db/portfolio-metrics';
import { type Tx, withUser } from '../../src/db/pool';
import { findPack } from '../../src/db/pricing-packs';
import { PackReconciliations } from '../../src/executor/pack-reconciliations';
import { Pack } from '../../src/executor/packs';
import { compileSchema } from '../../src/validate';
import { connectOwner, failureOfOrder, runOrder, stageLines } from '../support/nightly-order';
import { demoFolder } from '../support/pack-folder';
import { type Stack, startStack } from '../support/stack';

const [alice, bob] = demo.users.map(({ id }) => id) as [string, string];
const [ofAlice] = demo.portfolios.map(({ id }) => id) as [string];
const packId = 'PP_2013-03-01';

let stack: Stack;
let owner: Client;
let folder: string;

beforeAll(async () => {
  stack = await startStack('shipped');
  folder = demoFolder();
  owner = await connectOwner(stack);
}, 60_000);

afterAll(async () => {
  await owner.end();
  await stack.close();
});

const read = <T>(work: (tx: Tx) => Promise<T>, user = alice): Promise<T> => withUser(stack.pool, user, work);

/** Past the triggers, as only the owner can. */
async function tamper(table: string, statement: string): Promise<void> {
  await owner.query(
    `begin; set local app.user_id = '${alice}'; alter table ${table} disable trigger user; ${statement};
     alter table ${table} enable trigger user; commit`,
  );
}

it('blames no ledger where a pack was changed in the database', async () => {
  const close = (by: string): string =>
    `update prices set close = close + ${by} where pack_id = 'PP_2010-06-01'`;
  await tamper('prices', close('1'));
  expect(await failureOfOrder(stack.client, { folder })).toMatchObject({
    type: 'PACK_CORRUPT',
    stage: 'reconcile',
    pack_id: 'PP_2010-06-01',
  });
  await tamper('prices', close('-1'));
}, 60_000);

describe('a portfolio that differs from its ledger', () => {
  const addCash = (amount: string): Promise<void> =>
    tamper(
      'cash_movements',
      `update cash_movements set amount = amount + ${amount} where movement_id = (select min(movement_id)
         from cash_movements where portfolio_id = '${ofAlice}' and currency = 'USD')`,
    );

  it('keeps the pack from being fresh: the order fails with the differences', async () => {
    await addCash('100');
    expect(await failureOfOrder(stack.client, { folder })).toMatchObject({
      type: 'PACK_NOT_RECONCILED',
      stage: 'reconcile',
      message: `Of 2 portfolios 1 differ from their ledger as of ${packId}; the pack is not published.`,
      counts: { portfolios: 2, different: 1, failed: 0 },
      differences: expect.arrayContaining([
        expect.objectContaining({ portfolio_id: ofAlice, commodity: 'USD', kind: 'cash' }),
      ]) as unknown,
    });
    expect(await read((tx) => findPack(tx, packId))).toMatchObject({
      status: 'error',
      status_reason: expect.stringMatching(/^reconcile: Of 2 portfolios 1 differ/) as string,
    });
  }, 60_000);

  it('shows everybody that it failed, and only its owner what differs', async () => {
    const [, reconcile] = await read((tx) => stagesOf(tx, [packId]), bob);
    expect(reconcile).toMatchObject({ stage: 'reconcile', status: 'failed' });
    expect(reconcile?.detail).toEqual({
      code: 'PACK_NOT_RECONCILED',
      message: expect.not.stringContaining(ofAlice) as string,
      portfolios: 2,
      different: 1,
      failed: 0,
    });
    const own = await read((tx) => reconciliationsAt(tx, packId));
    expect(own.map(({ portfolio_id, passed }) => [portfolio_id, passed])).toEqual([[ofAlice, false]]);
    expect((await read((tx) => reconciliationsAt(tx, packId), bob)).map(({ passed }) => passed)).toEqual([
      true,
    ]);
  });

  it('tells it over HTTP: the stages to everybody, the differences to the owner', async () => {
    const pack = await stack.call(`/v1/packs/${packId}`, { as: bob });
    expect(compileSchema(Pack)(pack.body)).toEqual([]);
    expect(pack.body).toMatchObject({
      status: 'error',
      status_reason: expect.stringMatching(/^reconcile: /) as string,
      stages: [
        { stage: 'build', status: 'done', attempt: 2 },
        { stage: 'reconcile', status: 'failed', attempt: 2 },
      ],
    });
    const route = `/v1/packs/${packId}/reconciliations`;
    const own = await stack.call(route, { as: alice });
    expect(compileSchema(PackReconciliations)(own.body)).toEqual([]);
    expect(own.body).toMatchObject({ reconciliations: [{ portfolio_id: ofAlice, passed: false }] });
    expect(JSON.stringify(own.body)).toContain('"commodity":"USD"');
    const others = await stack.call(route, { as: bob });
    expect(others.body).toMatchObject({ reconciliations: [{ passed: true, differences: [] }] });
    expect((await stack.call('/v1/packs/PP_2001-01-01/reconciliations', { as: bob })).status).toBe(404);
  });

  it('answers no request on that day', async () => {
    const body = { pattern_id: 'portfolio_overview', portfolio_id: ofAlice, asof_date: '2013-03-01' };
    expect(await stack.call('/v1/execute', { as: alice, body })).toMatchObject({
      status: 503,
      body: { code: 'PACK_WARMING', pack_id: packId, pack_status: 'error' },
    });
  });

  it('is fresh once that is repaired and the order has run again', async () => {
    await addCash('-100');
    expect(await runOrder(stack.client, { folder })).toMatchObject({ outcome: 'fresh' });
    expect(await read((tx) => stageLines(tx, packId))).toEqual([
      'build done 3',
      'reconcile done 3',
      'metrics done 1',
      'prewarm done 1',
      'fresh done 1',
    ]);
    expect(await read((tx) => findPack(tx, packId))).toMatchObject({ status: 'fresh', status_reason: null });
  }, 60_000);
});

describe('the application’s role', () => {
  const newPack = `insert into pricing_packs (id, date, status, sha256, previous_pack_id, line_id, source)
    values ('PP_2013-03-08', '2013-03-08', 'STATUS', 'sha256:${'0'.repeat(64)}', '${packId}', 'PP_2007-01-03', 'test')`;
  const warming = newPack.replace('STATUS', 'warming');
  const done = (stage: string): string =>
    `insert into pack_stages (pack_id, stage, attempt, status, ended_at) values ('PP_2013-03-08', '${stage}', 1, 'done', now())`;
  const failed = done('reconcile').replace("'reconcile', 1, 'done'", "'reconcile', 2, 'failed'");
  const fresh = "update pricing_packs set status = 'fresh' where id = 'PP_2013-03-08'";

  it.each([
    ['insert a pack that is fresh', [newPack.replace('STATUS', 'fresh')], 'has to be warming'],
    ['publish without any stage', [warming, fresh], 'cannot be fresh: reconcile, metrics not done'],
    ['publish without measures', [warming, done('reconcile'), fresh], 'cannot be fresh: metrics not done'],
    [
      'publish when the latest reconciliation failed',
      [warming, done('reconcile'), failed, done('metrics'), fresh],
      'cannot be fresh: reconcile not done',
    ],
    [
      'publish out of the state error',
      [warming, done('reconcile'), done('metrics'), fresh.replace('fresh', 'error'), fresh],
      'has to go through its stages again',
    ],
    [
      'change a hash',
      [`update pricing_packs set sha256 = sha256 where id = '${packId}'`],
      'permission denied',
    ],
    [
      'add a price to a pack that is there',
      ["insert into prices select 'PP_2007-01-03', id, 1, 'USD', 'x' from securities where symbol = 'FB'"],
      'is immutable',
    ],
    ['change a price', ['update prices set close = 1'], 'permission denied'],
    [
      'reopen a stage',
      [
        done('build'),
        "update pack_stages set status = 'running', ended_at = null where pack_id = 'PP_2013-03-08'",
      ],
      'has ended',
    ],
    ['delete a stage', ['delete from pack_stages'], 'permission denied'],
    ['change a measure', ['update portfolio_metrics set result = null'], 'permission denied'],
  ])('may not %s', async (_what, statements, message) => {
    const work = read(async (tx) => {
      for (const statement of statements) await tx.query(statement);
    });
    await expect(work).rejects.toThrow(message);
  });

  it('may publish what was reconciled and measured', async () => {
    const published = read(async (tx) => {
      for (const statement of [warming, done('reconcile'), done('metrics'), fresh]) await tx.query(statement);
      const { rows } = await tx.query<{ status: string }>(
        "select status from pricing_packs where id = 'PP_2013-03-08'",
      );
      expect(rows).toEqual([{ status: 'fresh' }]);
      throw new Error('not to be kept');
    });
    await expect(published).rejects.toThrow('not to be kept');
  });
});
