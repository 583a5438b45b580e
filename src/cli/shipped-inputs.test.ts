/** What a shipped pattern takes as an input, and hands on as it is, the capability takes too: a mistake is told before anything runs. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { catalogue } from '../capabilities';
import { inputSchema } from '../pattern/inputs';
import type { InputSchema } from '../pattern/schema';

interface Schema {
  type?: string;
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: unknown;
}

/** Where `from` admits a value that `to` refuses, as far as these keywords say; nothing when it admits no such value. */
function wider(from: Schema, to: Schema, at = ''): string[] {
  if (from.anyOf) return from.anyOf.flatMap((one) => wider(one, to, at));
  if (to.anyOf) {
    const misfits = to.anyOf.map((one) => wider(from, one, at));
    return misfits.some((one) => one.length === 0) ? [] : [`${at} fits no alternative`];
  }
  const found: string[] = [];
  const unless = (isFine: boolean, what: string): void => {
    if (!isFine) found.push(`${at} ${what}`);
  };
  unless(to.type === undefined || from.type === to.type || (from.type === 'integer' && to.type === 'number'), 'type');
  unless(to.format === undefined || from.format === to.format, 'format');
  // An amount that may not be negative is one that may.
  unless(to.pattern === undefined || [to.pattern, to.pattern.replace('^-?', '^')].includes(from.pattern ?? ''), 'pattern');
  const values = valuesOf(to);
  unless(!values || (valuesOf(from)?.every((value) => values.includes(value)) ?? false), 'values');
  for (const name of ['minLength', 'minItems', 'minProperties'] as const) unless((from[name] ?? 0) >= (to[name] ?? 0), name);
  for (const name of ['maxLength', 'maxItems'] as const) unless((from[name] ?? Infinity) <= (to[name] ?? Infinity), name);
  const [least, most] = [leastOf(from), mostOf(from)];
  unless(least >= (to.minimum ?? -Infinity) && mayReach(least, from.exclusiveMinimum, to.exclusiveMinimum, 1), 'minimum');
  unless(most <= (to.maximum ?? Infinity) && mayReach(most, from.exclusiveMaximum, to.exclusiveMaximum, -1), 'maximum');
  if (to.items) found.push(...(from.items ? wider(from.items, to.items, `${at}/0`) : [`${at} items`]));
  return [...found, ...widerMembers(from, to, at)];
} // prettier-ignore

function widerMembers(from: Schema, to: Schema, at: string): string[] {
  if (to.type !== 'object') return [];
  const isClosed = to.additionalProperties === false;
  const left = (to.required ?? []).filter((name) => !(from.required ?? []).includes(name));
  const members = Object.entries(from.properties ?? {}).flatMap(([name, member]) => {
    const other = to.properties?.[name];
    if (other) return wider(member, other, `${at}/${name}`);
    return isClosed ? [`${at}/${name} is unknown`] : [];
  });
  const patterns = Object.entries(to.patternProperties ?? {}).flatMap(([pattern, member]) => {
    const own = from.patternProperties?.[pattern];
    return own ? wider(own, member, `${at}/*`) : [`${at}/* may be anything`];
  });
  return [
    ...members,
    ...patterns,
    ...left.map((name) => `${at}/${name} may be left out`),
    ...(isClosed && from.additionalProperties !== false ? [`${at} additionalProperties`] : []),
  ];
}

const valuesOf = (schema: Schema): unknown[] | undefined =>
  schema.enum ?? ('const' in schema ? [schema.const] : undefined);
const leastOf = ({ minimum, exclusiveMinimum }: Schema): number =>
  Math.max(minimum ?? -Infinity, exclusiveMinimum ?? -Infinity);
const mostOf = ({ maximum, exclusiveMaximum }: Schema): number =>
  Math.min(maximum ?? Infinity, exclusiveMaximum ?? Infinity);

