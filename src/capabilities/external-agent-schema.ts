/** What `agents/<name>.json` holds. A member that this build does not know is refused, never ignored. */
import { type Static, Type } from '@sinclair/typebox';
import { StringEnum } from '../contract/scalars';

const closed = { additionalProperties: false } as const;
const Duration = Type.String({
  pattern: '^P(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+(\\.[0-9]+)?S)?|[0-9]+D)$',
  description: 'ISO 8601 duration, e.g. PT10S',
});
const JsonSchema = Type.Record(Type.String(), Type.Unknown());

/** As a pattern's `retry` writes it; what is left out is as for capabilities of this project. */
export const ExternalPolicy = Type.Object(
  {
    start_to_close_timeout: Type.Optional({ ...Duration, description: 'the longest one attempt may take' }),
    maximum_attempts: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 100, description: '0: as often as the run’s time allows' }),
    ),
    initial_interval: Type.Optional(Duration),
    backoff_coefficient: Type.Optional(Type.Number({ minimum: 1, maximum: 10 })),
    maximum_interval: Type.Optional(Duration),
  },
  closed,
);
export type ExternalPolicy = Static<typeof ExternalPolicy>;

const DeclaredCapability = Type.Object(
  {
    name: Type.String({
      pattern: '^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)+$',
      maxLength: 128,
      description: 'e.g. orders.place; also the activity’s name on the queue',
    }),
    summary: Type.String({ minLength: 1, maxLength: 500 }),
    args: { ...JsonSchema, description: 'JSON Schema 2020-12 of an object, without $ref' },
    result: { ...JsonSchema, description: 'JSON Schema 2020-12, without $ref' },
    effect: StringEnum(['none', 'write']),
    pure: Type.Optional(
      Type.Boolean({ description: 'depends on arguments, pack and ledger commit alone; default false' }),
    ),
    errors: Type.Optional(
      Type.Array(Type.String({ pattern: '^[A-Z][A-Z0-9_]{0,63}$' }), {
        uniqueItems: true,
        description: 'codes of its own, beside the table of errors',
      }),
    ),
    policy: Type.Optional(ExternalPolicy),
    version: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 32,
        description: 'raise it when the meaning of a result changes; default 1',
      }),
    ),
  },
  { ...closed, title: 'ExternalCapability' },
);

export const AgentFile = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    agent: Type.String({ pattern: '^[a-z][a-z0-9_]{0,63}$', description: 'same as the file name' }),
    task_queue: Type.String({ minLength: 1, maxLength: 200 }),
    capabilities: Type.Array(DeclaredCapability, { minItems: 1, maxItems: 200 }),
  },
  { ...closed, title: 'ExternalAgent' },
);
export type AgentFile = Static<typeof AgentFile>;
