import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { checkContext, listed, priced, soundPattern } from '../../tests/support/check-catalogue';
import { aliases, catalogue } from '../capabilities';
import { checkPattern } from './check';
import { compileSet } from './compile-set';
import { problemCodes } from './problem-codes';
import { signaturesOf } from './signatures';

describe('check', () => {
  it('finds all problems at once, each with its place and what was meant', () => {
    const bad = {
      ...soundPattern,
      version: 1,
      steps: [
        { ...listed, timeout: 5 },
        { ...priced, args: { positions: '{{state.lsted.positions}}', dayz: 3 }, condition: 'state.listed.count' },
        { capability: 'text.wrte', as: 'written' },
      ],
      outputs: ['prced'],
    };
    const { pattern, problems, warnings } = checkPattern(bad, checkContext);
    expect(pattern).toBeNull();
    expect(warnings).toEqual([]);
    expect(problems).toEqual([
      { code: 'PATTERN_INVALID', pointer: '/version', message: 'must be string' },
      { code: 'PATTERN_INVALID', pointer: '/steps/0/timeout', message: 'must be string' },
      {
        code: 'REFERENCE_UNRESOLVED',
        pointer: '/steps/1/args/positions',
        message: '"state.lsted.positions": there is no step "lsted"',
        suggestion: 'did you mean state.listed?',
      },
      {
        code: 'ARGS_INVALID',
        pointer: '/steps/1/args/dayz',
        message: 'there is no "dayz", only positions, mode, days, note, limit, filter',
        suggestion: 'did you mean days?',
      },
      {
        code: 'CAPABILITY_UNKNOWN',
        pointer: '/steps/2/capability',
        message: 'no agent answers "text.wrte"',
        suggestion: 'did you mean text.write?',
      },
      {
        code: 'REFERENCE_UNRESOLVED',
        pointer: '/outputs/0',
        message: '"state.prced": there is no step "prced"',
        suggestion: 'did you mean state.priced?',
      },
    ]);
  }); // prettier-ignore

  it('says what does not fit in words', () => {
    const args = {
      ...priced.args,
      limit: '{{state.listed.asof}}',
      days: '{{state.listed.owner}}',
      mode: 'x',
    };
    const { problems } = checkPattern(
      { ...soundPattern, steps: [listed, { ...priced, args }] },
      checkContext,
    );
    expect(problems.map(({ message }) => message)).toEqual([
      '"state.listed.asof" is a text (date) where a decimal as text is wanted',
      '"state.listed.owner" is a text where a number is wanted',
      'the value does not fit: must be one of ["last","mid"]',
    ]);
  });

  it('knows a capability under its older name', () => {
    const steps = [{ ...listed, capability: 'positions.list' }, priced];
    expect(checkPattern({ ...soundPattern, steps }, checkContext).problems).toEqual([]);
  });

  it.each([null, true, 5, 'x', [], {}, [{}], { steps: 5 }, { steps: [null, 5, [], {}] }])(
    'refuses %j as a pattern',
    (source) => {
      const { pattern, problems } = checkPattern(source, checkContext);
      expect([pattern, problems.length > 0]).toEqual([null, true]);
    },
  );

  it('passes every shipped pattern without a warning, under its own file name', () => {
    const root = path.resolve('patterns');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /.+\/.+\.json$/.test(file),
    );
    expect(files.length).toBeGreaterThan(0);
    const sources = files.map(
      (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<'id' | 'category', string>,
    );
    const { compiled } = compileSet(sources, signaturesOf(catalogue, aliases));
    compiled.forEach(({ problems, warnings }, i) => {
      expect([files[i], problems, warnings]).toEqual([files[i], [], []]);
    });
    expect(files).toEqual(sources.map(({ id, category }) => `${category}/${id}.json`));
  });
});

/** Every kind of step and most members, so that a change anywhere meets something. */
const rich = {
  ...soundPattern,
  inputs: { ...soundPattern.inputs, n: { type: 'integer', default: 3, minimum: 1 } },
  steps: [
    listed,
    { ...priced, condition: 'state.listed.count > inputs.n', optional: true },
    {
      steps: [{ compute: { a: 'state.listed.count + 1' }, as: 'sums' }],
      outputs: { a: '{{state.sums.a}}' },
      as: 'group',
      on_error: [{ match: ['*'], use: { a: 1 } }],
    },
    {
      map: { in: '{{state.listed.positions}}', do: { capability: 'text.write', args: { text: 'Of {{item.symbol}}' } } },
      as: 'rows',
    },
    {
      repeat: { do: { compute: 'last == null ? 1 : last + 1', as: 'round' }, until: 'last > 3', max: 5 },
      as: 'loop',
    },
    { pattern: 'holdings', args: { id: '{{inputs.id}}' }, as: 'sub' },
    { wait: { until: '{{state.listed.asof}}' }, as: 'pause' },
    { approval: { title: 'Go {{state.loop}}?', form: { type: 'object' }, timeout: 'P1D' }, as: 'asked' },
    { assert: 'state.asked.decision == "approve"', message: 'no', as: 'sure' },
    {
      capability: 'order.place',
      args: { symbol: 'A' },
      as: 'placed',
      retry: { maximum_attempts: 2 },
      compensate: { capability: 'order.cancel', args: { order_id: '{{state.placed.order_id}}' } },
    },
  ],
  outputs: { all: ['{{state.priced}}', '{{state.group.a}}', '{{state.rows}}'], sub: '{{state.sub.listed}}' },
  display: { panels: [{ id: 'a', title: 'A', type: 'table', source: 'listed.positions' }] },
  tests: [{ name: 't', inputs: { id: '00000000-0000-4000-8000-000000000001' }, mocks: { 'time.read': { result: {} } }, expect: { steps: { 'rows.0': 'success' } } }],
}; // prettier-ignore

