/** A pattern's tests as data: what is mocked, answered and given, and what is then expected. */
import { type Static, Type } from '@sinclair/typebox';
import { StringEnum } from '../contract/scalars';
import { Duration } from './step-schema';

const closed = { additionalProperties: false } as const;
const Anything = Type.Record(Type.String(), Type.Unknown());

export const MockRule = Type.Object(
  {
    args: Type.Optional({ ...Anything, description: 'answers only calls whose arguments contain these' }),
    times: Type.Optional(Type.Integer({ minimum: 1, description: 'calls it answers before it is used up' })),
    delay: Type.Optional(Duration),
    result: Type.Optional(Type.Unknown()),
    error: Type.Optional(
      Type.Object(
        {
          code: Type.String({ minLength: 1 }),
          message: Type.Optional(Type.String()),
          retryable: Type.Optional(Type.Boolean()),
          details: Type.Optional(Type.Unknown()),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'MockRule' },
);
export type MockRule = Static<typeof MockRule>;

export const TestAnswer = Type.Object(
  {
    after: Type.Optional(Duration),
    by: Type.String({ minLength: 1 }),
    decision: Type.Optional(StringEnum(['approve', 'reject'])),
    data: Type.Optional(Type.Unknown()),
  },
  { ...closed, title: 'TestAnswer' },
);
export type TestAnswer = Static<typeof TestAnswer>;

export const Expectation = Type.Object(
  {
    status: Type.Optional(StringEnum(['succeeded', 'failed', 'cancelled', 'timed_out', 'waiting'])),
    outputs: Type.Optional({ ...Anything, description: 'each exactly' }),
    steps: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'path -> status' })),
    attempts: Type.Optional(Type.Record(Type.String(), Type.Integer())),
    calls: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.Integer({ minimum: 0 }), Type.Array(Anything)]), {
        description: 'capability -> how often, or argument subsets in order',
      }),
    ),
    call_order: Type.Optional(Type.Array(Type.String())),
    order: Type.Optional(
      Type.Array(Type.Array(Type.String(), { minItems: 2, maxItems: 2 }), {
        description: '[a, b]: a ended before b started',
      }),
    ),
    overlap: Type.Optional(Type.Array(Type.Array(Type.String(), { minItems: 2, maxItems: 2 }))),
    compensations: Type.Optional(Type.Array(Type.String(), { description: 'paths undone, in order' })),
    error: Type.Optional(
      Type.Object(
        {
          code: Type.Optional(Type.String()),
          step: Type.Optional(Type.String()),
          message_contains: Type.Optional(Type.String()),
        },
        closed,
      ),
    ),
    elapsed: Type.Optional({
      ...Duration,
      description: 'duration on the virtual clock: ISO 8601, such as PT10S',
    }),
    problems: Type.Optional(
      Type.Array(Type.Object({ code: Type.String(), contains: Type.Optional(Type.String()) }, closed), {
        description: 'check must refuse the pattern so',
      }),
    ),
  },
  { ...closed, title: 'Expectation' },
);
export type Expectation = Static<typeof Expectation>;

export const PatternTest = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    inputs: Type.Optional(Anything),
    ctx: Type.Optional({ ...Anything, description: 'members over a fixed context' }),
    mocks: Type.Optional(
      Type.Record(Type.String(), Type.Union([MockRule, Type.Array(MockRule, { minItems: 1 })])),
    ),
    answers: Type.Optional(Type.Record(Type.String(), TestAnswer, { description: 'approval -> answer' })),
    expect: Expectation,
  },
  { ...closed, title: 'PatternTest' },
);
export type PatternTest = Static<typeof PatternTest>;
