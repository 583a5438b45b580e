/** The step kinds and their members: one closed schema for each kind, so that a problem names the member and not a union. */
import { type TObject, type TSchema, type TString, Type } from '@sinclair/typebox';

const closed = { additionalProperties: false } as const;

/** What a step, a pattern or a panel may be called. */
export const namePattern = '^[a-z][a-z0-9_]{0,63}$';
const nameForm = 'a small letter, then at most 63 small letters, digits or _';

/** A name of that form. Descriptions of texts with a form go on after "… is no": what it is, a colon, the form. */
export const nameOfA = (what: string): TString =>
  Type.String({ pattern: namePattern, description: `${what}: ${nameForm}` });

export const Duration = Type.String({
  pattern: '^P(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+(\\.[0-9]+)?S)?|[0-9]+D)$',
  description: 'duration: ISO 8601, such as PT10S, PT1H30M or P7D',
});
export const Expression = Type.String({ minLength: 1, maxLength: 2000, description: 'CEL' });
const Name = nameOfA('step name');
const Template = Type.Unknown({ description: 'a value that may hold references' });
const Args = Type.Record(Type.String(), Type.Unknown(), { description: 'argument -> template' });
const CapabilityName = Type.String({ minLength: 1, maxLength: 128, description: 'a name of the catalogue' });
export const Outputs = Type.Union([
  Type.Array(Name, { minItems: 1, uniqueItems: true }),
  Type.Record(Type.String(), Type.Unknown()),
]);

/** Stands for a step inside a step; checked by walking, and a `$ref` in `patterns/schema.json`. */
const InnerStep: TSchema = Type.Object({}, { additionalProperties: true, title: 'Step' });

export const stepKinds = [
  'capability', 'pattern', 'steps', 'map', 'repeat', 'compute', 'wait', 'approval', 'assert',
] as const; // prettier-ignore
export type StepKind = (typeof stepKinds)[number];

const common = {
  as: Type.Optional(nameOfA('step name (also that of its result, unique in the file)')),
  condition: Type.Optional({ ...Expression, description: 'CEL; false skips the step' }),
  after: Type.Optional(
    Type.Union([Name, Type.Array(Name, { minItems: 1, uniqueItems: true })], {
      description: 'steps to wait for, however they end',
    }),
  ),
  parallel: Type.Optional(Type.Boolean({ description: 'a hint; the order is inferred from references' })),
};
const timeout = { timeout: Type.Optional(Duration) };
const handlers = {
  fallback: Type.Optional(
    Type.Unknown({ description: 'a value or a step in place of the result when it fails' }),
  ),
  on_error: Type.Optional(
    Type.Array(
      Type.Object(
        { match: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }), use: Template },
        closed,
      ),
      { minItems: 1, description: 'the first entry that has the code, or "*", is used' },
    ),
  ),
};
const catching = {
  ...handlers,
  optional: Type.Optional(Type.Boolean({ description: 'a failure degrades the run instead of failing it' })),
};
const compensate = Type.Optional(
  Type.Object(
    { capability: CapabilityName, args: Type.Optional(Args) },
    { ...closed, description: 'the undo' },
  ),
);
const cache = Type.Optional(Type.Boolean({ description: 'false: do not use remembered results' }));
const retry = Type.Optional(
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
);

/** What inner steps of a map hold beside the list. */
const MapOf = Type.Object(
  {
    in: Template,
    do: InnerStep,
    concurrency: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: 'default 10' })),
    on_item_error: Type.Optional(Type.Union([Type.Literal('fail'), Type.Literal('collect')])),
    max_failures: Type.Optional(
      Type.Integer({ minimum: 0, description: 'with collect: more failures fail the step' }),
    ),
  },
  closed,
);
const RepeatOf = Type.Object(
  {
    do: InnerStep,
    until: Expression,
    max: Type.Integer({ minimum: 1, maximum: 1000 }),
    every: Type.Optional(Duration),
  },
  closed,
);
const WaitOf = Type.Object(
  {
    for: Type.Optional(Duration),
    until: Type.Optional(
      Type.String({ minLength: 1, description: 'a moment, RFC 3339, or a reference to one' }),
    ),
  },
  { ...closed, minProperties: 1, maxProperties: 1 },
);
const ApprovalOf = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 500, description: 'may hold references' }),
    form: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'JSON Schema of the answer’s data' }),
    ),
    timeout: Type.Optional(Duration),
    rights: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1, uniqueItems: true })),
    not_starter: Type.Optional(
      Type.Boolean({ description: 'whoever started the run may not answer; needs rights' }),
    ),
  },
  closed,
);

