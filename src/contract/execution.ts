/** What a caller sends to run a pattern, and what comes back. */
import { type Static, Type } from '@sinclair/typebox';
import { IsoDate, Nullable, PackId, StringEnum, Uuid } from './scalars';
import { StepError, Trace } from './trace';

export const executionModes = ['durable', 'direct'] as const;
export type ExecutionMode = (typeof executionModes)[number];
const Mode = StringEnum(
  executionModes,
  '`direct`: in the API’s own process, for patterns whose every step is pure and short',
);
const Patience = StringEnum(
  ['interactive', 'background'],
  '`background`: as many attempts as it takes, up to seven days; answered with 202 at once',
);

export const ExecuteRequest = Type.Object(
  {
    pattern_id: Type.String({ pattern: '^[a-z][a-z0-9_]{0,63}$' }),
    version: Type.Optional(Type.String({ maxLength: 32, pattern: '^[0-9]+\\.[0-9]+\\.[0-9]+$' })),
    portfolio_id: Type.Optional(Uuid),
    inputs: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    asof_date: Type.Optional(IsoDate),
    asof: Type.Optional({ ...IsoDate, description: 'alias of asof_date' }),
    mode: Type.Optional(Mode),
    patience: Type.Optional(Patience),
  },
  { additionalProperties: false, title: 'ExecuteRequest' },
);
export type ExecuteRequest = Static<typeof ExecuteRequest>;

export const executionStatuses = [
  'running',
  'waiting',
  'succeeded',
  'failed',
  'cancelled',
  'timed_out',
] as const;
export type ExecutionStatus = (typeof executionStatuses)[number];

export const Chart = Type.Object(
  {
    panel_id: Type.String(),
    title: Type.String(),
    type: Type.String(),
    spec: Type.Optional(Type.Unknown({ description: 'a Vega-Lite specification' })),
    table: Type.Optional(Type.Unknown({ description: '{ columns, rows }' })),
    reason: Type.Optional(Type.String({ description: 'why the panel is degraded' })),
  },
  { additionalProperties: false, title: 'Chart' },
);
export type Chart = Static<typeof Chart>;

/** What one run of a plan leaves behind; written by `engine.store_execution`. */
export interface Outcome {
  status: Exclude<ExecutionStatus, 'running' | 'waiting'>;
  data: Record<string, unknown>;
  charts: Chart[];
  trace: Trace;
  error: StepError | null;
}

export const ExecutionHandle = Type.Object(
  {
    id: Uuid,
    status: StringEnum(executionStatuses),
    workflow_id: Type.String(),
    run_id: Type.String(),
    mode: Mode,
    cached: Type.Optional(
      Type.Literal(true, {
        description: 'an earlier execution of the same request on the same snapshot; its id is given',
      }),
    ),
    links: Type.Record(Type.String(), Type.String()),
  },
  { additionalProperties: false, title: 'ExecutionHandle' },
);
export type ExecutionHandle = Static<typeof ExecutionHandle>;

export const ExecuteResponse = Type.Object(
  {
    data: Type.Record(Type.String(), Type.Unknown()),
    charts: Type.Array(Chart),
    trace: Trace,
    execution: ExecutionHandle,
  },
  { additionalProperties: false, title: 'ExecuteResponse' },
);
export type ExecuteResponse = Static<typeof ExecuteResponse>;

/** One row of `GET /v1/executions` and the body of `GET /v1/executions/{id}`. */
export const Execution = Type.Object(
  {
    execution: ExecutionHandle,
    pattern: Type.Object(
      { id: Type.String(), version: Type.String(), sha256: Type.String() },
      { additionalProperties: false },
    ),
    portfolio_id: Nullable(Uuid),
    pricing_pack_id: Type.String(),
    ledger_commit_hash: Nullable(Type.String()),
    asof_date: IsoDate,
    created_at: Type.String({ format: 'date-time' }),
    finished_at: Nullable(Type.String({ format: 'date-time' })),
    restated_by: Nullable({
      ...PackId,
      description:
        'the correction that took the place of its pricing pack: run it again for the corrected figures',
    }),
    error: Nullable(StepError),
    degraded: Type.Array(Type.String()),
    data: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    charts: Type.Optional(Type.Array(Chart)),
    trace: Type.Optional(Trace),
  },
  { additionalProperties: false, title: 'Execution' },
);
export type Execution = Static<typeof Execution>;
