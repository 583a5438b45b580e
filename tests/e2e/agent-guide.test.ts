/** docs/agent-guide.md, followed to the letter in a copy of the project. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand } from '../../src/embedded/run-command';

const root = path.resolve(__dirname, '../..');
const guide = readFileSync(path.join(root, 'docs/agent-guide.md'), 'utf8');
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'dawsos-guide-'));
  const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  }).split('\n');
  for (const file of tracked) if (file !== '') cpSync(path.join(root, file), path.join(copy, file));
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
});
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

/** Code fences right behind a line that names a file. */
const files = [...guide.matchAll(/^`([^`]+)`\n\n```(?:ts|json)\n([\s\S]*?)```/gm)].map(
  ([, file = '', text = '']) => ({ file, text }),
);

/** The import and the entry that the guide adds to a list, under the sentence that names it. */
function addTo(file: string): void {
  const [, entry = '', line = ''] =
    /```ts\n(import [^\n]+)\n```\s+```ts\n\s*(\.\.\.[^\n]+)\n```/.exec(
      guide.slice(guide.indexOf(`\`${file}\``)),
    ) ?? [];
  const target = path.join(copy, file);
  const text = readFileSync(target, 'utf8');
  expect([entry, line]).toEqual([expect.stringMatching(/^import/), expect.stringMatching(/^\.\.\./)]);
  writeFileSync(
    target,
    text.replace(/^import/m, `${entry}\nimport`).replace(/^( *)\.\.\./m, `$1${line}\n$1...`),
  );
}

const run = async (command: string, ...args: string[]): Promise<[number | null, string]> => {
  const { code, output } = await runCommand(command, args, { cwd: copy });
  return [code, output];
};

it('leads from nothing to a capability that is tested, called, checked in a pattern and documented', async () => {
  expect(files.map(({ file }) => file)).toHaveLength(5);
  for (const { file, text } of files) {
    mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
    writeFileSync(path.join(copy, file), text);
  }
  addTo('src/capabilities/calculator/index.ts');
  addTo('activities/calculator/index.ts');

  const jest = 'node_modules/jest/bin/jest.js';
  expect(await run(process.execPath, jest, 'src/services/herfindahl', '--selectProjects', 'unit')).toEqual([
    0,
    expect.stringMatching(/Tests: +2 passed, 2 total/),
  ]);
  expect(await run(process.execPath, 'node_modules/typescript/bin/tsc', '--noEmit')).toEqual([0, '']);

  const call = (weights: string): Promise<[number | null, string]> =>
    run(process.execPath, 'bin/dawsos.js', 'call', 'calc.concentration', '--args', `{"weights": ${weights}}`);
  const [, told = ''] = /```json\n(\{\n {2}"herfindahl"[\s\S]*?)```/.exec(guide) ?? [];
  expect(await call('[0.5, 0.25, 0.25]')).toEqual([0, told]);
  const [code, problem] = await call('[-1]');
  expect(code).not.toBe(0);
  expect(problem).toMatch(/ARGS_INVALID[\s\S]*weights\/0/);

  expect((await run(process.execPath, '--require', 'tsx/cjs', 'scripts/generate.ts'))[0]).toBe(0);
  expect(
    await run(process.execPath, 'bin/dawsos.js', 'check', '--strict', 'patterns/analysis/concentration.json'),
  ).toEqual([0, expect.stringContaining('concentration.json: ok')]);
  expect(readFileSync(path.join(copy, 'docs/capabilities.md'), 'utf8')).toContain('calc.concentration');
}, 600_000);
