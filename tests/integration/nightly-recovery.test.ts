/** The nightly order outlives its worker: killed in the middle of a stage, it goes on where it was. */
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { Client } from 'pg';
import { type Tx, withUser } from '../../src/db/pool';
import { findPack } from '../../src/db/pricing-packs';
import { connectOwner, stageLines, startOrder } from '../support/nightly-order';
import { demoFolder } from '../support/pack-folder';
import { kill, startProcess, until } from '../support/process';
import { type Stack, startStack } from '../support/stack';

const packId = 'PP_2013-03-01';
const nobody = '00000000-0000-0000-0000-000000000000';

let stack: Stack;
let owner: Client;
let worker: ChildProcess | undefined;

const startWorker = (): Promise<ChildProcess> =>
  startProcess(path.resolve('workers/main.ts'), {
    TEMPORAL_ADDRESS: stack.config.temporalAddress,
    TEMPORAL_NAMESPACE: stack.config.temporalNamespace,
    DATABASE_URL: stack.config.databaseUrl,
    LOG_LEVEL: 'silent',
  });

beforeAll(async () => {
  stack = await startStack('shipped', { worker: false });
  owner = await connectOwner(stack);
  worker = await startWorker();
}, 60_000);

afterAll(async () => {
  if (worker) await kill(worker);
  await owner.end();
  await stack.close();
});

const lines = (): Promise<string[]> => withUser(stack.pool, nobody, (tx: Tx) => stageLines(tx, packId));

it('notes that it was cancelled, and the pack is not fresh', async () => {
  await owner.query('begin; lock table portfolio_metrics in access exclusive mode');
  const handle = await startOrder(stack.client, { folder: demoFolder() });
  await until('the measures to begin', async () => (await lines()).includes('metrics running 1'));
  await handle.cancel();
  await owner.query('commit');
  await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  expect((await lines())[2]).toMatch(/^metrics (failed|done) 1$/);
  expect(await withUser(stack.pool, nobody, (tx) => findPack(tx, packId))).toMatchObject({
    status: 'error',
    status_reason: expect.stringMatching(/^(metrics|prewarm): the nightly order was cancelled$/) as string,
  });
}, 120_000);

it('does no stage twice that had ended, and the one that was going on again', async () => {
  // Nobody can read or write measures now: the stage stands still in the middle.
  await owner.query('begin; lock table portfolio_metrics in access exclusive mode');
  const handle = await startOrder(stack.client, { folder: demoFolder() });
  await until('the measures to begin', async () => (await lines()).includes('metrics running 2'));
  if (worker) await kill(worker);
  await owner.query('commit');
  worker = await startWorker();
  expect(await handle.result()).toMatchObject({ outcome: 'fresh', pack_id: packId });
  expect(await lines()).toEqual([
    'build done 2',
    'reconcile done 2',
    'metrics done 3',
    'prewarm done 1',
    'fresh done 1',
  ]);
  const { rows } = await owner.query(
    "select status, detail from pack_stages where pack_id = $1 and stage = 'metrics' and attempt = 2",
    [packId],
  );
  expect(rows).toMatchObject([{ status: 'failed', detail: { code: 'INTERRUPTED' } }]);
}, 120_000);
