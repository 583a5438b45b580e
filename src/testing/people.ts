/** The people of a pattern test: who answers an approval, when, with what. */
import type { RequestContext } from '../contract/request-context';
import { toMilliseconds } from '../pattern/duration';
import type { ApprovalAnswer, ApprovalRequest } from '../pattern/run/port';
import type { PatternTest } from '../pattern/tests-schema';
import type { Mishap } from './result';
import { validatorOf } from './schema-problems';

export interface GivenAnswer {
  afterMs: number;
  /** @param now milliseconds since the epoch */
  answer(now: number): ApprovalAnswer;
}

/** The test's answer to this approval; `null`: nobody answers. One that the API would refuse is none, and is told. */
export function answerTo(
  { path, form, not_starter }: ApprovalRequest,
  { test, ctx }: { test: PatternTest; ctx: RequestContext },
  tell: (mishap: Mishap) => void,
): GivenAnswer | null {
  const { answers = {} } = test;
  const given = Object.hasOwn(answers, path) ? answers[path] : undefined;
  if (!given) return null;
  const { after, by, decision = 'approve', data = null } = given;
  const at = `answers.${path}`;
  if (not_starter && by === ctx.user_id) {
    tell({ at: `${at}.by`, message: 'whoever started the run may not answer', received: by });
    return null;
  }
  const [problem] = decision === 'approve' && form !== null ? validatorOf(form)(data) : [];
  if (problem) {
    const message = `does not fit the form: ${problem.pointer} ${problem.message}`;
    tell({ at: `${at}.data`, message, received: data });
    return null;
  }
  const afterMs = after === undefined ? 0 : toMilliseconds(after);
  return { afterMs, answer: (now) => ({ decision, data, by, at: new Date(now).toISOString() }) };
}
