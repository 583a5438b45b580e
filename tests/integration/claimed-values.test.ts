/** The claim check on a real PostgreSQL: large values leave the history, and come back wherever somebody reads it. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import type { Pool } from 'pg';
import { claimedValues } from '../../src/db/claimed-values';
import { createPool } from '../../src/db/pool';
import { claimCodec } from '../../src/temporal/claim-codec';
import { decodeHistory } from '../../src/temporal/decode-history';
import { rebuildOutcome } from '../../src/temporal/rebuild';
import { testDatabase, type TestDatabase } from '../support/database';
import { type Engine, outcomeOf, startEngine } from '../support/engine';
import { temporalCli } from '../support/temporal';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('claimed values', () => {
  let database: TestDatabase;
  let pool: Pool;
  beforeAll(async () => {
    database = await testDatabase();
    pool = createPool(database.appUrl);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });
  /** As another process would see it. */
  const read = (...texts: string[]) => claimedValues(pool).get(texts.map(hashOf));

  it('are one row for equal bytes, read by any process in the order asked for', async () => {
    const store = claimedValues(pool);
    const hashes = await Promise.all(['a', 'b', 'a'].map((text) => store.put(bytesOf(text))));
    expect(hashes).toEqual(['a', 'b', 'a'].map(hashOf));
    const { rows } = await pool.query('select count(*)::int as rows from claimed_values');
    expect(rows).toEqual([{ rows: 2 }]);
    const values = await read('b', 'a', 'b');
    expect(values.map((bytes) => Buffer.from(bytes).toString())).toEqual(['b', 'a', 'b']);
  });

  it('are young again when they are stored again, so that what is in use is not cleaned away', async () => {
    await claimedValues(pool).put(bytesOf('old'));
    await pool.query("update claimed_values set claimed_at = now() - interval '40 days'");
    await claimedValues(pool).put(bytesOf('old'));
    const { rowCount } = await pool.query(
      "delete from claimed_values where claimed_at < now() - interval '30 days'",
    );
    expect(rowCount).toBe(2);
    expect(await read('old')).toHaveLength(1);
  });

  it('are refused when they are gone or no longer what was stored', async () => {
    await expect(read('never stored')).rejects.toMatchObject({
      code: 'DATA_MISSING',
      details: { sha256: hashOf('never stored') },
    });
    await claimedValues(pool).put(bytesOf('whole'));
    await pool.query("update claimed_values set bytes = 'broken' where sha256 = $1", [hashOf('whole')]);
    await expect(read('whole')).rejects.toMatchObject({ code: 'DATA_MISSING' });
  });

  it('say so when PostgreSQL is away', async () => {
    const away = createPool('postgresql://app@127.0.0.1:1/nothing');
    const store = claimedValues(away);
    await expect(store.put(bytesOf('x'))).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await expect(store.get([hashOf('x')])).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await away.end();
  });
});

describe('a run with large values', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(() => engine.close());

  const echo = (as: string, value: unknown) => ({ capability: 'probe.echo', args: { value }, as });
  const pattern = {
    inputs: { text: { type: 'string', required: true } },
    steps: [echo('one', '{{inputs.text}}'), echo('two', '{{state.one.value}}')],
    outputs: ['two'],
  };
  const text = 'x'.repeat(900_000);

  it('keeps them out of its history, and gives them whole', async () => {
    const { handle, id, ended } = await engine.start(pattern, { text });
    const outcome = outcomeOf(await ended());
    expect(outcome.status).toBe('succeeded');
    expect(outcome.data).toEqual({ two: { value: text } });

    const shown = await temporalCli(engine.namespace, 'workflow', 'show', '-w', `exec-${id}`, '-o', 'json');
    expect(shown).toContain(Buffer.from('json/claim-check').toString('base64'));

    const history = await decodeHistory(await handle.fetchHistory(), claimCodec(claimedValues(engine.pool)));
    const identity = { workflow_id: handle.workflowId, run_id: outcome.trace.run_id };
    const ending = { status: 'failed', code: 'EXECUTION_FAILED', message: '' } as const;
    expect(await rebuildOutcome(history, identity, ending)).toEqual(outcome);

    const file = path.join(os.tmpdir(), `dawsos-${id}.json`);
    writeFileSync(file, shown);
    const replay = (env: Record<string, string>) =>
      promisify(execFile)(process.execPath, ['--require', 'tsx/cjs', 'src/cli/replay.ts', file], {
        env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: '', ...env },
      });
    expect((await replay({ DATABASE_URL: engine.databaseUrl })).stdout).toContain(': replays');
    await expect(replay({})).rejects.toMatchObject({ code: 1 });
  }, 60_000);

  it('fails with LIMIT_EXCEEDED where one is too large, at once, and the next run is fine', async () => {
    const large = await engine.run(pattern, { text: 'é'.repeat(1_100_000) });
    expect(large).toMatchObject({ status: 'failed', error: { code: 'LIMIT_EXCEEDED', step: 'one' } });
    expect(large.error?.message).toContain('at most 2097152');
    expect((await engine.run(pattern, { text: 'small' })).status).toBe('succeeded');
  }, 60_000);

  it('waits for PostgreSQL where it is away for a moment', async () => {
    const owner = new Client({ connectionString: engine.databaseUrl });
    await owner.connect();
    const started = await Promise.all(
      [1, 2, 3].map((n) => engine.start(pattern, { text: text + String(n) })),
    );
    for (let i = 0; i < 5; i += 1) {
      await owner.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and usename = current_user and datname = current_database()',
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await owner.end();
    const rows = await Promise.all(started.map(({ ended }) => ended()));
    expect(rows.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  }, 60_000);
});