/** Whether a bound stays on the inner side of an exclusive one. */
function mayReach(own: number, ownExclusive: number | undefined, limit: number | undefined, sign: 1 | -1): boolean {
  if (limit === undefined) return true;
  return own === limit ? ownExclusive === limit : sign * (own - limit) > 0;
} // prettier-ignore

/** As JSON, without words for people. */
function bare(schema: unknown): string {
  return JSON.stringify(schema ?? {}, (key, value: unknown) =>
    key === 'description' || key === 'title' ? undefined : value,
  );
}

describe('the comparison', () => {
  const number = { type: 'number', minimum: 0, maximum: 1 };
  it.each<[string, Schema, Schema, string[]]>([
    ['finds nothing in what is the same', number, number, []],
    ['finds nothing in what is narrower', { type: 'integer', minimum: 1, maximum: 1 }, number, []],
    ['finds a range without an end', { type: 'number', minimum: 0 }, number, [' maximum']],
    ['finds a bound that the other excludes', { type: 'number', minimum: 0 }, { type: 'number', exclusiveMinimum: 0 }, [' minimum']],
    ['finds another type', { type: 'string' }, number, [' type', ' minimum', ' maximum']],
    ['finds a free text for a choice', { type: 'string' }, { type: 'string', enum: ['a'] }, [' values']],
    ['finds a value that is no choice', { type: 'string', enum: ['a', 'b'] }, { type: 'string', enum: ['a'] }, [' values']],
    ['finds null where it is not taken', { anyOf: [number, { type: 'null' }] }, number, [' type', ' minimum', ' maximum']],
    ['takes one of several', number, { anyOf: [{ type: 'null' }, number] }, []],
    ['finds an object that may hold anything', { type: 'object' }, { type: 'object', additionalProperties: false }, [' additionalProperties']],
    ['finds items that may be anything', { type: 'array' }, { type: 'array', items: number, maxItems: 3 }, [' maxItems', ' items']],
    ['finds a member that may be missing', { type: 'object' }, { type: 'object', required: ['a'] }, ['/a may be left out']],
  ])('%s', (_what, from, to, expected) => {
    expect(wider(from, to)).toEqual(expected);
  }); // prettier-ignore
});

interface HandedOn {
  input: string;
  capability: keyof typeof catalogue;
  argument: string;
}

/** Every argument below a value that is an input and nothing else. */
function handedOn(value: unknown): HandedOn[] {
  if (typeof value !== 'object' || value === null) return [];
  const { capability, args = {} } = value as { capability?: keyof typeof catalogue; args?: object };
  const own = Object.entries(args).flatMap(([argument, template]: [string, unknown]) => {
    const input = typeof template === 'string' ? /^\{\{inputs\.(\w+)\}\}$/.exec(template)?.[1] : undefined;
    return capability === undefined || input === undefined ? [] : [{ input, capability, argument }];
  });
  return [...own, ...Object.values(value).flatMap(handedOn)];
}

const folder = path.resolve(__dirname, '../../patterns');
const patterns = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json') && file.includes(path.sep))
  .sort()
  .map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Shipped);

interface Shipped {
  id: string;
  inputs: Record<string, InputSchema>;
  steps: unknown[];
}

it.each(patterns.map(({ id, inputs, steps }) => [id, inputs, steps] as const))(
  '%s takes no input that a capability refuses for its form',
  (_id, inputs, steps) => {
    const handed = handedOn(steps);
    const found = handed.flatMap(({ input, capability, argument }) => {
      const { properties } = catalogue[capability].args as unknown as { properties: Record<string, Schema> };
      const from = JSON.parse(bare(inputSchema(inputs[input] as InputSchema))) as Schema;
      const misfits = wider(from, properties[argument] ?? {});
      return misfits.map((misfit) => `${input} → ${capability} ${argument}: ${misfit.trim()}`);
    });
    expect(found).toEqual([]);
  },
);

it('looks at something', () => {
  const all = patterns.flatMap(({ steps }) => handedOn(steps));
  expect(all.length).toBeGreaterThan(60);
});
