/** The pattern file's type and JSON Schema. A member that this build does not implement is refused, never ignored. */
import { type Static, Type } from '@sinclair/typebox';
import { StringEnum } from '../contract/scalars';
import { nameOfA, Outputs, type Step } from './step-schema';
import { PatternTest } from './tests-schema';

const closed = { additionalProperties: false } as const;

export const categories = [
  'analysis', 'workflow', 'action', 'governance',
  'portfolio', 'macro', 'risk', 'economy', 'news', 'export', 'tax',
] as const; // prettier-ignore

/**
 * JSON Schema 2020-12 without `$ref`, with `required` and `required_unless` beside it, and the short types `uuid`, `date`,
 * `decimal`.
 */
export const InputSchema = Type.Object(
  {
    type: Type.String(),
    required: Type.Optional(Type.Boolean()),
    required_unless: Type.Optional(
      Type.Array(Type.String(), {
        minItems: 1,
        uniqueItems: true,
        description: 'other inputs: it must be given when none of them is',
      }),
    ),
  },
  { additionalProperties: true, title: 'InputSchema' },
);
export type InputSchema = Static<typeof InputSchema>;

const Panel = Type.Object(
  {
    id: nameOfA('panel id'),
    title: Type.String({ minLength: 1, maxLength: 200 }),
    type: Type.String({ minLength: 1, maxLength: 64 }),
    source: Type.String({ minLength: 1, maxLength: 500, description: 'path of a reference, without braces' }),
    refresh_ttl: Type.Optional(Type.Integer({ minimum: 0, description: 'seconds' })),
  },
  { ...closed, title: 'Panel' },
);

export const Pattern = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    id: nameOfA('pattern id (also the name of its file)'),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    version: Type.Optional(
      Type.String({
        pattern: '^[0-9]+\\.[0-9]+\\.[0-9]+$',
        description: 'version: three numbers such as 1.0.0',
        default: '1.0.0',
      }),
    ),
    category: Type.Optional(StringEnum(categories)),
    description: Type.Optional(Type.String({ maxLength: 2000 })),
    tags: Type.Optional(Type.Array(Type.String())),
    author: Type.Optional(Type.String()),
    created: Type.Optional(
      Type.String({ format: 'date', description: 'date: YYYY-MM-DD such as 2026-01-31' }),
    ),
    inputs: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]{0,63}$' }), InputSchema, closed),
    ),
    steps: Type.Array(Type.Object({}, { additionalProperties: true, title: 'Step' }), {
      minItems: 1,
      maxItems: 200,
    }),
    outputs: Type.Union([
      ...Outputs.anyOf,
      Type.Object(
        { panels: Type.Array(Type.Unknown()) },
        { ...closed, description: 'older files: the panels’ sources' },
      ),
    ]),
    display: Type.Optional(Type.Object({ panels: Type.Array(Panel) }, closed)),
    presentation: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    rights_required: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { uniqueItems: true })),
    export_allowed: Type.Optional(
      Type.Object({ pdf: Type.Optional(Type.Boolean()), csv: Type.Optional(Type.Boolean()) }, closed),
    ),
    observability: Type.Optional(
      Type.Object({ otel_span_name: Type.Optional(Type.String({ maxLength: 128 })) }, closed),
    ),
    tests: Type.Optional(Type.Array(PatternTest)),
  },
  { ...closed, title: 'Pattern' },
);
/** A pattern whose shape was checked, its steps included (`check-shape.ts`). */
export type Pattern = Omit<Static<typeof Pattern>, 'steps'> & { steps: Step[] };

/** Words that a step may not be named by, since expressions give them a meaning. */
export const reservedNames = ['ctx', 'inputs', 'state', 'steps', 'item', 'index', 'last', 'error'];
