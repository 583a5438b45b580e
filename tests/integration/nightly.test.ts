/** The nightly order on real Temporal and PostgreSQL: from files to a fresh pack, or to none, and why. */
import type { WorkflowHandle } from '@temporalio/client';
import { Client } from 'pg';
import demo from '../../demo/demo.json';
import type { NightlyPackInput, NightlyPackResult, NightlyProgress } from '../../src/contract/nightly';
import { stagesOf } from '../../src/db/pack-stages';
import { type Tx, withUser } from '../../src/db/pool';
import { findPack, findPackByDate } from '../../src/db/pricing-packs';
import { demoFolder, folderWith } from '../support/pack-folder';
import { type Stack, startStack } from '../support/stack';

const alice = demo.users[0]?.id ?? '';
const closes = { AAPL: '420.05', IBM: '205.19', MSFT: '28.15', GOOG: '821.5', FB: '27.72' };

let stack: Stack;
let owner: Client;
let count = 0;

beforeAll(async () => {
  stack = await startStack('shipped');
  owner = new Client({ connectionString: stack.ownerUrl });
  await owner.connect();
  // The stack's own users have a ledger commit and no ledger; the demo's have one.
  await owner.query("delete from portfolio_index where owner_id::text like '00000000-%'");
}, 60_000);

afterAll(async () => {
  await owner.end();
  await stack.close();
});

const read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withUser(stack.pool, alice, work);
const stages = async (id: string): Promise<string[]> =>
  (await read((tx) => stagesOf(tx, [id]))).map(
    ({ stage, status, attempt }) => `${stage} ${status} ${String(attempt)}`,
  );

async function start(input: Partial<NightlyPackInput> & { folder: string }): Promise<WorkflowHandle> {
  const { folder, date = '2013-03-01', zone = 'UTC' } = input;
  count += 1;
  return stack.client.workflow.start('nightlyPack', {
    workflowId: `nightly-${String(count)}`,
    taskQueue: 'engine',
    args: [{ date, zone, source: { kind: 'folder', path: folder } } satisfies NightlyPackInput],
  });
}

async function run(input: Partial<NightlyPackInput> & { folder: string }): Promise<NightlyPackResult> {
  return (await start(input)).result() as Promise<NightlyPackResult>;
}

async function failure(input: Parameters<typeof run>[0]): Promise<Record<string, unknown>> {
  const error = (await run(input).then(
    () => null,
    (caught: unknown) => caught,
  )) as { cause?: { type: string; message: string; details: object[] } } | null;
  const { type, message, details } = error?.cause ?? { type: 'NONE', message: '', details: [] };
  return { type, message, ...details[0] };
}

it('takes the demo’s warming pack through its stages, and it is fresh', async () => {
  const handle = await start({ folder: demoFolder() });
  expect(await handle.result()).toEqual({ outcome: 'fresh', pack_id: 'PP_2013-03-01', date: '2013-03-01' });
  expect(await stages('PP_2013-03-01')).toEqual([
    'build done 1',
    'reconcile done 1',
    'metrics done 1',
    'prewarm done 1',
    'fresh done 1',
  ]);
  expect(await read((tx) => findPack(tx, 'PP_2013-03-01'))).toMatchObject({
    status: 'fresh',
    status_reason: null,
  });
  const progress = await handle.query<NightlyProgress>('nightly_progress');
  expect(progress.stages.map(({ status }) => status)).toEqual(Array(5).fill('done'));
}, 60_000);

it('does nothing the second time', async () => {
  expect(await run({ folder: demoFolder() })).toMatchObject({ outcome: 'already_fresh' });
  expect((await stages('PP_2013-03-01')).slice(1)).toEqual([
    'reconcile done 1',
    'metrics done 1',
    'prewarm done 1',
    'fresh done 1',
  ]);
}, 60_000);