describe('whatever comes', () => {
  const check = (source: unknown): void => {
    const started = performance.now();
    const { problems, warnings } = checkPattern(source, checkContext);
    expect(performance.now() - started).toBeLessThan(5000);
    for (const { code, pointer, message } of [...problems, ...warnings]) {
      expect(Object.keys(problemCodes)).toContain(code);
      expect(pointer).toMatch(/^(\/|$)/);
      expect(message).not.toBe('');
    }
  };

  it('is known well enough to be mutated', () => {
    const { problems, warnings } = checkPattern(rich, checkContext);
    expect([problems, warnings.map(({ code }) => code)]).toEqual([
      [expect.objectContaining({ pointer: '/tests/0/mocks/time.read/result/at' })],
      ['UNUSED'],
    ]);
  });

  it('is told, not thrown: any JSON', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 5 }), check), { numRuns: 200 });
  });

  it('is told, not thrown: a pattern with any one of its values changed', () => {
    const places = placesOf(rich);
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom<unknown>('{{state.', '{{}}', '{{state.listed}}', '{{item}}', 'state.x >', [], {}, { $async: true }, { compute: 'x' }, { capability: 5 }, ...Object.values(rich.steps)),
    );
    const members = [...new Set(places.flatMap((place) => place.at(-1) ?? []))];
    const mutation = fc.record({
      place: fc.nat(places.length - 1),
      value,
      remove: fc.boolean(),
      added: fc.option(fc.constantFrom(...members)),
    });
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const copy = structuredClone(rich) as object;
        for (const { place, value: other, remove, added } of mutations) {
          const at = [...(places[place] ?? []), ...(added === null ? [] : [added])];
          change(copy, at, structuredClone(other), remove && added === null);
        }
        // A change behind the end of a list leaves holes, which no JSON text has.
        check(JSON.parse(JSON.stringify(copy)));
      }),
      { numRuns: 250 },
    );
  }, 60_000);

  const doubling = (member: (before: string) => object) =>
    Array.from({ length: 150 }, (_, i) => ({ as: `s${String(i)}`, ...member(i === 0 ? 'inputs.id' : `state.s${String(i - 1)}`) }));
  const deep = (schema: object, depth: number): object =>
    depth === 0 ? schema : { anyOf: [{ type: 'object', properties: { a: deep(schema, depth - 1) } }, { type: 'object', properties: { a: deep({}, depth - 3 < 0 ? 0 : depth - 3) } }] };

  it.each<[string, () => object]>([
    ['types that double with every step', () => ({ steps: doubling((before) => ({ compute: `{"a": ${before}, "b": ${before}}` })), outputs: ['s149'] })],
    ['lists of lists that double', () => ({ steps: doubling((before) => ({ compute: `[[${before}], [${before}]]` })), outputs: ['s149'] })],
    ['groups whose outputs double', () => ({ steps: doubling((before) => ({ steps: [{ compute: '1', as: 'x' }], outputs: { a: `{{${before}}}`, b: `{{${before}}}` } })), outputs: ['s149'] })],
    ['100,000 references to nothing', () => ({ outputs: { x: '{{nothing.at.all}}'.repeat(100_000) } })],
    ['a reference of a million segments', () => ({ outputs: { x: `{{state.listed${'.a'.repeat(900_000)}}}` } })],
    ['50,000 unknown members', () => Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`nam${String(i)}`, 1]))],
    ['50,000 unknown arguments', () => ({ steps: [{ ...listed, args: Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`portfolio_${String(i)}`, '{{x}}'])) }], outputs: ['listed'] })],
    ['50,000 outputs that are expressions of nothing', () => ({ outputs: Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`o${String(i)}`, `{{state.x${String(i)}}}`])) })],
    ['a regular expression that takes for ever', () => ({ inputs: { id: { type: 'string', pattern: '^(([a-z])+.)+[A-Z]$', default: 'a'.repeat(60) } } })],
    ['nested alternatives', () => ({ steps: [{ approval: { title: 'x', form: deep({ type: 'string' }, 9) }, as: 'a' }, { pattern: 'holdings', args: { id: '{{state.a.data}}' }, as: 'b' }], outputs: ['b'] })],
    ['a chain of 199 steps that may be missing', () => ({ steps: [{ ...listed, as: 's0', condition: 'inputs.id != ""' }, ...Array.from({ length: 198 }, (_, i) => ({ capability: 'prices.apply', args: { positions: `{{state.s${String(i)}.${i === 0 ? 'positions' : 'rows'}}}` }, as: `s${String(i + 1)}` }))], outputs: ['s198'] })],
  ])('takes no longer than it may: %s', (_title, changes) => {
    check({ ...soundPattern, ...changes() });
  });
}); // prettier-ignore

function placesOf(value: unknown, at: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, member]) => placesOf(member, [...at, key]))];
}

function change(root: object, place: string[], value: unknown, remove: boolean): void {
  const parent = place.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown> | null)?.[key], root);
  const key = place.at(-1);
  if (typeof parent !== 'object' || parent === null || key === undefined) return;
  if (Array.isArray(parent) && !/^[0-9]+$/.test(key)) return;
  if (remove && Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (remove) delete (parent as Record<string, unknown>)[key];
  else (parent as Record<string, unknown>)[key] = value;
} // prettier-ignore
