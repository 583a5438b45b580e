import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testCommand } from './test';
import { watchPlaces } from './test-watch';

let folder: string;
let out: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'patterns-'));
  out = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

const one = { steps: [{ compute: '1 + inputs.more', as: 'sum' }], outputs: ['sum'], inputs: { more: { type: 'integer', required: true } } }; // prettier-ignore
const passing = { name: 'adds', inputs: { more: 2 }, expect: { outputs: { sum: 3 } } };
const failing = { name: 'adds too little', inputs: { more: 2 }, expect: { outputs: { sum: 4 } } };

function write(id: string, tests: object[]): string {
  mkdirSync(path.join(folder, 'analysis'), { recursive: true });
  const file = path.join(folder, 'analysis', `${id}.json`);
  writeFileSync(file, JSON.stringify({ id, name: id, ...one, tests }));
  return file;
}

async function run(...args: string[]): Promise<number> {
  await testCommand().parseAsync(args, { from: 'user' });
  return Number(process.exitCode ?? 0);
}

describe('dawsos test', () => {
  it('ends with 0 and a closing line alone when all pass', async () => {
    const file = write('adding', [passing]);
    expect(await run(file)).toBe(0);
    expect(out.trimEnd().split('\n')).toEqual(['✓ adding › adds', '', '1 passed, 0 failed']);
  });

  it('ends with 1 when one fails, and shows where and how', async () => {
    write('adding', [passing, failing]);
    expect(await run(folder)).toBe(1);
    expect(out).toContain('✗ adding › adds too little\n    expect.outputs.sum: another value\n      expected 4\n      received 3\n'); // prettier-ignore
    expect(out).toMatch(/\n1 passed, 1 failed\n$/);
  });

  it('ends with 2, as `dawsos check` does, when something named is not there', async () => {
    await expect(run('no_such_pattern')).rejects.toMatchObject({
      exitCode: 2,
      message: '"no_such_pattern" is neither a file or folder nor the id of a pattern in patterns',
    });
    await expect(run(write('adding', [passing]), '--agents', path.join(folder, 'agents'))).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('there is no folder') as string,
    });
  }); // prettier-ignore

  it('says of a file that is no JSON where it breaks', async () => {
    const file = write('adding', []);
    writeFileSync(file, '{ "id": ');
    expect(await run(file)).toBe(1);
    expect(out).toContain('can be read and checked');
    expect(out).toContain('is not valid JSON: line 1, column 9: expected a value');
    expect(out).toMatch(/\n0 passed, 1 failed\n$/);
  });

  it('names the patterns without tests', async () => {
    expect(await run(write('adding', []))).toBe(0);
    expect(out).toContain('without tests: adding');
  });

  it('prints JSON, and nothing else, when asked', async () => {
    const file = write('adding', [passing, failing]);
    expect(await run(file, '--json')).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ...{ passed: 1, failed: 1 },
      suites: [{ file, pattern: 'adding', tests: [{ passed: true }, { mishaps: [{ at: 'expect.outputs.sum', expected: 4, received: 3 }] }] }],
    });
  }); // prettier-ignore

  it('stops after the first failure with --bail', async () => {
    expect(await run(write('adding', [failing, passing]), '--bail')).toBe(1);
    expect(out).toMatch(/\n0 passed, 1 failed\n$/);
  });

  it('writes JUnit XML', async () => {
    const report = path.join(folder, 'report.xml');
    await run(write('adding', [passing, { ...failing, name: 'says "<&>" \u0001' }]), '--junit', report);
    const xml = readFileSync(report, 'utf8');
    expect(xml).toMatch(/<testsuites tests="2" failures="1"/);
    expect(xml).toContain('<testcase classname="adding" name="adds"');
    expect(xml).toContain('name="says &quot;&lt;&amp;>&quot; ');
    expect(xml).toContain('<failure message="expect.outputs.sum: another value"');
    expect(xml).not.toContain('\u0001');
  });
});

describe('watching', () => {
  it('runs at once, again after each change, and ends when told', async () => {
    const file = write('adding', [passing]);
    const end = new AbortController();
    let runs = 0;
    await watchPlaces(
      [folder],
      async () => {
        runs += 1;
        if (runs === 1) setTimeout(() => writeFileSync(file, '{}'), 50);
        else end.abort();
      },
      end.signal,
    );
    expect(runs).toBe(2);
  });
});
