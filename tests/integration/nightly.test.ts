/** The nightly order on real Temporal and PostgreSQL: from files to a fresh pack, or to none, and why. */
import type { Client } from 'pg';
import demo from '../../demo/demo.json';
import type { NightlyProgress } from '../../src/contract/nightly';
import { stagesOf } from '../../src/db/pack-stages';
import { type Tx, withUser } from '../../src/db/pool';
import { findPack, findPackByDate } from '../../src/db/pricing-packs';
import { connectOwner, failureOfOrder, runOrder, stageLines, startOrder } from '../support/nightly-order';
import { demoFolder, folderWith } from '../support/pack-folder';
import { type Stack, startStack } from '../support/stack';

const alice = demo.users[0]?.id ?? '';
const closes = { AAPL: '420.05', IBM: '205.19', MSFT: '28.15', GOOG: '821.5', FB: '27.72' };

let stack: Stack;
let owner: Client;

beforeAll(async () => {
  stack = await startStack('shipped');
  owner = await connectOwner(stack);
}, 60_000);

afterAll(async () => {
  await owner.end();
  await stack.close();
});

const read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withUser(stack.pool, alice, work);
const stages = (id: string): Promise<string[]> => read((tx) => stageLines(tx, id));

it('takes the demo’s warming pack through its stages, and it is fresh', async () => {
  const handle = await startOrder(stack.client, { folder: demoFolder() });
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
  expect(await runOrder(stack.client, { folder: demoFolder() })).toMatchObject({ outcome: 'already_fresh' });
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
  expect(await runOrder(stack.client, { folder: demoFolder(), date: '2013-03-02' })).toEqual({
    outcome: 'no_trading_day',
    pack_id: null,
    date: '2013-03-02',
  });
  expect(await read((tx) => findPackByDate(tx, '2013-03-02'))).toBeNull();
}, 60_000);

it('refuses other content for a day that has a pack, and says where it differs', async () => {
  const folder = demoFolder((_file, text) => text.replace('MSFT,2013-03-01,27.95', 'MSFT,2013-03-01,27.96'));
  expect(await failureOfOrder(stack.client, { folder })).toMatchObject({
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
  expect(await runOrder(stack.client, { folder, date: '2013-03-04' })).toMatchObject({
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
  expect(await failureOfOrder(stack.client, { folder: early, date: '2013-03-03' })).toMatchObject({
    type: 'PACK_OUT_OF_ORDER',
  });
  const half = folderWith('2013-03-05', { AAPL: '431.14' });
  expect(await failureOfOrder(stack.client, { folder: half, date: '2013-03-05' })).toMatchObject({
    type: 'DATA_MISSING',
    missing: ['FB', 'GOOG', 'IBM', 'MSFT'],
  });
  expect(await read((tx) => findPackByDate(tx, '2013-03-05'))).toBeNull();
}, 120_000);
