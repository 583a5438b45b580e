/** Our evaluator against another CEL engine, on every expression without decimals: what both can say they say alike. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type CelInput, isCelError, isCelList, isCelMap, run } from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import fc from 'fast-check';
import { EngineError } from '../contract/errors';
import { evaluateExpression, normaliseForCel, parseExpression } from './expression';
import { openFrame, type Scope } from './scope';

const root = path.join(__dirname, '../..');

/** They hold templates and data: a `condition` in there is an agent's own. */
const withoutExpressions: ReadonlySet<string> = new Set(['args', 'tests']);

/** Every string below a member that holds an expression, wherever in the file. */
function expressionsIn(value: unknown, holds = false): string[] {
  if (typeof value === 'string') return holds ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => expressionsIn(item, holds));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([name]) => !withoutExpressions.has(name))
    .flatMap(([name, member]) =>
      expressionsIn(member, holds || ['condition', 'compute', 'assert'].includes(name) || name === 'until'),
    );
}

function fileExpressions(): string[] {
  const folders = ['patterns', 'examples/patterns'].map((folder) => path.join(root, folder));
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.json') && file.includes(path.sep))
      .map((file) => path.join(folder, file)),
  );
  const all = files.flatMap((file) => expressionsIn(JSON.parse(readFileSync(file, 'utf8'))));
  return [...new Set(all)].filter((source) => !source.includes('decimal(') && isExpression(source));
}

/** `wait.until` holds a reference in braces or a moment, and no expression. */
function isExpression(source: string): boolean {
  return !/^(\{\{[^{}]*\}\}|\d{4}-\d\d-\d\d.*)$/.test(source);
}

const scalars = fc.oneof(
  fc.integer({ min: -20, max: 20 }),
  fc.constantFrom(0.5, 252, 365, 1e6),
  fc.constantFrom('', 'a', 'open', 'B10', 'äö'),
  fc.boolean(),
);
const values: fc.Arbitrary<unknown> = fc.oneof(
  scalars,
  fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 4 }),
  fc.array(fc.record({ value: fc.integer({ min: -5, max: 5 }), symbol: fc.constantFrom('A', 'B') }), {
    maxLength: 3,
  }),
  fc.constant(null),
);

interface Bindings {
  inputs: Record<string, unknown>;
  state: Record<string, unknown>;
  item: unknown;
  index: number;
}

function scopeOf({ inputs, state, item, index }: Bindings): Scope {
  const frame = openFrame(null, { item, index, last: item, error: { code: 'DATA_MISSING' } });
  for (const [name, value] of Object.entries(state)) {
    frame.ended.set(name, { status: 'success', value, missing: false, error: null, attempts: 1 });
  }
  return { ctx: {}, inputs, frame };
}

/** `{ value }`, or that it has none. */
function ours(source: string, bindings: Bindings): { value: unknown } | 'none' {
  try {
    return { value: evaluateExpression(parseExpression(source), scopeOf(bindings)) };
  } catch {
    return 'none';
  }
}

function theirs(source: string, { inputs, state, item, index }: Bindings): { value: unknown } | 'none' {
  const steps = Object.fromEntries(
    Object.keys(state).map((name) => [name, { status: 'success', error: null, attempts: 1 }]),
  );
  const given = { ctx: {}, inputs, state, steps, item, index, last: item, error: { code: 'DATA_MISSING' } };
  // Values that are plain JSON objects: what makes others up has no prototype, which that engine does not take.
  const plain = JSON.parse(JSON.stringify(given)) as Record<string, CelInput>;
  const result = run(normaliseForCel(source), plain, { funcs: strings });
  return isCelError(result) ? 'none' : { value: toJson(result) };
}

function toJson(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (isCelList(value)) return [...value].map(toJson);
  if (isCelMap(value))
    return Object.fromEntries([...value].map(([key, member]) => [key as string, toJson(member)]));
  return Object.is(value, -0) ? 0 : value;
}

/** Numbers that JSON has not are errors with us. */
function isJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return typeof value !== 'object' || value === null || Object.values(value).every(isJson);
}

function expectAlike(source: string, bindings: Bindings): void {
  const [own, other] = [ours(source, bindings), theirs(source, bindings)];
  const comparable = other === 'none' || !isJson(other.value) ? 'none' : other;
  expect({ source, cel: normaliseForCel(source), bindings, gives: own }).toEqual({
    source, cel: normaliseForCel(source), bindings, gives: comparable,
  }); // prettier-ignore
}

/** Ours are narrower than the other engine's, and have tests of their own. */
function isWithinLimits(source: string): boolean {
  try {
    parseExpression(source);
    return true;
  } catch (error) {
    return !(error instanceof EngineError && error.code === 'LIMIT_EXCEEDED');
  }
}

const runs = 300;

