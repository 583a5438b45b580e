import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { testSignatures } from '../../tests/support/scripted-run';
import { aliases, catalogue } from '../capabilities';
import { compilePattern } from './compile';
import { signaturesOf } from './signatures';

const make = { capability: 'list.make', as: 'made' };
const sum = { capability: 'list.sum', args: { items: '{{state.made.items}}' }, as: 'total' };
const good = { id: 'p', name: 'P', steps: [make, sum], outputs: ['total'] };
const problemsOf = (pattern: object) => compilePattern(pattern, testSignatures).problems;

describe('check', () => {
  it('passes a good pattern and compiles edges with their reasons', () => {
    const { plan, problems, warnings } = compilePattern(good, testSignatures);
    expect([problems, warnings]).toEqual([[], []]);
    expect(plan?.steps[1]?.edges).toEqual([{ step: 'made', reason: 'args' }]);
    expect(plan?.pattern.sha256).toMatch(/^sha256:/);
  });

  it('finds all problems at once, each with pointer and suggestion', () => {
    const bad = {
      ...good,
      inputs: { size: { type: 'integer', default: 'x' } },
      steps: [
        { capability: 'list.mke', as: 'made' },
        {
          capability: 'list.sum',
          args: { itms: '{{state.mad.items}}', scale: 'two' },
          as: 'total',
          condition: 'state.totl > 1',
        },
      ],
      outputs: ['tota'],
    };
    expect(problemsOf(bad)).toEqual([
      {
        code: 'PATTERN_INVALID',
        pointer: '/inputs/size/default',
        message: expect.stringContaining('must be integer') as string,
      },
      {
        code: 'CAPABILITY_UNKNOWN',
        pointer: '/steps/0/capability',
        message: 'no agent answers "list.mke"',
        suggestion: 'did you mean list.make?',
      },
      { code: 'ARGS_INVALID', pointer: '/steps/1/args', message: 'the argument "items" is missing' },
      {
        code: 'ARGS_INVALID',
        pointer: '/steps/1/args/itms',
        message: 'there is no argument "itms"',
        suggestion: 'did you mean items?',
      },
      {
        code: 'ARGS_INVALID',
        pointer: '/steps/1/args/scale',
        message: 'the value does not fit: must be number',
      },
      expect.objectContaining({ pointer: '/steps/1/condition', suggestion: 'did you mean state.total?' }),
      expect.objectContaining({ pointer: '/outputs/0', suggestion: 'did you mean state.total?' }),
    ]);
  });

  it.each([
    ['a path the producing step cannot have', { items: '{{state.made.itms}}' }, /no "itms" there/],
    [
      'a text where a list is wanted',
      { items: '{{state.made.label}}' },
      /is a text, but the argument takes a list/,
    ],
    ['a list of texts where numbers are wanted', { items: ['a'] }, /must be number/],
    [
      'a context member that changes from run to run',
      { items: '{{ctx.trace_id}}' },
      /differs from run to run/,
    ],
    ['a forbidden segment', { items: '{{state.made.__proto__}}' }, /refused/],
  ])('refuses %s', (_title, args, message) => {
    expect(problemsOf({ ...good, steps: [make, { ...sum, args }] })[0]?.message).toMatch(message);
  });

  it.each([
    ['an unknown field', { ...good, steps: [{ ...make, fallback: 1 }, sum] }, '/steps/0/fallback'],
    ['a step named __proto__', { ...good, steps: [{ ...make, as: '__proto__' }, sum] }, '/steps/0/as'],
    ['a reserved name', { ...good, steps: [{ ...make, as: 'state' }, sum] }, '/steps/0/as'],
    ['two steps of one name', { ...good, steps: [make, { ...sum, as: 'made' }] }, '/steps/1/as'],
    [
      '201 steps',
      { ...good, steps: Array.from({ length: 201 }, (_, i) => ({ ...make, as: `s${String(i)}` })) },
      '/steps',
    ],
    ['a plain text as an output', { ...good, outputs: { x: 'total' } }, '/outputs/x'],
    ['waiting for no step', { ...good, steps: [make, { ...sum, after: 'nobody' }] }, '/steps/1/after'],
    ['something that is no object', [], ''],
  ])('refuses %s', (_title, pattern, pointer) => {
    expect(problemsOf(pattern)[0]?.pointer).toBe(pointer);
  });

  it('names the steps of a cycle', () => {
    const steps = [
      { ...sum, args: { items: '{{state.b.items}}' }, as: 'a' },
      { capability: 'list.make', as: 'b', after: 'a' },
    ];
    expect(problemsOf({ ...good, steps, outputs: ['a'] })[0]?.message).toBe(
      'steps wait for each other: a → b → a',
    );
  });

  it('resolves an alias to the capability it stands for', () => {
    const { plan } = compilePattern(
      { ...good, steps: [make, { ...sum, capability: 'sum.list' }] },
      testSignatures,
    );
    expect(plan?.steps[1]?.capability).toBe('list.sum');
  });

  it('warns of an input and a result that nothing uses', () => {
    const { warnings } = compilePattern(
      { ...good, inputs: { n: { type: 'integer' } }, outputs: ['made'] },
      testSignatures,
    );
    expect(warnings.map(({ pointer }) => pointer)).toEqual(['/inputs/n', '/steps/1']);
  });

  it('passes every shipped pattern without a warning, under its own file name', () => {
    const root = path.resolve('patterns');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /.+\/.+\.json$/.test(file),
    );
    expect(files.length).toBeGreaterThan(0);
    const signatures = signaturesOf(catalogue, aliases);
    for (const file of files) {
      const source = JSON.parse(readFileSync(path.join(root, file), 'utf8')) as {
        id: string;
        category: string;
      };
      expect([
        file,
        compilePattern(source, signatures).problems,
        compilePattern(source, signatures).warnings,
      ]).toEqual([file, [], []]);
      expect(file).toBe(`${source.category}/${source.id}.json`);
    }
  });
});
