/** What a worker of another project answered: the bare result, or one in which it says more of it. */
import { type Static, Type } from '@sinclair/typebox';
import { EngineError } from '../src/contract/errors';
import { IsoDate, Nullable } from '../src/contract/scalars';
import { compileSchema } from '../src/validate';

/** `{ "$answer": { "result": …, "source": … } }`; no schema of a result would have such a member of its own. */
export const ExternalAnswer = Type.Object(
  {
    result: Type.Unknown(),
    source: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
    asof_date: Type.Optional(Nullable(IsoDate)),
    confidence: Type.Optional(Nullable(Type.Number({ minimum: 0, maximum: 1 }))),
    attempt: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false, title: 'ExternalAnswer' },
);
export type ExternalAnswer = Static<typeof ExternalAnswer>;

const problemsOf = compileSchema(ExternalAnswer);

/** @throws EngineError RESULT_INVALID when it is no JSON, or says more in a way that is not this one */
export function readAnswer(name: string, answered: unknown): ExternalAnswer {
  // As which the worker's codec hands on what it cannot read.
  if (ArrayBuffer.isView(answered)) {
    throw new EngineError('RESULT_INVALID', `${name} answered bytes, or JSON that is none (NaN, Infinity)`);
  }
  if (typeof answered !== 'object' || answered === null || !Object.hasOwn(answered, '$answer')) {
    return { result: answered };
  }
  const { $answer } = answered as { $answer: unknown };
  const [problem] = problemsOf($answer);
  if (!problem) return $answer as ExternalAnswer;
  throw new EngineError('RESULT_INVALID', `${name}: /$answer${problem.pointer} ${problem.message}`);
}
