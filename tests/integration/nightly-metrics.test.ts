/** The stage `metrics` on its own: one portfolio's failure is its own, and what was stored is not computed again. */
import { MockActivityEnvironment } from '@temporalio/testing';
import type { Pool } from 'pg';
import demo from '../../demo/demo.json';
import { capabilityCalls } from '../../activities';
import { createMemo } from '../../activities/memo';
import type { CapabilityCall } from '../../activities/capability-call';
import { computeMetrics, dailyMeasures } from '../../activities/nightly-metrics';
import { shippedAgents } from '../../activities/shipped-agents';
import { createBreakerStore } from '../../src/cache/breaker-store';
import { createMemoStore } from '../../src/cache/memo-store';
import { EngineError } from '../../src/contract/errors';
import { createPool, withUser } from '../../src/db/pool';
import { createLogger } from '../../src/telemetry/logger';
import { testDatabase, type TestDatabase } from '../support/database';
import '../support/quiet-temporal';

const [alice, bob] = demo.users.map(({ id }) => id) as [string, string];
const ofBob = demo.portfolios.find(({ user_id }) => user_id === bob)?.id ?? '';
const packId = 'PP_2013-03-01';
const runId = '00000000-0000-4000-8000-0000000000ff';

let database: TestDatabase;
let pool: Pool;
let calls: ReadonlyMap<string, CapabilityCall>;

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool(database.appUrl);
  const log = createLogger('silent');
  calls = capabilityCalls(
    shippedAgents,
    { database: pool },
    {
      breakers: createBreakerStore({ redis: null, pool, log }),
      memo: createMemo(createMemoStore({ redis: null, log })),
    },
  );
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const compute = (
  how: ReadonlyMap<string, CapabilityCall>,
  pack = packId,
): Promise<{ detail: Record<string, unknown> }> =>
  new MockActivityEnvironment().run(() => computeMetrics({ database: pool, calls: how }, pack, runId));

async function stored(user: string): Promise<string[]> {
  const { rows } = await withUser(pool, user, (tx) =>
    tx.query<{ capability: string }>(
      'select capability from portfolio_metrics where pack_id = $1 order by 1',
      [packId],
    ),
  );
  return rows.map(({ capability }) => capability);
}

/** The calls as they are, but one measure of one portfolio ends in an error. */
function failing(measure: string, portfolio_id: string): ReadonlyMap<string, CapabilityCall> {
  const real = calls.get(measure);
  if (!real) throw new Error(`there is no ${measure}`);
  return new Map(calls).set(measure, async (args, ctx, ...more) => {
    if (ctx.portfolio_id === portfolio_id) throw new EngineError('DATA_MISSING', 'something is not there');
    return real(args, ctx, ...more);
  });
}

it('computes all others when one portfolio’s measure fails, and fails with its name', async () => {
  await expect(compute(failing('metrics.compute_twr', ofBob))).rejects.toMatchObject({
    code: 'PACK_METRICS_FAILED',
    message: `Of 2 portfolios 1 lack measures at ${packId}; the pack is not published.`,
    details: {
      counts: { portfolios: 2, failed: 1 },
      failures: [
        {
          portfolio_id: ofBob,
          code: 'DATA_MISSING',
          message: 'metrics.compute_twr: something is not there',
        },
      ],
    },
  });
  expect(await stored(alice)).toEqual(dailyMeasures.toSorted());
  expect(await stored(bob)).not.toContain('metrics.compute_twr');
});

it('computes only what is missing the next time', async () => {
  const { detail } = await compute(calls);
  expect(detail).toMatchObject({ portfolios: 2, failed: 0 });
  expect(detail['computed']).toBeLessThanOrEqual(dailyMeasures.length);
  expect(await stored(bob)).toEqual(dailyMeasures.toSorted());
  expect((await compute(calls)).detail).toMatchObject({ computed: 0 });
});

it('fails where no agent answers one of the measures: a pack without them is never fresh', async () => {
  const without = new Map(calls);
  without.delete('metrics.compute_risk');
  await expect(compute(without, 'PP_2013-02-28')).rejects.toMatchObject({
    code: 'PACK_METRICS_FAILED',
    details: { failures: [{ code: 'CAPABILITY_UNKNOWN' }, { code: 'CAPABILITY_UNKNOWN' }] },
  });
});