it('answers the first request from the memory that it warmed', async () => {
  const { status, body } = await stack.call('/v1/execute', {
    as: alice,
    headers: { 'Cache-Control': '' },
    body: { pattern_id: 'portfolio_overview', portfolio_id: demo.portfolios[0]?.id },
  });
  expect(status).toBe(200);
  const { trace } = body as { trace: { pricing_pack_id: string; steps: { path: string; cache: string }[] } };
  expect(trace.pricing_pack_id).toBe('PP_2013-03-01');
  expect(trace.steps.map(({ path, cache }) => `${path} ${cache}`)).toEqual(
    trace.steps.map(({ path }) => `${path} hit`),
  );
}, 60_000);

it('stores the measures for their owner, and nobody else sees them', async () => {
  const query = "select portfolio_id, capability from portfolio_metrics where pack_id = 'PP_2013-03-01'";
  const mine = (await read((tx) => tx.query<{ portfolio_id: string; capability: string }>(query))).rows;
  expect(new Set(mine.map(({ capability }) => capability))).toContain('metrics.compute_twr');
  expect(new Set(mine.map(({ portfolio_id }) => portfolio_id))).toEqual(
    new Set(demo.portfolios.filter(({ user_id }) => user_id === alice).map(({ id }) => id)),
  );
  const bob = await withUser(stack.pool, demo.users[1]?.id ?? '', (tx) =>
    tx.query<{ portfolio_id: string }>(query),
  );
  expect(bob.rows.map(({ portfolio_id }) => portfolio_id)).not.toContain(mine[0]?.portfolio_id);
});

it('finds no trading day where nothing has a price', async () => {
  expect(await run({ folder: demoFolder(), date: '2013-03-02' })).toEqual({
    outcome: 'no_trading_day',
    pack_id: null,
    date: '2013-03-02',
  });
  expect(await read((tx) => findPackByDate(tx, '2013-03-02'))).toBeNull();
}, 60_000);

it('refuses other content for a day that has a pack, and says where it differs', async () => {
  const folder = demoFolder((_file, text) => text.replace('MSFT,2013-03-01,27.95', 'MSFT,2013-03-01,27.96'));
  expect(await failure({ folder })).toMatchObject({
    type: 'PACK_DIFFERS',
    stage: 'build',
    differences: [{ what: 'price of MSFT', stored: '27.95 USD', offered: '27.96 USD' }],
  });
  expect(await read((tx) => findPack(tx, 'PP_2013-03-01'))).toMatchObject({ status: 'fresh' });
}, 60_000);

it('builds the pack of a new day, with what is missing named and nothing put in its place', async () => {
  const folder = demoFolder((file, text) => {
    if (file === 'prices.csv')
      return `${text.trimEnd()}\n${Object.entries(closes)
        .map(([symbol, close]) => `${symbol},2013-03-04,${close},0`)
        .join('\n')}\n`;
    return file === 'index.csv' ? text.replace(/^2013-03-04,.*\n/m, '') : text;
  });
  expect(await run({ folder, date: '2013-03-04' })).toMatchObject({
    outcome: 'fresh',
    pack_id: 'PP_2013-03-04',
  });
  const [build] = await read((tx) => stagesOf(tx, ['PP_2013-03-04']));
  expect(build?.detail).toMatchObject({
    prices: 5,
    missing: ['SP500'],
    missing_count: 1,
    rates: 7,
    carried_rates: [],
  });
  const { rows } = await owner.query<{ line_id: string; previous_pack_id: string }>(
    "select line_id, previous_pack_id from pricing_packs where id = 'PP_2013-03-04'",
  );
  expect(rows).toEqual([{ line_id: 'PP_2007-01-03', previous_pack_id: 'PP_2013-03-01' }]);
}, 60_000);

it('builds no pack of a day before the latest, nor of half a day’s prices', async () => {
  const early = folderWith('2013-03-03', closes);
  expect(await failure({ folder: early, date: '2013-03-03' })).toMatchObject({ type: 'PACK_OUT_OF_ORDER' });
  const half = folderWith('2013-03-05', { AAPL: '431.14' });
  expect(await failure({ folder: half, date: '2013-03-05' })).toMatchObject({
    type: 'DATA_MISSING',
    missing: ['FB', 'GOOG', 'IBM', 'MSFT'],
  });
  expect(await read((tx) => findPackByDate(tx, '2013-03-05'))).toBeNull();
}, 120_000);
