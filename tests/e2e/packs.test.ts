/** `dawsos packs` as an operator uses it: a pack built and watched, refused, listed, and built by the schedule. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import demo from '../../demo/demo.json';
import type { Pack } from '../../src/executor/packs';
import { type CliResult, runCli } from '../support/cli';
import { demoFolder, folderWith } from '../support/pack-folder';
import { until } from '../support/process';
import { connectOwner } from '../support/nightly-order';
import { type Stack, startStack } from '../support/stack';

const alice = demo.users[0]?.id ?? '';

let stack: Stack;
let dataDir: string;
let token: string;

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'dawsos-packs-cli-'));
  stack = await startStack('shipped');
  token = await stack.tokenFor(alice);
  await (await connectOwner(stack)).end();
}, 120_000);
afterAll(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  await stack.close();
});

const packs = (args: string[], env: NodeJS.ProcessEnv = {}): Promise<CliResult> =>
  runCli(['packs', ...args], {
    env: {
      DATA_DIR: dataDir,
      DAWSOS_URL: stack.url,
      DAWSOS_TOKEN: token,
      TEMPORAL_ADDRESS: stack.config.temporalAddress,
      TEMPORAL_NAMESPACE: stack.config.temporalNamespace,
      ...env,
    },
  });

it('lists packs, and shows one that has no stages', async () => {
  const list = await packs(['--limit', '2']);
  expect(list).toMatchObject({ code: 0, stderr: expect.stringContaining('more: --cursor') as string });
  expect(list.stdout).toMatch(/^PP_2013-03-01 {2}warming/m);
  expect((await packs(['show', 'PP_2013-02-28'])).stdout).toContain('no stages: it was loaded or corrected');
  const missing = await packs(['show', 'PP_2013-03-02']);
  expect(missing.code).toBe(5);
  expect(missing.stderr).toContain('next: Use PP_2013-02-28.');
});

describe('dawsos packs build', () => {
  it.each([
    [['--date', '2013-3-1', '--from', 'x'], 'is no day'],
    [['--date', '2013-02-29', '--from', 'demo/nightly'], '"2013-02-29" is no day'],
    [['--date', '2013-03-01'], 'Name one source'],
    [['--date', '2013-03-01', '--from', 'x', '--providers'], 'Name one source'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await packs(['build', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('says so when there is no Temporal', async () => {
    const build = ['build', '--date', '2013-03-01', '--from', 'demo/nightly'];
    expect((await packs(build, { TEMPORAL_ADDRESS: '127.0.0.1:1' })).code).toBe(3);
    const none = await packs(build, { TEMPORAL_ADDRESS: '' });
    expect(none).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('TEMPORAL_ADDRESS is not set') as string,
    });
  }, 30_000);

  it('names the place where a folder has nothing to build of', async () => {
    const { code, stderr } = await packs(['build', '--date', '2013-03-01', '--from', dataDir]);
    expect(code).toBe(1);
    expect(stderr).toContain('error SOURCE_INVALID in step build: There is no prices.csv in');
    expect(stderr).toMatch(/^ {2}build {6}failed$/m);
    expect(stderr.match(/SOURCE_INVALID/g)).toHaveLength(1);
    expect(stderr.match(/There is no prices\.csv/g)).toHaveLength(1);
  }, 30_000);

  it('refuses other prices than the pack has, and says which', async () => {
    const folder = demoFolder((_file, text) =>
      text.replace('MSFT,2013-03-01,27.95', 'MSFT,2013-03-01,27.96'),
    );
    const { code, stderr } = await packs(['build', '--date', '2013-03-01', '--from', folder]);
    expect(code).toBe(1);
    expect(stderr).toContain('at price of MSFT: 27.95 USD in the pack, 27.96 USD in the source');
    expect(stderr).toContain('dawsos correct');
  }, 30_000);

  it('takes the demo’s warming pack to fresh, stage by stage', async () => {
    const { code, stdout, stderr } = await packs(['build', '--date', '2013-03-01', '--from', 'demo/nightly']);
    expect([code, stdout]).toEqual([0, 'PP_2013-03-01 is fresh\n']);
    expect(stderr).toMatch(/build {6}done {5}prices 6, rates 7/);
    expect(stderr).toMatch(/reconcile {2}done {5}portfolios 2, different 0, failed 0/);
    expect(stderr).toMatch(/fresh {6}done/);
    const shown = await packs(['show', 'PP_2013-03-01', '--json']);
    const { status, stages } = JSON.parse(shown.stdout) as Pack;
    expect([status, stages.map(({ stage }) => stage)]).toEqual([
      'fresh',
      ['build', 'reconcile', 'metrics', 'prewarm', 'fresh'],
    ]);
    expect((await packs(['show', 'PP_2013-03-01'])).stdout).toMatch(
      /reconcile +done +1 .+ ms {2}portfolios 2, different 0, failed 0$/m,
    );
  }, 60_000);

  it('finds it fresh the next time, and no trading on a Saturday', async () => {
    const again = await packs(['build', '--date', '2013-03-01', '--from', 'demo/nightly', '--json']);
    expect([again.code, JSON.parse(again.stdout)]).toEqual([
      0,
      { outcome: 'already_fresh', pack_id: 'PP_2013-03-01', date: '2013-03-01' },
    ]);
    const saturday = await packs(['build', '--date', '2013-03-02', '--from', 'demo/nightly']);
    expect([saturday.code, saturday.stdout]).toEqual([
      1,
      'no pack: the source has no price of 2013-03-02, so nothing was traded\n',
    ]);
  }, 60_000);
});

describe('the schedule', () => {
  afterAll(() => packs(['unschedule']));

  it('is made, changed by saying it again, and taken away', async () => {
    const made = await packs(['schedule', '--from', 'demo/nightly']);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.stdout).toMatch(
      /^packs are built every day at 00:05 \(UTC\); next at \d{4}-\d\d-\d\d 00:05 UTC$/m,
    );
    const changed = await packs(['schedule', '--at', '06:30', '--zone', 'America/Toronto', '--providers']);
    expect(changed.stdout).toMatch(/at 06:30 \(America\/Toronto\); next at \S+ 1[01]:30 UTC$/m);
    const { policies, action } = await stack.client.schedule.getHandle('nightly-pack').describe();
    expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 12 * 3600 * 1000 });
    expect(action.args).toEqual([{ date: null, zone: 'America/Toronto', source: { kind: 'providers' } }]);
    expect((await packs(['unschedule'])).stdout).toBe('packs are built no more by themselves\n');
    expect((await packs(['unschedule'])).stdout).toBe('there was no schedule\n');
  }, 60_000);

  it('builds the pack of the day before the one it was due on', async () => {
    const closes = { AAPL: '420.05', FB: '27.72', GOOG: '821.5', IBM: '205.19', MSFT: '28.15' };
    await packs(['schedule', '--from', folderWith('2013-03-04', closes)]);
    const night = new Date('2013-03-05T00:05:00Z');
    const handle = stack.client.schedule.getHandle('nightly-pack');
    await handle.backfill({ start: night, end: night, overlap: 'ALLOW_ALL' });
    const ran = async () => (await handle.describe()).info.recentActions[0]?.action;
    await until('the schedule to start the order', async () => (await ran()) !== undefined);
    const { workflowId = '' } = (await ran())?.workflow ?? {};
    const built = { pack_id: 'PP_2013-03-04', date: '2013-03-04' };
    expect(await stack.client.workflow.getHandle(workflowId).result()).toEqual({
      outcome: 'fresh',
      ...built,
    });
    // The day has an order of its own, which `dawsos packs build` would have joined.
    expect(await stack.client.workflow.getHandle('pack-2013-03-04').result()).toEqual({
      outcome: 'fresh',
      ...built,
    });
  }, 60_000);
});
