/** Who sees a question: whoever started the run, and whoever has every right that an answer needs. */
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { closeApproval, findApproval, listOpenApprovals, openApproval } from '../../src/db/approvals';
import { findExecution, insertExecution } from '../../src/db/executions';
import { createPool, withUser } from '../../src/db/pool';
import { testDatabase } from '../support/database';

const [starter, other] = [randomUUID(), randomUUID()];
const id = randomUUID();
let pool: Pool;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await testDatabase();
  ({ drop } = database);
  pool = createPool(database.appUrl);
  await withUser(pool, starter, async (tx) => {
    await insertExecution(tx, {
      id, user_id: starter, request_digest: '', pattern: { id: 'p', version: '1.0.0', sha256: 'sha256:0' },
      portfolio_id: null, pricing_pack_id: 'PP_2013-02-28', ledger_commit_hash: null, asof_date: '2013-02-28',
      workflow_id: `exec-${id}`, mode: 'durable', inputs: {}, ctx: {} as never, run_key: null, timeout_ms: 1000,
    }); // prettier-ignore
    await openApproval(tx, {
      execution_id: id, step: 'sub.ok', user_id: starter, workflow_id: `exec-${id}/sub`, path: 'ok', pattern_id: 'p',
      title: 'Go?', form: null, rights: ['trade', 'sign off'], not_starter: false, due_at: null,
    }); // prettier-ignore
  });
});
afterAll(async () => {
  await pool.end();
  await drop();
});

const seenBy = async (user: string, rights: string[]): Promise<number> =>
  (await withUser(pool, user, (tx) => listOpenApprovals(tx, null, 10), rights)).length;

describe('an approval’s row', () => {
  it.each<[string, string, string[], number]>([
    ['its starter', starter, [], 1],
    ['somebody without rights', other, [], 0],
    ['somebody with some of the rights', other, ['trade'], 0],
    ['somebody with rights whose words are those', other, ['trade sign', 'off'], 0],
    ['somebody with all of them', other, ['read', 'sign off', 'trade'], 1],
  ])('is shown to %s or not, as it should be', async (_who, user, rights, seen) => {
    expect(await seenBy(user, rights)).toBe(seen);
  });

  it('can be written by its starter only', async () => {
    const close = closeApproval;
    const answer = { execution_id: id, step: 'sub.ok', answer: { decision: 'approve', by: other } } as const;
    await withUser(pool, other, (tx) => close(tx, answer), ['sign off', 'trade']);
    expect(await withUser(pool, starter, (tx) => findApproval(tx, id, 'sub.ok'))).toMatchObject({
      closed_at: null,
    });
  });

  it('makes the execution wait while it is open, asks nothing twice, and keeps who answered', async () => {
    const status = async (): Promise<string | undefined> =>
      (await withUser(pool, starter, (tx) => findExecution(tx, id)))?.status;
    expect(await status()).toBe('waiting');
    await withUser(pool, starter, (tx) =>
      closeApproval(tx, { execution_id: id, step: 'sub.ok', answer: { decision: 'reject', by: other } }),
    );
    expect(await status()).toBe('running');
    expect(await withUser(pool, starter, (tx) => findApproval(tx, id, 'sub.ok'))).toMatchObject({
      decision: 'reject',
      answered_by: other,
    });
    expect(await seenBy(starter, [])).toBe(0);
  });
});
