import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createWrittenTable } from '../support/effect-agent';
import { type Engine, outcomeOf, startEngine } from '../support/engine';
import { startOrder } from '../support/nightly-order';
import { demoFolder } from '../support/pack-folder';
import { recordedRuns } from '../support/recorded-runs';
import { temporalCli } from '../support/temporal';

const run = promisify(execFile);
const replay = (...files: string[]) =>
  run(process.execPath, ['--require', 'tsx/cjs', 'src/cli/replay.ts', ...files], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
const folder = 'tests/histories';
const namesOf = (): string[] => readdirSync(folder).filter((file) => file.endsWith('.json'));
const show = (engine: Engine, workflowId: string): Promise<string> =>
  temporalCli(engine.namespace, 'workflow', 'show', '-w', workflowId, '-o', 'json');

/** `npm run record:histories`: whenever what a run does has changed on purpose. */
async function record(engine: Engine): Promise<void> {
  await createWrittenTable(engine.databaseUrl);
  for (const [name, begin] of Object.entries(recordedRuns)) {
    const { handle, ended } = await begin(engine);
    await ended();
    writeFileSync(path.join(folder, `${name}.json`), await show(engine, handle.workflowId));
    if (name !== 'sub_pattern') continue;
    writeFileSync(path.join(folder, 'child.json'), await show(engine, `${handle.workflowId}/sub`));
  }
  const order = await startOrder(engine.client, { folder: demoFolder() });
  await order.result();
  writeFileSync(path.join(folder, 'nightly.json'), await show(engine, order.workflowId));
}

describe('npm run replay', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
    if (process.env['RECORD_HISTORIES'] !== undefined) await record(engine);
  });
  afterAll(() => engine.close());

  it('replays every recorded history against the present workflow code', async () => {
    const recorded = namesOf();
    const names = [...Object.keys(recordedRuns), 'nightly'].map((name) => `${name}.json`);
    expect(recorded).toEqual(expect.arrayContaining(names));
    const { stdout } = await replay(...recorded.map((file) => path.join(folder, file)));
    expect(stdout.trim().split('\n')).toEqual(recorded.map((file) => `${folder}/${file}: replays`));
  }, 60_000);

  it('replays a fresh history, and names one that the code no longer fits', async () => {
    const steps = [{ capability: 'probe.echo', args: { value: 1 }, as: 'one' }];
    const { handle, ended } = await engine.start({ steps, outputs: ['one'] });
    expect(outcomeOf(await ended()).status).toBe('succeeded');
    const text = await show(engine, handle.workflowId);
    const made = mkdtempSync(path.join(os.tmpdir(), 'dawsos-'));
    const [fresh, broken] = [path.join(made, 'fresh.json'), path.join(made, 'broken.json')];
    writeFileSync(fresh, text);
    writeFileSync(broken, text.replaceAll('"probe.echo"', '"probe.other"'));
    expect((await replay(fresh)).stdout).toContain('replays');
    await expect(replay(broken)).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('no longer deterministic') as string,
    });
  }, 60_000);

  it('says what is wrong with a file it cannot read', async () => {
    await expect(replay('/nowhere.json')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('nowhere.json') as string,
    });
  });
});
