import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Engine, outcomeOf, startEngine } from '../support/engine';
import { temporalCli } from '../support/temporal';

const run = promisify(execFile);
const replay = (...files: string[]) =>
  run(process.execPath, ['--require', 'tsx/cjs', 'src/cli/replay.ts', ...files], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
const recorded = readdirSync('tests/histories').filter((file) => file.endsWith('.json'));

describe('npm run replay', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(() => engine.close());

  it('replays every recorded history against the present workflow code', async () => {
    expect(recorded.length).toBeGreaterThan(0);
    const { stdout } = await replay(...recorded.map((file) => path.join('tests/histories', file)));
    expect(stdout.trim().split('\n')).toEqual(recorded.map((file) => `tests/histories/${file}: replays`));
  }, 60_000);

  it('replays a fresh history, and names one that the code no longer fits', async () => {
    const steps = [{ capability: 'probe.echo', args: { value: 1 }, as: 'one' }];
    const { handle, ended } = await engine.start({ steps, outputs: ['one'] });
    expect(outcomeOf(await ended()).status).toBe('succeeded');
    const text = await temporalCli(
      engine.namespace,
      'workflow',
      'show',
      '-w',
      handle.workflowId,
      '-o',
      'json',
    );
    const folder = mkdtempSync(path.join(os.tmpdir(), 'dawsos-'));
    const [fresh, broken] = [path.join(folder, 'fresh.json'), path.join(folder, 'broken.json')];
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
