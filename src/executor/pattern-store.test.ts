import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { aliases, catalogue } from '../capabilities';
import { signaturesOf } from '../pattern/signatures';
import { loadPatterns, requirePattern } from './pattern-store';

const signatures = signaturesOf(catalogue, aliases);
const pattern = {
  id: 'rate',
  name: 'Rate',
  category: 'analysis',
  inputs: { total_return: { type: 'decimal', required: true } },
  steps: [{ capability: 'calc.annualise', args: { total_return: '{{inputs.total_return}}' }, as: 'rate' }],
  outputs: ['rate'],
};

function folderOf(files: Record<string, string | object>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'dawsos-patterns-'));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

describe('the pattern store', () => {
  it('holds what compiles as runnable, by id', async () => {
    const { patterns: store } = await loadPatterns(
      folderOf({ 'analysis/rate.json': pattern, 'schema.json': {} }),
      signatures,
    );
    expect([...store.keys()]).toEqual(['rate']);
    expect(requirePattern(store, 'rate').plan.pattern).toMatchObject({
      id: 'rate',
      version: '1.0.0',
    });
    expect(requirePattern(store, 'rate').plan.steps).toHaveLength(1);
  });

  it.each([
    ['is not JSON', { 'analysis/rate.json': '{' }, ''],
    ['has another name than its id', { 'analysis/rates.json': pattern }, '/id'],
    ['lies in another folder than its category', { 'action/rate.json': pattern }, '/category'],
    [
      'has an id that another file has',
      { 'analysis/rate.json': pattern, 'analysis/sub/rate.json': { ...pattern, category: undefined } },
      '/id',
    ],
  ])('keeps a file that %s, with the problem, and does not run it', async (_name, files, pointer) => {
    const { patterns: store } = await loadPatterns(folderOf(files), signatures);
    const [id, stored] = [...store][0] ?? ['', undefined];
    expect(stored?.problems.map((problem) => problem.pointer)).toContain(pointer);
    expect(() => requirePattern(store, id)).toThrow('has problems');
  });

  it('says of a file that is no JSON where it breaks', async () => {
    const { patterns: store } = await loadPatterns(folderOf({ 'analysis/rate.json': '{\n x' }), signatures);
    expect(store.get('rate')?.problems[0]?.message).toMatch(
      /rate\.json is not valid JSON: line 2, column 2: /,
    );
  });

  it('never takes a name from a request for a path', async () => {
    const { patterns: store } = await loadPatterns(folderOf({ 'analysis/rate.json': pattern }), signatures);
    for (const id of ['../rate', '__proto__', 'constructor']) {
      expect(() => requirePattern(store, id)).toThrow('There is no pattern');
    }
  });

  it('loads every pattern that the project ships, without a problem', async () => {
    const { patterns: store } = await loadPatterns(path.join(__dirname, '../../patterns'), signatures);
    expect(store.size).toBeGreaterThan(0);
    expect(
      [...store.values()].flatMap(({ file, problems }) => problems.map((problem) => ({ file, ...problem }))),
    ).toEqual([]);
  });
});
