/** A day has one order at a time: whoever is told no day hands it to that one, or leaves it to the one that is there. */
import type { Client } from 'pg';
import type { NightlyPackInput, NightlyPackResult } from '../../src/contract/nightly';
import { connectOwner, stageLines } from '../support/nightly-order';
import { withUser } from '../../src/db/pool';
import { demoFolder } from '../support/pack-folder';
import { until } from '../support/process';
import { type Stack, startStack } from '../support/stack';

const nobody = '00000000-0000-0000-0000-000000000000';

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

/** Which day it was meant for is what the schedule says; here yesterday, of which no file has a price. */
const start = (workflowId: string) =>
  stack.client.workflow.start<(input: NightlyPackInput) => Promise<NightlyPackResult>>('nightlyPack', {
    workflowId,
    taskQueue: 'engine',
    args: [{ date: null, zone: 'UTC', source: { kind: 'folder', path: demoFolder() } }],
  });

it('leaves a day to the order that is at it', async () => {
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  // Nobody can note a stage now: the first order stands still.
  await owner.query('begin; lock table pack_stages in exclusive mode');
  const first = await start('first');
  await until('the first to hand over', async () => {
    const child = stack.client.workflow.getHandle(`pack-${yesterday}`);
    return child.describe().then(
      () => true,
      () => false,
    );
  });
  expect(await (await start('second')).result()).toEqual({
    outcome: 'under_way',
    pack_id: null,
    date: yesterday,
  });
  await owner.query('commit');
  expect(await first.result()).toEqual({ outcome: 'no_trading_day', pack_id: null, date: yesterday });
  const lines = await withUser(stack.pool, nobody, (tx) => stageLines(tx, `PP_${yesterday}`));
  expect(lines).toEqual(['build done 1']);
}, 60_000);
