/** What is told of a run while it goes on: the query of the workflow, and the events that callers listen to. */
import { type Static, Type } from '@sinclair/typebox';
import { executionStatuses } from './execution';
import { Nullable, StringEnum } from './scalars';
import { CacheUse, stepStatuses, traceKinds } from './trace';

const closed = { additionalProperties: false } as const;

/** `event: step`: how a step stands now. Each says all that is known, so one that was missed is made good by the next. */
export const StepProgress = Type.Object(
  {
    path: Type.String(),
    as: Type.String(),
    kind: StringEnum(traceKinds),
    capability: Nullable(Type.String()),
    status: StringEnum(['running', ...stepStatuses]),
    duration_ms: Nullable(Type.Integer()),
    attempts: Type.Integer(),
    cache: CacheUse,
  },
  { ...closed, title: 'StepProgress' },
);
export type StepProgress = Static<typeof StepProgress>;

/** `event: status`. */
export const StatusEvent = Type.Object(
  { status: StringEnum(executionStatuses) },
  { ...closed, title: 'StatusEvent' },
);

/** `event: end`, the last one. */
export const EndEvent = Type.Object(
  { status: StringEnum(executionStatuses), links: Type.Record(Type.String(), Type.String()) },
  { ...closed, title: 'EndEvent' },
);
