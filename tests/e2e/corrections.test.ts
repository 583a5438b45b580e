/** A price is corrected: new packs, old results that stay and say so, and what the correction changed. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import type { ExecuteResponse, Execution } from '../../src/contract/execution';
import { type CliResult, runCli } from '../support/cli';
import { type Stack, startStack } from '../support/stack';

const [alice] = (
  JSON.parse(readFileSync('demo/demo.json', 'utf8')) as { portfolios: { id: string; user_id: string }[] }
).portfolios as [{ id: string; user_id: string }];
let stack: Stack;
let folder: string;
let token: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dawsos-corrections-'));
  stack = await startStack('shipped');
  token = await stack.tokenFor(alice.user_id);
});
afterAll(async () => {
  await stack.close();
  rmSync(folder, { recursive: true });
});

const env = () => ({
  DATABASE_OWNER_URL: stack.ownerUrl,
  DAWSOS_URL: stack.url,
  DAWSOS_TOKEN: token,
  DATA_DIR: folder,
});
const dawsos = (...args: string[]): Promise<CliResult> => runCli(args, { env: env() });
function correct(...lines: string[]): Promise<CliResult> {
  const file = path.join(folder, 'corrections.csv');
  writeFileSync(file, ['date,what,value', ...lines].join('\n'));
  return dawsos('correct', file, '--reason', 'a late correction of the exchange');
}
async function overview(asof_date?: string): Promise<ExecuteResponse> {
  const body = {
    pattern_id: 'portfolio_overview',
    portfolio_id: alice.id,
    mode: 'direct',
    ...(asof_date && { asof_date }),
  };
  const answer = await stack.call('/v1/execute', { as: alice.user_id, body, headers: { Prefer: 'wait=30' } });
  expect(answer.status).toBe(200);
  return answer.body as unknown as ExecuteResponse;
}
const applePrice = ({ data }: ExecuteResponse): string | undefined =>
  (data['valued_positions'] as { positions: { symbol: string; price: string }[] }).positions.find(
    ({ symbol }) => symbol === 'AAPL',
  )?.price;
const read = async (id: string): Promise<Execution> =>
  (await stack.call(`/v1/executions/${id}`, { as: alice.user_id })).body as unknown as Execution;
async function restated(value: boolean): Promise<string[]> {
  const { body } = await stack.call(`/v1/executions?restated=${String(value)}`, { as: alice.user_id });
  return (body['executions'] as Execution[]).map(({ execution }) => execution.id);
}

it('publishes new packs, keeps the old results and says of them that they are restated', async () => {
  const before = await overview();
  const earlier = await overview('2013-02-26');
  const told = await correct('2013-02-27,AAPL,450.00');
  expect([told.code, told.stderr]).toEqual([0, '']);
  expect(told.stdout).toMatch(
    /3 new pricing packs: PP_2013-02-27_C1 to PP_2013-03-01_C1, in the place of PP_2013-02-27 to PP_2013-03-01/,
  );

  // The old result: the same to the byte, and marked.
  const { restated_by, data, trace } = await read(before.execution.id);
  expect([restated_by, data, trace]).toEqual(['PP_2013-02-28_C1', before.data, before.trace]);
  expect(await restated(true)).toEqual([before.execution.id]);
  expect(await restated(false)).toEqual([earlier.execution.id]);
  expect((await read(earlier.execution.id)).restated_by).toBeNull();
  expect((await dawsos('executions', '--restated')).stdout).toContain('PP_2013-02-28_C1');

  // It can still be computed anew on its own pack.
  const verified = await dawsos('verify', before.execution.id);
  expect([verified.code, verified.stdout]).toEqual([0, expect.stringContaining('verified')]);

  // The same question has another answer now, which names the new pack.
  const after = await overview();
  expect(after.trace.pricing_pack_id).toBe('PP_2013-02-28_C1');
  expect(after.execution.id).not.toBe(before.execution.id);
  expect(after.trace.fingerprint).not.toBe(before.trace.fingerprint);
  expect(applePrice(await overview('2013-02-27'))).toBe('450');
  expect(applePrice(after)).toBe(applePrice(before));

  // What it changed: the past of the 28th, not its prices.
  const diff = await dawsos('diff', before.execution.id, after.execution.id);
  expect(diff.code).toBe(1);
  expect(diff.stdout).toContain('pricing_pack');
  expect(diff.stdout).toContain('/historical_nav');
});

it('refuses corrections that fit nothing, and leaves everything as it was', async () => {
  const packs = async (): Promise<unknown> =>
    (await stack.call('/v1/packs?limit=5', { as: alice.user_id })).body;
  const before = await packs();
  const cases: [string, RegExp][] = [
    ['2013-02-27,AAPLE,1', /line 2: "AAPLE" is no security's symbol/],
    ['2013-02-24,AAPL,1', /There is no pricing pack of 2013-02-24/],
    ['2013-02-28,EUR/XXX,1', /has no EUR\/XXX to correct/],
  ];
  for (const [line, message] of cases) {
    const { code, stderr } = await correct(line);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  }
  expect(await packs()).toEqual(before);
  const none = await runCli(['correct', 'x.csv', '--reason', 'r'], { env: { DATA_DIR: folder } });
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('x.csv cannot be read')]);
});

it('corrects nothing upon a pack that was changed in the database, and says which', async () => {
  const owner = new Client({ connectionString: stack.ownerUrl });
  await owner.connect();
  const changeBy = (amount: string): Promise<unknown> =>
    owner.query(
      `alter table prices disable trigger user;
       update prices set close = close + ${amount} where pack_id = 'PP_2013-02-28_C1';
       alter table prices enable trigger user`,
    );
  await changeBy('1');
  const { code, stderr } = await correct('2013-02-27,AAPL,451.00');
  await changeBy('-1');
  await owner.end();
  expect([code, stderr]).toEqual([5, expect.stringContaining('PACK_CORRUPT') as string]);
  expect(stderr).toContain('The pricing pack PP_2013-02-28_C1 was changed in the database');
});
