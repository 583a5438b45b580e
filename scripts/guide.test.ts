import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testCommand } from '../src/cli/commands/test';
import { knownCapabilities } from '../src/cli/known-capabilities';
import { compilePattern } from '../src/pattern/compile';
import { guideParts } from './guide';

const root = path.resolve(__dirname, '..');
const guide = readFileSync(path.join(root, 'docs/pattern-guide.md'), 'utf8');

/** What stands in the code fences behind a heading or a step, in order. */
function fencesAfter(text: string): string[] {
  const after = guide.slice(guide.indexOf(text));
  return [...after.matchAll(/```[a-z]*\n([\s\S]*?)```/g)].map(([, content]) => content ?? '');
}

/** Formatting apart: prettier wraps JSON and widens tables. */
const plain = (text: string): string => text.replaceAll(/\s|-{2,}/g, '');

describe('the guide for pattern authors', () => {
  it('has excerpts and traces as the examples give them', async () => {
    const parts = await guideParts(root);
    expect(parts.length).toBeGreaterThanOrEqual(24);
    for (const { part, text } of parts) {
      const [, rest = ''] = guide.split(`<!-- generated: ${part} -->`);
      expect(plain(rest.split('<!-- end')[0] ?? '')).toBe(plain(text));
    }
  });

  it('has an agent’s file in it that is one', () => {
    const [file = ''] = fencesAfter('## Agents from outside');
    const folder = mkdtempSync(path.join(tmpdir(), 'guide-'));
    writeFileSync(path.join(folder, 'order_desk.json'), file);
    const signature = knownCapabilities([folder], {}).get('orders.cancel');
    rmSync(folder, { recursive: true });
    expect(signature).toMatchObject({
      effect: 'write',
      errors: ['ORDER_UNKNOWN'],
      policy: { startToCloseMs: 5000 },
    });
  });
});

describe('the first pattern of the guide', () => {
  const [source = ''] = fencesAfter('**1. Write it.**');
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'guide-'));
    mkdirSync(path.join(folder, 'my-patterns/analysis'), { recursive: true });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.exitCode = undefined;
    rmSync(folder, { recursive: true });
  });

  async function tested(pattern: string): Promise<string> {
    let out = '';
    writeFileSync(path.join(folder, 'my-patterns/analysis/growth.json'), pattern);
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
    await testCommand().parseAsync([path.join(folder, 'my-patterns')], { from: 'user' });
    return out;
  }

  it('has nothing that a check would find', () => {
    const { problems, warnings } = compilePattern(JSON.parse(source), {
      signatures: knownCapabilities([], {}),
    });
    expect([...problems, ...warnings]).toEqual([]);
  });

  it('passes its tests, with the words of the guide', async () => {
    expect(await tested(source)).toBe(fencesAfter('**3. Run its tests.**')[1]);
  });

  it('fails as the guide says when an expected number is changed', async () => {
    const out = await tested(source.replace('"total": "0.21"', '"total": "0.22"'));
    expect(out).toContain(fencesAfter('**3. Run its tests.**')[2]);
  });
});
