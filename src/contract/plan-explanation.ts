/** What `POST /v1/plan` tells of a plan before anything runs: order and its reasons, rights, memory, pack, drawings. */
import { type Static, Type } from '@sinclair/typebox';
import { IsoDate, Nullable, PackId, StringEnum } from './scalars';
import { traceKinds } from './trace';

/** `hit` and `miss` say what memory holds now; a run may find it otherwise. */
export const CachePrediction = Type.Object(
  {
    state: StringEnum(['hit', 'miss', 'unknown', 'off']),
    reason: Type.String(),
  },
  { additionalProperties: false, title: 'CachePrediction' },
);
export type CachePrediction = Static<typeof CachePrediction>;

export const PlannedWait = Type.Object(
  {
    step: Type.String({ description: 'path of the step that has to end first' }),
    reason: StringEnum(['reference', 'after', 'gate', 'write']),
    detail: Type.String({
      description: 'where it is named and how, e.g. `args.items = {{state.made.items}}`',
    }),
  },
  { additionalProperties: false, title: 'PlannedWait' },
);
export type PlannedWait = Static<typeof PlannedWait>;

export const ExplainedStep = Type.Object(
  {
    path: Type.String({ description: 'as in the trace, with `*` for the number of an item or a round' }),
    within: Nullable(
      Type.String({ description: 'path of the group, map, loop, sub-pattern or caught step' }),
    ),
    as: Type.String(),
    kind: StringEnum(traceKinds),
    capability: Nullable(Type.String()),
    version: Nullable(Type.String({ description: 'of the capability' })),
    agent: Nullable(Type.String()),
    pattern: Nullable(Type.String({ description: 'the sub-pattern, as id@version' })),
    effect: StringEnum(['none', 'write']),
    condition: Nullable(Type.String()),
    optional: Type.Boolean(),
    catches: Type.Array(Type.String(), { description: 'of a handler: the codes it takes over' }),
    undo: Nullable(Type.String({ description: 'the capability that undoes it' })),
    waits_for: Type.Array(PlannedWait),
    wave: Type.Integer({
      minimum: 1,
      description: 'steps of one list with the same number can run at the same time',
    }),
    predicted_cache: Nullable(CachePrediction),
  },
  { additionalProperties: false, title: 'ExplainedStep' },
);
export type ExplainedStep = Static<typeof ExplainedStep>;

export const PackReadiness = Type.Object(
  {
    id: Nullable(PackId),
    status: StringEnum(['fresh', 'warming', 'error', 'missing']),
    asof_date: Nullable(IsoDate),
    ready: Type.Boolean(),
    message: Type.Optional(Type.String({ description: 'why it is not ready' })),
  },
  { additionalProperties: false, title: 'PackReadiness' },
);
export type PackReadiness = Static<typeof PackReadiness>;

export const PlanExplanation = Type.Object(
  {
    pattern: Type.Object(
      { id: Type.String(), version: Type.String(), sha256: Type.String() },
      { additionalProperties: false },
    ),
    direct: Type.Object(
      { eligible: Type.Boolean(), reasons: Type.Array(Type.String(), { description: 'why not' }) },
      { additionalProperties: false, description: 'whether `mode: "direct"` is possible' },
    ),
    patience: StringEnum(['interactive', 'background']),
    rights: Type.Array(Type.String(), { description: 'needed to start it' }),
    approval_rights: Type.Array(Type.String(), { description: 'needed to answer what it asks' }),
    steps: Type.Array(ExplainedStep, { description: 'in the order of the pattern, depth first' }),
    critical_path: Type.Array(Type.String(), { description: 'paths of the longest chain' }),
    critical_path_ms: Nullable(
      Type.Integer({ description: 'as recent runs took; null: none is known, the chain has the most steps' }),
    ),
    pack: Nullable(PackReadiness),
    remembered: Nullable(
      Type.String({ description: 'the execution that would answer this request without a run' }),
    ),
    mermaid: Type.String({ description: 'a flowchart' }),
    text: Type.String(),
  },
  { additionalProperties: false, title: 'PlanExplanation' },
);
export type PlanExplanation = Static<typeof PlanExplanation>;
