/** The pattern file's type and JSON Schema. A member that this build does not implement is refused, never ignored. */
import { type Static, Type } from '@sinclair/typebox';
import { StringEnum } from '../contract/scalars';

const closed = { additionalProperties: false } as const;
const name = '^[a-z][a-z0-9_]{0,63}$';

export const categories = [
  'analysis', 'workflow', 'action', 'governance',
  'portfolio', 'macro', 'risk', 'economy', 'news', 'export', 'tax',
] as const; // prettier-ignore

/** JSON Schema 2020-12 without `$ref`, with `required` beside it, and the short types `uuid`, `date`, `decimal`. */
export const InputSchema = Type.Object(
  { type: Type.String(), required: Type.Optional(Type.Boolean()) },
  { additionalProperties: true, title: 'InputSchema' },
);
export type InputSchema = Static<typeof InputSchema>;

const Duration = Type.String({
  pattern: '^P(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+(\\.[0-9]+)?S)?|[0-9]+D)$',
  description: 'ISO 8601 duration, e.g. PT10S',
});

export const Step = Type.Object(
  {
    capability: Type.String({ minLength: 1, maxLength: 128, description: 'a name of the catalogue' }),
    as: Type.Optional(Type.String({ pattern: name, description: 'name of the result; unique in the file' })),
    args: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    condition: Type.Optional(
      Type.String({ minLength: 1, maxLength: 2000, description: 'CEL; false skips the step' }),
    ),
    after: Type.Optional(
      Type.Union(
        [
          Type.String({ pattern: name }),
          Type.Array(Type.String({ pattern: name }), { minItems: 1, uniqueItems: true }),
        ],
        {
          description: 'steps to wait for, however they end',
        },
      ),
    ),
    parallel: Type.Optional(Type.Boolean({ description: 'a hint; the order is inferred from references' })),
    optional: Type.Optional(
      Type.Boolean({ description: 'a failure degrades the run instead of failing it' }),
    ),
    timeout: Type.Optional(Duration),
    retry: Type.Optional(
      Type.Object(
        {
          maximum_attempts: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
          initial_interval: Type.Optional(Duration),
          backoff_coefficient: Type.Optional(Type.Number({ minimum: 1, maximum: 10 })),
          maximum_interval: Type.Optional(Duration),
          non_retryable: Type.Optional(Type.Array(Type.String(), { uniqueItems: true })),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'Step' },
);
export type Step = Static<typeof Step>;

const Panel = Type.Object(
  {
    id: Type.String({ pattern: name }),
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
    id: Type.String({ pattern: name, description: 'same as the file name' }),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    version: Type.Optional(
      Type.String({ pattern: '^[0-9]+\\.[0-9]+\\.[0-9]+$', description: 'default 1.0.0' }),
    ),
    category: Type.Optional(StringEnum(categories)),
    description: Type.Optional(Type.String({ maxLength: 2000 })),
    tags: Type.Optional(Type.Array(Type.String())),
    author: Type.Optional(Type.String()),
    created: Type.Optional(Type.String({ format: 'date' })),
    inputs: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]{0,63}$' }), InputSchema, closed),
    ),
    steps: Type.Array(Step, { minItems: 1, maxItems: 200 }),
    outputs: Type.Union([
      Type.Array(Type.String({ pattern: name }), { minItems: 1, uniqueItems: true }),
      Type.Record(Type.String(), Type.Unknown()),
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
  },
  { ...closed, title: 'Pattern' },
);
export type Pattern = Static<typeof Pattern>;

/** Words that a step may not be named by, since expressions give them a meaning. */
export const reservedNames = ['ctx', 'inputs', 'state', 'steps', 'item', 'index', 'last', 'error'];