describe('expressions, against another CEL engine', () => {
  const bindings = fc.record({
    inputs: fc.record({ n: fc.integer({ min: -3, max: 9 }), text: fc.constantFrom('a', 'bc') }),
    state: fc.record({
      list: fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 4 }),
      rows: fc.array(fc.record({ value: fc.integer(), symbol: fc.constantFrom('A', 'B') }), { maxLength: 3 }),
      number: fc.integer({ min: -9, max: 9 }),
      text: fc.constantFrom('', 'abc', 'äb'),
      flag: fc.boolean(),
      nothing: fc.constant(null),
    }),
    item: scalars,
    index: fc.nat(5),
  });
  const { number, text, bool } = fc.letrec<{ number: string; text: string; bool: string }>((tie) => ({
    number: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('1', '2.5', '0', 'state.number', 'inputs.n', 'index', 'state.list.length', 'size(state.rows)'),
      fc.tuple(tie('number'), fc.constantFrom('+', '-', '*', '/'), tie('number')).map((parts) => `(${parts.join(' ')})`),
      fc.tuple(tie('bool'), tie('number'), tie('number')).map(([c, a, b]) => `(${c} ? ${a} : ${b})`),
      tie('text').map((of) => `size(${of})`),
      tie('number').map((of) => `-(${of})`),
    ),
    text: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('"a"', "'ä'", 'state.text', 'inputs.text'),
      fc.tuple(tie('text'), tie('text')).map(([a, b]) => `(${a} + ${b})`),
      fc.tuple(tie('bool'), tie('text'), tie('text')).map(([c, a, b]) => `(${c} ? ${a} : ${b})`),
    ),
    bool: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('true', 'false', 'state.flag', 'state.nothing == null', 'state.list != null', '"A" in state.rows.map(r, r.symbol)'),
      fc.tuple(tie('number'), fc.constantFrom('<', '<=', '>', '>=', '==', '!='), tie('number')).map((parts) => `(${parts.join(' ')})`),
      fc.tuple(tie('text'), fc.constantFrom('<', '>=', '==', '!='), tie('text')).map((parts) => `(${parts.join(' ')})`),
      fc.tuple(tie('bool'), fc.constantFrom('&&', '||'), tie('bool')).map((parts) => `(${parts.join(' ')})`),
      tie('bool').map((of) => `!(${of})`),
      fc.tuple(fc.constantFrom('all', 'exists', 'exists_one'), tie('number')).map(([loop, n]) => `state.list.${loop}(x, x > ${n})`),
      fc.tuple(tie('text'), fc.constantFrom('startsWith', 'endsWith', 'contains'), tie('text')).map(([a, f, b]) => `${a}.${f}(${b})`),
      tie('number').map((n) => `${n} in state.list`),
    ),
  })); // prettier-ignore
  const lists = fc.oneof(
    fc.tuple(bool, number).map(([c, n]) => `state.list.filter(x, x > ${n} || ${c})`),
    number.map((n) => `state.list.map(x, x * ${n})`),
    fc.tuple(number, text).map(([n, t]) => `[${n}, ${t}, {"a": ${n}}]`),
    bool.map((c) => `state.rows.filter(r, r.value > 0 && ${c}).map(r, r.symbol)`),
  );

  it('give the same value, or none, whatever is generated', () => {
    const within = fc.oneof(number, text, bool, lists).filter(isWithinLimits);
    fc.assert(fc.property(within, bindings, expectAlike), {
      numRuns: runs * 10,
    });
  });

  const known = fileExpressions();
  it('finds the expressions of the patterns', () => {
    expect(known.length).toBeGreaterThan(3);
  });

  it.each(known)('agree on %s, with whatever its references hold', (source) => {
    const { references } = parseExpression(source);
    const names = [
      ...new Set(references.filter(({ root: at }) => at === 'state').map(({ path: at }) => at[0] ?? '')),
    ];
    const inputs = [
      ...new Set(references.filter(({ root: at }) => at === 'inputs').map(({ path: at }) => at[0] ?? '')),
    ];
    const shapes = references.map(({ path: at, root: of }) => [of, ...at].join('.'));
    // To CEL and to us `has` of what is no map is an error, and a member that is null is there; not to the other engine.
    const members = [...source.matchAll(/has\((?!inputs|state|ctx)\w+\.(\w+)\)/g)].map(
      ([, name = '']) => name,
    );
    const entry = fc.record(Object.fromEntries(members.map((name) => [name, fc.string()])), {
      requiredKeys: [],
    });
    const held = members.length === 0 ? values : fc.array(entry);
    const one = (name: string, of: 'state' | 'inputs'): fc.Arbitrary<unknown> => {
      const below = shapes
        .filter((shape) => shape.startsWith(`${of}.${name}.`))
        .map((shape) => shape.split('.').slice(2));
      return below.length === 0
        ? held
        : fc.record(Object.fromEntries(below.map(([key = '']) => [key, values])));
    };
    const items = fc.oneof(scalars, fc.record({ value: scalars, symbol: scalars }));
    const given = fc.record({
      inputs: fc.record(Object.fromEntries(inputs.map((name) => [name, one(name, 'inputs')]))),
      state: fc.record(Object.fromEntries(names.map((name) => [name, one(name, 'state')]))),
      item: items,
      index: fc.nat(5),
    });
    fc.assert(
      fc.property(given, (bindings) => {
        expectAlike(source, bindings);
      }),
      { numRuns: runs },
    );
  });
});
