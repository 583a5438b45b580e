/** A capability that is not pure answers each step of an execution once; a run that verifies that execution is given the same answer. */
import type { Capability } from '../src/capabilities';
import type { CallOptions } from '../src/contract/call-options';
import type { Remembered } from '../src/contract/memo';
import type { AnswerPlace, RecordedAnswers } from '../src/contract/recorded-answers';
import type { RequestContext } from '../src/contract/request-context';
import type { Envelope } from '../src/contract/trace';

/** A result, and where the call got it from. */
export type Used = Remembered & { cache: Envelope['meta']['cache'] };

export interface Asked {
  place: AnswerPlace;
  /** The execution whose answers are given again. */
  from: string | null | undefined;
  /** Whether an earlier answer is one that the capability's schema admits today. */
  fits(result: unknown): boolean;
}

/** `undefined` for a call whose answer is not kept: a pure one, one that writes, one outside an execution. */
export function placeOf(
  { name, pure, effect }: Capability,
  { user_id }: Pick<RequestContext, 'user_id'>,
  { execution_id, path }: CallOptions,
  args_digest: string,
): AnswerPlace | undefined {
  if (pure || effect === 'write' || path === undefined) return undefined;
  return { user_id, execution_id, path, capability: name, args_digest };
}

/** @throws EngineError DATABASE_UNAVAILABLE; whatever `compute` throws */
export async function answerOnce(
  recorded: RecordedAnswers,
  asked: Asked,
  compute: () => Promise<Remembered>,
): Promise<Used> {
  const before = await answeredBefore(recorded, asked);
  if (before) return before;
  return { ...(await recorded.keep(asked.place, await compute())), cache: 'off' };
}

/** The answer of an earlier attempt, or of the execution that is verified: then this execution keeps it too. */
export async function answeredBefore(
  recorded: RecordedAnswers,
  { place, from = null, fits }: Asked,
): Promise<Used | null> {
  const found = await recorded.find(place, from);
  if (found === null || !fits(found.result)) return null;
  return { ...(from === null ? found : await recorded.keep(place, found)), cache: 'recorded' };
}
