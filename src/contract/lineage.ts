/** What `GET /v1/executions/{id}/lineage` tells of one field of a result: all that it came from. */
import { type Static, Type } from '@sinclair/typebox';
import { IsoDate, Nullable, StringEnum, Uuid } from './scalars';
import { CacheUse, stepStatuses, traceKinds } from './trace';

export const LineageLink = Type.Object(
  {
    step: Nullable(
      Type.String({ description: 'path of the step that gave it; null: an input or the context' }),
    ),
    reference: Type.String({
      description: 'as the pattern names it, `inputs.size` or `state.made.items` say',
    }),
    via: Type.String({ description: 'what it was read for: args, compute, outputs, in, condition, …' }),
  },
  { additionalProperties: false, title: 'LineageLink' },
);
export type LineageLink = Static<typeof LineageLink>;

export const LineageStep = Type.Object(
  {
    path: Type.String(),
    as: Type.String(),
    kind: StringEnum(traceKinds),
    capability: Nullable(Type.String()),
    version: Nullable(Type.String({ description: 'of the capability' })),
    agent: Nullable(Type.String()),
    pattern: Nullable(Type.String({ description: 'the sub-pattern, as id@version' })),
    status: StringEnum(stepStatuses),
    source: Nullable(Type.String()),
    asof_date: Nullable(IsoDate),
    args_digest: Nullable(Type.String()),
    result_digest: Nullable(Type.String()),
    cache: CacheUse,
    source_execution_id: Nullable(
      Type.String({ description: 'on a cache hit: the execution whose call gave the result' }),
    ),
    error: Nullable(Type.String({ description: 'the code of a failure that was caught' })),
    fed_by: Type.Array(LineageLink),
  },
  { additionalProperties: false, title: 'LineageStep' },
);
export type LineageStep = Static<typeof LineageStep>;

export const Lineage = Type.Object(
  {
    execution_id: Uuid,
    field: Type.String(),
    value: Type.Optional(Type.Unknown({ description: 'left out when larger than 4 KiB' })),
    value_digest: Type.String(),
    pattern: Type.Object(
      { id: Type.String(), version: Type.String(), sha256: Type.String() },
      { additionalProperties: false },
    ),
    pricing_pack_id: Type.String(),
    ledger_commit_hash: Nullable(Type.String()),
    asof_date: IsoDate,
    output: Type.Object(
      { name: Type.String(), fed_by: Type.Array(LineageLink) },
      { additionalProperties: false },
    ),
    steps: Type.Array(LineageStep, { description: 'nearest to the field first' }),
    inputs: Type.Record(Type.String(), Type.Unknown(), { description: 'those that it depends on' }),
    context: Type.Array(Type.String(), { description: 'members of the context that it depends on' }),
    capabilities: Type.Array(Type.String(), { description: 'as name@version' }),
    sources: Type.Array(Type.String()),
    asof_dates: Type.Array(IsoDate, { description: 'of the sources, oldest first' }),
    truncated: Type.Boolean({ description: 'more steps fed it than are listed' }),
  },
  { additionalProperties: false, title: 'Lineage' },
);
export type Lineage = Static<typeof Lineage>;
