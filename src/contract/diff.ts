/** What `POST /v1/diff` tells of two executions: where their results differ, and the first step at which they part. */
import { type Static, Type } from '@sinclair/typebox';
import { DecimalString, IsoDate, Nullable, StringEnum } from './scalars';

const closed = { additionalProperties: false } as const;

export const DiffSide = Type.Object(
  {
    execution_id: Type.String(),
    status: Type.String(),
    pattern: Type.Object({ id: Type.String(), version: Type.String(), sha256: Type.String() }, closed),
    pricing_pack_id: Type.String(),
    ledger_commit_hash: Nullable(Type.String()),
    asof_date: IsoDate,
    fingerprint: Type.String(),
  },
  { ...closed, title: 'DiffSide' },
);
export type DiffSide = Static<typeof DiffSide>;

export const FieldDifference = Type.Object(
  {
    pointer: Type.String({ description: 'JSON Pointer (RFC 6901) into `data`' }),
    change: StringEnum(['changed', 'only_left', 'only_right']),
    left: Type.Optional(Type.Unknown({ description: 'a text note instead when larger than 4 KiB' })),
    right: Type.Optional(Type.Unknown()),
    difference: Type.Optional({
      ...DecimalString,
      description: 'right minus left, exact; of decimals and numbers',
    }),
  },
  { ...closed, title: 'FieldDifference' },
);
export type FieldDifference = Static<typeof FieldDifference>;

export const diffReasons = [
  'pattern', 'inputs', 'pricing_pack', 'ledger_commit', 'context', 'capability_version', 'other_step', 'source',
] as const; // prettier-ignore

export const StepDifference = Type.Object(
  {
    path: Type.String(),
    what: StringEnum(['steps', 'status', 'error', 'args', 'result']),
    left: Nullable(Type.String({ description: 'a digest, a status or a code' })),
    right: Nullable(Type.String()),
    reasons: Type.Array(StringEnum(diffReasons), {
      description: '`source`: nothing that the engine knows of differs, so what the step reads has changed',
    }),
    explanation: Type.String(),
  },
  { ...closed, title: 'StepDifference' },
);
export type StepDifference = Static<typeof StepDifference>;

export const Diff = Type.Object(
  {
    equal: Type.Boolean({ description: 'the same data, and the same steps did the same' }),
    left: DiffSide,
    right: DiffSide,
    differences: Type.Array(FieldDifference, { description: 'in the order of the fields’ names' }),
    count: Type.Integer({ description: 'of all differences; the list has at most 1,000' }),
    first_step: Nullable(StepDifference),
  },
  { ...closed, title: 'Diff' },
);
export type Diff = Static<typeof Diff>;
