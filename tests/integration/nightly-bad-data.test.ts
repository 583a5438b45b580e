/** What the database can never take ends the nightly order at once: no attempt after the first. */
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import demo from '../../demo/demo.json';
import { capabilityCalls } from '../../activities';
import { engineFailure } from '../../activities/engine-failure';
import { createMemo } from '../../activities/memo';
import { computeMetrics } from '../../activities/nightly-metrics';
import { alive } from '../../activities/nightly-stage';
import type { CapabilityCall } from '../../activities/capability-call';
import { shippedAgents } from '../../activities/shipped-agents';
import { createBreakerStore } from '../../src/cache/breaker-store';
import { createMemoStore } from '../../src/cache/memo-store';
import { EngineError } from '../../src/contract/errors';
import { isBadData } from '../../src/db/bad-data';
import { withUser } from '../../src/db/pool';
import { findPackByDate } from '../../src/db/pricing-packs';
import { createLogger } from '../../src/telemetry/logger';
import { failureOfOrder, stageLines } from '../support/nightly-order';
import { demoFolder, folderWith } from '../support/pack-folder';
import '../support/quiet-temporal';
import { type Stack, startStack } from '../support/stack';

const alice = demo.users[0]?.id ?? '';
const closes = { AAPL: '420.05', IBM: '205.19', MSFT: '28.15', GOOG: '821.5', FB: '27.72' };

let stack: Stack;

beforeAll(async () => {
  stack = await startStack('shipped');
}, 60_000);
afterAll(() => stack.close());

const query = (statement: string): Promise<unknown> =>
  withUser(stack.pool, alice, (tx) => tx.query(statement));
const caught = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

it('refuses a day that the calendar does not have, however the order came', async () => {
  expect(await failureOfOrder(stack.client, { folder: demoFolder(), date: '2013-02-29' })).toEqual({
    type: 'ARGS_INVALID',
    message: '"2013-02-29" is no day; name one such as 2013-03-01.',
    stage: 'build',
    attempt: 1,
  });
  expect(await withUser(stack.pool, alice, (tx) => stageLines(tx, 'PP_2013-02-29'))).toEqual([]);
}, 30_000);

it('says of a source what the database cannot hold of it, and tries it once', async () => {
  const folder = folderWith('2013-03-04', closes);
  appendFileSync(
    path.join(folder, 'dividends.csv'),
    `AAPL,2013-03-04,2013-04-30,${'9'.repeat(140_000)},USD\n`,
  );
  expect(await failureOfOrder(stack.client, { folder, date: '2013-03-04' })).toEqual({
    type: 'SOURCE_INVALID',
    message:
      'The source has a value that the database cannot hold (value overflows numeric format); nothing of it is used.',
    stage: 'build',
    attempt: 1,
  });
  expect(await withUser(stack.pool, alice, (tx) => findPackByDate(tx, '2013-03-04'))).toBeNull();
}, 30_000);

it.each([
  ['a day out of range', "select '2013-02-29'::date", true],
  ['a number out of range', 'select 1e40::numeric(20, 2)', true],
  ['a division by zero', 'select 1 / 0', true],
  ['a uuid that is none', "select 'x'::uuid", true],
  ['a table that is not there', 'select * from nothing', false],
  ['a conflict of transactions', "do $$ begin raise sqlstate '40001'; end $$", false],
])('of %s knows whether another attempt can help', async (_what, statement, isBad) => {
  const raw = await caught(query(statement));
  expect(isBadData(raw)).toBe(isBad);
  expect(isBadData(new EngineError('INTERNAL', 'wrapped', {}, raw))).toBe(isBad);
  const failed = await caught(new MockActivityEnvironment().run(() => alive(() => query(statement))));
  if (!isBad) expect(failed).toEqual(raw);
  else
    expect(failed).toMatchObject({
      type: 'INTERNAL',
      nonRetryable: true,
      message: expect.not.stringContaining('2013') as string,
    });
});

it('tries measures again unless every failure is of that kind', async () => {
  const log = createLogger('silent');
  const deps = {
    breakers: createBreakerStore({ redis: null, pool: stack.pool, log }),
    memo: createMemo(createMemoStore({ redis: null, log })),
  };
  const real = capabilityCalls(shippedAgents, { database: stack.pool }, deps);
  const failing = (work: CapabilityCall) =>
    caught(
      new MockActivityEnvironment().run(() =>
        computeMetrics(
          { database: stack.pool, calls: new Map(real).set('metrics.compute_twr', work) },
          'PP_2013-03-01',
          '00000000-0000-4000-8000-0000000000ff',
        ),
      ),
    ) as Promise<EngineError>;
  const bad = () => query('select 1 / 0') as Promise<never>;
  const allBad = await failing(bad);
  const someBad = await failing((_args, { user_id }) =>
    user_id === alice ? bad() : Promise.reject(new Error('the network was slow')),
  );
  expect([allBad.code, someBad.code]).toEqual(['PACK_METRICS_FAILED', 'PACK_METRICS_FAILED']);
  expect(engineFailure(allBad, 1).nonRetryable).toBe(true);
  expect(engineFailure(someBad, 1).nonRetryable).toBe(false);
}, 30_000);
