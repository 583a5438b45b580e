/** Fault F21: a thousand interleaved runs of two users on one pool, and nobody sees a row of the other. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import demo from '../../demo/demo.json';
import type { Trace } from '../../src/contract/trace';
import { type RunningServer, startServer } from '../../src/executor/server';
import { createLogger } from '../../src/telemetry/logger';
import { type Answer, type Stack, startStack } from '../support/stack';

const users = demo.users.map(({ id }, i) => ({ id, portfolio: demo.portfolios[i]?.id ?? '' }));
type User = (typeof users)[number];
const [alice, bob] = users as [User, User];
const otherOf = (user: User): User => (user === alice ? bob : alice);

/** Light, so that a thousand are soon done. */
const pattern = {
  id: 'positions',
  name: 'Positions',
  category: 'analysis',
  inputs: { portfolio_id: { type: 'uuid', required: true } },
  steps: [
    {
      capability: 'ledger.positions',
      args: { portfolio_id: '{{inputs.portfolio_id}}' },
      as: 'held',
    },
  ],
  outputs: ['held'],
};

let stack: Stack;
let server: RunningServer;
beforeAll(async () => {
  stack = await startStack('shipped', { worker: false });
  const patternsDir = mkdtempSync(path.join(os.tmpdir(), 'dawsos-patterns-'));
  mkdirSync(path.join(patternsDir, 'analysis'));
  writeFileSync(path.join(patternsDir, 'analysis/positions.json'), JSON.stringify(pattern));
  server = await startServer(
    { ...stack.config, patternsDir },
    { log: createLogger('silent'), tracing: stack.tracing },
  );
}, 120_000);
afterAll(async () => {
  await server.close();
  await stack.close();
});

const execute = (user: User, portfolio_id: string): Promise<Answer> =>
  stack.call('/v1/execute', {
    as: user.id,
    url: server.url,
    // Without memory: each run reads its rows itself.
    body: { pattern_id: 'positions', portfolio_id, mode: 'direct', asof_date: '2013-02-28' },
  });
/** Nothing in an answer may name the other user or what is theirs. */
function expectOwn(user: User, text: string): void {
  for (const foreign of Object.values(otherOf(user))) expect(text).not.toContain(foreign);
}

it('each of a thousand runs reads its own portfolio, and asking for the other’s finds none', async () => {
  const expected = new Map<User, string>();
  for (const user of users) {
    const answer = await execute(user, user.portfolio);
    expect(answer.status).toBe(200);
    expected.set(user, JSON.stringify([answer.body['data'], (answer.body['trace'] as Trace).fingerprint]));
  }
  expect(expected.get(alice)).not.toBe(expected.get(bob));

  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < 1_000) {
      const count = next;
      next += 1;
      const user = count % 2 === 0 ? alice : bob;
      if (count % 20 === 7) {
        const refused = await execute(user, otherOf(user).portfolio);
        expect([refused.status, refused.body['code']]).toEqual([404, 'PORTFOLIO_NOT_FOUND']);
      }
      const answer = await execute(user, user.portfolio);
      expect(answer.status).toBe(200);
      expect(JSON.stringify([answer.body['data'], (answer.body['trace'] as Trace).fingerprint])).toBe(expected.get(user)); // prettier-ignore
      expectOwn(user, answer.text);
    }
  };
  // More at once than the pool has connections, so that each is borrowed by both users in turn.
  await Promise.all(Array.from({ length: 30 }, lane));
}, 90_000);

it('each finds exactly the own runs afterwards, and none of the other’s by its id', async () => {
  const idsOf = new Map<User, string[]>();
  for (const user of users) {
    const ids: string[] = [];
    let route: string | null = '/v1/executions?limit=100';
    while (route !== null) {
      const answer: Answer = await stack.call(route, { as: user.id });
      expectOwn(user, answer.text);
      const { executions, next_cursor } = answer.body as { executions: { execution: { id: string } }[]; next_cursor: string | null }; // prettier-ignore
      ids.push(...executions.map(({ execution }) => execution.id));
      route =
        next_cursor === null ? null : `/v1/executions?limit=100&cursor=${encodeURIComponent(next_cursor)}`;
    }
    expect(ids).toHaveLength(501);
    idsOf.set(user, ids);
  }
  const all = [...idsOf.values()].flat();
  expect(new Set(all).size).toBe(all.length);
  for (const user of users) {
    const foreign = idsOf.get(otherOf(user))?.slice(0, 20) ?? [];
    const answers = await Promise.all(
      foreign.map((id) => stack.call(`/v1/executions/${id}`, { as: user.id })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
  }
});
