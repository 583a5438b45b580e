/** The trace: what ran, by whom, on which sources, how fresh. The wire names are the specification's. */
import { type Static, Type } from '@sinclair/typebox';
import { IsoDate, Nullable, StringEnum } from './scalars';

export const CacheUse = StringEnum(
  ['hit', 'miss', 'off', 'recorded'],
  '`hit`: remembered; `recorded`: what the step was answered before, here or in the execution that is verified',
);

/** What an agent says of its own answer; travels in the activity's envelope beside the result. */
export const AgentMetadata = Type.Object(
  {
    agent: Type.String(),
    source: Nullable(Type.String({ description: 'e.g. ledger:sha256:… or pricing_pack:PP_2013-02-28' })),
    asof_date: Nullable(IsoDate),
    ttl: Nullable(Type.Integer({ description: 'seconds a display may show this without refreshing' })),
    confidence: Nullable(Type.Number({ minimum: 0, maximum: 1 })),
    attempt: Type.Integer({ minimum: 1 }),
    cache: CacheUse,
    source_execution_id: Nullable(
      Type.String({
        description: 'of what is remembered or recorded: the execution whose call gave the result',
      }),
    ),
    args_digest: Type.String(),
    result_digest: Type.String(),
  },
  { additionalProperties: false, title: 'AgentMetadata' },
);
export type AgentMetadata = Static<typeof AgentMetadata>;

/** What every capability activity returns. */
export interface Envelope {
  result: unknown;
  meta: AgentMetadata;
}

export const StepError = Type.Object(
  {
    code: Type.String(),
    message: Type.String(),
    step: Type.String(),
    attempts: Type.Integer(),
    details: Type.Unknown(),
  },
  { additionalProperties: false, title: 'StepError' },
);
export type StepError = Static<typeof StepError>;

export const stepStatuses = ['success', 'skipped', 'degraded', 'error', 'compensated', 'not_run'] as const;

export const traceKinds = [
  'capability', 'pattern', 'group', 'map', 'repeat', 'compute', 'wait', 'approval', 'assert',
] as const; // prettier-ignore

/** How a step was undone, or that it could not be. */
export const Compensation = Type.Object(
  {
    capability: Type.String(),
    agent: Type.String(),
    status: StringEnum(['success', 'error']),
    order: Type.Integer({ description: '0 for the first undo of the run' }),
    args_digest: Type.String(),
    started_at: Type.String({ format: 'date-time' }),
    duration_ms: Type.Integer(),
    attempts: Type.Integer(),
    error: Type.Optional(StepError),
  },
  { additionalProperties: false, title: 'Compensation' },
);
export type Compensation = Static<typeof Compensation>;

export const StepTrace = Type.Object(
  {
    path: Type.String(),
    as: Type.String(),
    kind: StringEnum(traceKinds),
    capability: Nullable(Type.String()),
    version: Type.Optional(Type.String({ description: 'of the capability' })),
    agent: Nullable(Type.String()),
    status: StringEnum(stepStatuses),
    args: Type.Unknown({ description: 'resolved arguments; a text note instead when larger than 4 KiB' }),
    args_digest: Nullable(Type.String()),
    result_digest: Nullable(Type.String()),
    started_at: Nullable(Type.String({ format: 'date-time' })),
    duration_ms: Nullable(Type.Integer()),
    attempts: Type.Integer(),
    cache: CacheUse,
    source: Nullable(Type.String()),
    asof_date: Type.Optional({ ...IsoDate, description: 'of the source' }),
    source_execution_id: Type.Optional(
      Type.String({
        description: 'of what is remembered or recorded: the execution whose call gave the result',
      }),
    ),
    reason: Type.Optional(Type.String({ description: 'why a step was skipped' })),
    condition: Type.Optional(
      Type.Object(
        {
          expression: Type.String(),
          value: Nullable(Type.Boolean()),
          operands: Type.Record(Type.String(), Type.Unknown()),
        },
        { additionalProperties: false },
      ),
    ),
    error: Type.Optional(StepError),
    compensation: Type.Optional(Compensation),
  },
  { additionalProperties: false, title: 'StepTrace' },
);
export type StepTrace = Static<typeof StepTrace>;

export const PanelStaleness = Type.Object(
  {
    panel_id: Type.String(),
    capability: Type.String(),
    asof_date: Nullable(IsoDate),
    age_days: Nullable(Type.Integer({ description: 'ctx.asof_date minus the date of the source' })),
    ttl: Nullable(Type.Integer()),
    stale: Nullable(Type.Boolean()),
    reason: Type.Optional(Type.String()),
  },
  { additionalProperties: false, title: 'PanelStaleness' },
);
export type PanelStaleness = Static<typeof PanelStaleness>;

export const Trace = Type.Object(
  {
    trace_id: Type.String(),
    execution_id: Type.String(),
    workflow_id: Type.String(),
    run_id: Type.String(),
    mode: StringEnum(['durable', 'direct']),
    pattern: Type.Object(
      { id: Type.String(), version: Type.String(), sha256: Type.String() },
      { additionalProperties: false },
    ),
    pattern_id: Type.String(),
    pricing_pack_id: Type.String(),
    ledger_commit_hash: Nullable(Type.String()),
    asof_date: IsoDate,
    agents_used: Type.Array(Type.String()),
    capabilities_used: Type.Array(Type.String()),
    sources: Type.Array(Type.String()),
    per_panel_staleness: Type.Array(PanelStaleness),
    steps: Type.Array(StepTrace),
    degraded: Type.Array(Type.String()),
    fingerprint: Type.String({
      description: 'sha256 over pattern, inputs, pack, ledger commit, step results and statuses',
    }),
  },
  { additionalProperties: false, title: 'Trace' },
);
export type Trace = Static<typeof Trace>;
