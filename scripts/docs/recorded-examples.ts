/** What the calls of the examples came to when they were recorded, cut for reading. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Pool } from 'pg';
import { capabilityCalls } from '../../activities';
import { createMemo } from '../../activities/memo';
import { shippedAgents } from '../../activities/shipped-agents';
import { localBreakerStore } from '../../src/cache/local-breaker-store';
import { localMemoStore } from '../../src/cache/local-memo-store';
import { readProviders } from '../../src/config';
import type { RequestContext } from '../../src/contract/request-context';
import { embeddedRights } from '../../src/contract/shipped-rights';
import { withUser } from '../../src/db/pool';
import { buildContext } from '../../src/executor/build-context';
import { createProviders } from '../../src/providers/providers';
import { exampleCalls, makeCalls, type Outcome } from './example-calls';
import { shortened } from './short-json';

/** By the name of the call. */
export type Recorded = Record<string, Outcome>;

export const recordedFile = path.join(__dirname, 'examples/recorded.json');
const longestExample = 24;
const user = { id: 'a11ce000-0000-4000-8000-000000000001', rights: embeddedRights };
const portfolio_id = 'a11ce000-0000-4000-8000-0000000000a1';
const asof_date = '2013-02-28';

/** Of each capability the first call; others are only there to be referred to. */
export const shownCalls = exampleCalls.filter(
  ({ capability }, index) => exampleCalls.findIndex((other) => other.capability === capability) === index,
);

export function readRecorded(): Recorded {
  return JSON.parse(readFileSync(recordedFile, 'utf8')) as Recorded;
}

/** Makes the calls as Alice on the demo of a database, no provider having a key. What alerts they create they delete. */
export async function recordExamples(database: Pool): Promise<Recorded> {
  const breakers = localBreakerStore();
  const providers = createProviders({ ...readProviders({}), breakers });
  const memo = createMemo(localMemoStore());
  const calls = capabilityCalls(shippedAgents, { database, providers }, { breakers, memo });
  const made = await makeCalls(exampleCalls, calls, await demoContext(database));
  const outcomeOf = (as: string): Outcome => {
    const outcome = made.get(as);
    if (!outcome) throw new Error(`${as} was not called`);
    return 'result' in outcome ? { ...outcome, result: shortened(outcome.result, longestExample) } : outcome;
  };
  return Object.fromEntries(shownCalls.map(({ as }) => [as, outcomeOf(as)]));
}

async function demoContext(database: Pool): Promise<RequestContext> {
  const asked = {
    user,
    trace_id: '0'.repeat(32),
    request_id: 'example',
    portfolio_id,
    asof_date,
    today: asof_date,
  };
  const { ctx } = await withUser(database, user.id, (tx) => buildContext(tx, asked));
  return ctx;
}