/** By kind, what a step of it may hold; anything else is refused. */
export const stepSchemas: Record<StepKind, TObject> = {
  capability: Type.Object(
    { capability: CapabilityName, args: Type.Optional(Args), ...common, ...timeout, ...catching, retry, compensate, cache },
    closed,
  ),
  pattern: Type.Object(
    {
      pattern: Type.String({
        pattern: '^[a-z][a-z0-9_]{0,63}(@[0-9]+\\.[0-9]+\\.[0-9]+)?$',
        description: 'pattern name: an id, or id@version, such as portfolio_overview@1.0.0',
      }),
      args: Type.Optional(Args),
      ...common,
      ...timeout,
      ...catching,
      compensate,
    },
    closed,
  ),
  steps: Type.Object(
    {
      steps: Type.Array(InnerStep, { minItems: 1, maxItems: 200 }),
      outputs: Type.Optional(
        Type.Union([...Outputs.anyOf, Type.String({ description: 'one reference: its value is the result' })]),
      ),
      ...common,
      ...timeout,
      ...catching,
    },
    closed,
  ),
  map: Type.Object({ map: MapOf, ...common, ...timeout, ...catching }, closed),
  repeat: Type.Object({ repeat: RepeatOf, ...common, ...timeout, ...catching }, closed),
  compute: Type.Object(
    {
      compute: Type.Union([Expression, Type.Record(Type.String({ minLength: 1 }), Expression, { minProperties: 1 })]),
      ...common,
      cache,
    },
    closed,
  ),
  wait: Type.Object({ wait: WaitOf, ...common }, closed),
  approval: Type.Object({ approval: ApprovalOf, ...common, ...timeout, ...handlers }, closed),
  assert: Type.Object(
    {
      assert: Expression,
      message: Type.Optional(Type.String({ minLength: 1, maxLength: 1000, description: 'may hold references' })),
      ...common,
    },
    closed,
  ),
}; // prettier-ignore

export interface Retry {
  maximum_attempts?: number;
  initial_interval?: string;
  backoff_coefficient?: number;
  maximum_interval?: string;
  non_retryable?: string[];
}
export interface MapOf {
  in: unknown;
  do: Step;
  concurrency?: number;
  on_item_error?: 'fail' | 'collect';
  max_failures?: number;
}
export interface RepeatOf {
  do: Step;
  until: string;
  max: number;
  every?: string;
}
export interface ApprovalOf {
  title: string;
  form?: Record<string, unknown>;
  timeout?: string;
  rights?: string[];
  not_starter?: boolean;
}
export interface Compensate {
  capability: string;
  args?: Record<string, unknown>;
}

/** A step that passed its kind's schema: exactly one of the kinds is there. */
export interface Step {
  capability?: string;
  pattern?: string;
  steps?: Step[];
  map?: MapOf;
  repeat?: RepeatOf;
  compute?: string | Record<string, string>;
  wait?: { for?: string; until?: string };
  approval?: ApprovalOf;
  assert?: string;
  args?: Record<string, unknown>;
  outputs?: string | string[] | Record<string, unknown>;
  message?: string;
  as?: string;
  condition?: string;
  after?: string | string[];
  parallel?: boolean;
  timeout?: string;
  retry?: Retry;
  optional?: boolean;
  fallback?: unknown;
  on_error?: { match: string[]; use: unknown }[];
  compensate?: Compensate;
  cache?: boolean;
}

/** The kind a step's members say it is; `null` when none, the first when several. */
export function kindOf(step: object): StepKind | null {
  return stepKinds.find((kind) => Object.hasOwn(step, kind)) ?? null;
}

/** Whether a `use` or `fallback` is a step and not a value: it has a kind as a member. */
export function isStep(use: unknown): use is Step {
  return typeof use === 'object' && use !== null && !Array.isArray(use) && kindOf(use) !== null;
}

/** The name of a step's result: `as`, else, of a capability, the part after the last dot; `null` when there is none. */
export function nameOf(step: Step): string | null {
  if (step.as !== undefined) return step.as;
  return step.capability === undefined ? null : step.capability.slice(step.capability.lastIndexOf('.') + 1);
}
