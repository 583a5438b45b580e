/** `patterns/schema.json`: what editors complete pattern files against. It knows the catalogue's names and arguments; `check` knows more. */
import { InputSchema, Pattern } from '../src/pattern/schema';
import { type StepKind, stepKinds, stepSchemas } from '../src/pattern/step-schema';

type Schema = Record<string, unknown>;

/** What is needed of a capability. */
export interface CompletedCapability {
  name: string;
  summary: string;
  args: object;
}

const step = { $ref: '#/$defs/Step' };
const titles: Record<StepKind, string> = {
  capability: 'calls a capability of an agent',
  pattern: 'runs another pattern',
  steps: 'a group: steps with an order and a result of their own',
  map: 'one step for each item of a list',
  repeat: 'one step again and again, until a condition is true',
  compute: 'values from expressions',
  wait: 'waits for some time, or until a moment',
  approval: 'waits for a person',
  assert: 'fails when a condition is not true',
};

/** JSON Schema 2020-12. One definition for each kind of step, so that an editor shows the members of the kind that is written. */
export function patternFileSchema(capabilities: readonly CompletedCapability[]): Schema {
  const kinds = stepKinds.map((kind): [string, Schema] => [nameOf(kind), kindSchema(kind, capabilities)]);
  const file = withSteps(Pattern) as { properties: Schema };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...file,
    title: 'DawsOS pattern',
    properties: { ...file.properties, inputs: inputsSchema(file.properties['inputs'] as Schema) },
    $defs: {
      Step: {
        description: `a step has one of ${stepKinds.join(', ')}`,
        anyOf: stepKinds.map((kind) => ({ $ref: `#/$defs/${nameOf(kind)}` })),
      },
      ...Object.fromEntries(kinds),
    },
  };
}

function nameOf(kind: StepKind): string {
  return `${kind === 'steps' ? 'Group' : `${kind[0]?.toUpperCase() ?? ''}${kind.slice(1)}`}Step`;
}

function kindSchema(kind: StepKind, capabilities: readonly CompletedCapability[]): Schema {
  const schema = withSteps(stepSchemas[kind]) as { properties: Schema };
  const whole = { ...schema, title: nameOf(kind), description: titles[kind] };
  if (kind !== 'capability') return whole;
  return {
    ...whole,
    properties: { ...schema.properties, capability: capabilityName(capabilities) },
    allOf: capabilities.map(argumentsOf),
  };
}

/** The names are offered, but others are allowed: agents may be described by files. */
function capabilityName(capabilities: readonly CompletedCapability[]): Schema {
  return {
    description: 'a name of the catalogue',
    anyOf: [
      ...capabilities.map(({ name, summary }) => ({ const: name, description: summary })),
      { type: 'string', minLength: 1, maxLength: 128 },
    ],
  };
}

/** Of each argument the name and what it means; its value may be a reference, so its type is left to the check. */
function argumentsOf({ name, args }: CompletedCapability): Schema {
  const { properties = {}, required = [], additionalProperties } = args as {
    properties?: Record<string, Schema>;
    required?: string[];
    additionalProperties?: unknown;
  };
  const members = Object.entries(properties).map(([member, schema]): [string, Schema] => [member, hintOf(schema)]);
  const closed = additionalProperties === false ? { additionalProperties: false } : {};
  return {
    if: { properties: { capability: { const: name } }, required: ['capability'] },
    then: { properties: { args: { properties: Object.fromEntries(members), required, ...closed } } },
  };
} // prettier-ignore

function hintOf(schema: Schema): Schema {
  const { description, title, type } = schema;
  const values: unknown = schema['enum'];
  const kind = title ?? type;
  const words = [description, typeof kind === 'string' ? `(${kind})` : undefined].filter(Boolean).join(' ');
  return {
    ...(words === '' ? {} : { description: words }),
    ...(Array.isArray(values) ? { anyOf: [{ enum: values }, { type: 'string', pattern: '\\{\\{' }] } : {}),
  };
}

/** Types that inputs have beside those of JSON Schema, and the keywords that are used most. */
function inputsSchema(inputs: Schema): Schema {
  const types = ['uuid', 'date', 'decimal', 'string', 'number', 'integer', 'boolean', 'array', 'object'];
  const number = { type: 'number' };
  const input = {
    ...(InputSchema as Schema),
    properties: {
      type: { enum: types },
      required: { type: 'boolean', description: 'a run cannot do without it' },
      required_unless: {
        type: 'array',
        items: { type: 'string' },
        description: 'other inputs: it must be given when none of them is',
      },
      default: { description: 'what it is when it is not given' },
      description: { type: 'string' },
      enum: { type: 'array' },
      ...{ minimum: number, maximum: number, minLength: number, maxLength: number },
      ...{ pattern: { type: 'string' }, format: { type: 'string' }, items: { type: 'object' } },
    },
  };
  const [name = ''] = Object.keys(inputs['patternProperties'] as Schema);
  return { ...inputs, patternProperties: { [name]: input } };
}

/** What stands for an inner step becomes the definition of a step; so does the step that a value of a handler may be. */
function withSteps(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withSteps);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { title, additionalProperties, properties } = schema as Schema;
  if (title === 'Step' && additionalProperties === true) return step;
  const members = Object.entries(schema).map(([key, value]) => [key, withSteps(value)]);
  const copy = Object.fromEntries(members) as Schema & { properties?: Schema };
  if (properties) copy.properties = withHandlers(copy.properties ?? {});
  return copy;
}

/** A value may be anything, a step included: this way an editor offers a step's members. */
function withHandlers(properties: Schema): Schema {
  const names = ['fallback', 'use'].filter((name) => Object.hasOwn(properties, name));
  const handlers = names.map((name) => [name, { ...(properties[name] as Schema), anyOf: [step, {}] }]);
  return { ...properties, ...(Object.fromEntries(handlers) as Schema) };
}
