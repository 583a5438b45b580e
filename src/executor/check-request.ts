/** `POST /v1/patterns/check`: what is wrong with a pattern, all at once, without keeping it. */
import { type Static, Type } from '@sinclair/typebox';
import type { RequestHandler } from 'express';
import { checkPattern } from '../pattern/check';
import type { CheckContext } from '../pattern/check-context';
import { compileSchema } from '../validate';
import { ProblemItem } from './patterns';
import { refuseProblems } from './request-checks';

export const CheckRequest = Type.Object(
  {
    pattern: Type.Unknown(),
    strict: Type.Optional(Type.Boolean({ description: 'warnings are problems' })),
  },
  { additionalProperties: false, title: 'CheckRequest' },
);
export type CheckRequest = Static<typeof CheckRequest>;

export const CheckResult = Type.Object(
  {
    ok: Type.Boolean({ description: 'it can run here' }),
    problems: Type.Array(ProblemItem),
    warnings: Type.Array(ProblemItem),
  },
  { additionalProperties: false, title: 'CheckResult' },
);
export type CheckResult = Static<typeof CheckResult>;

const bodyProblems = compileSchema(CheckRequest);

export function checkRequest({ checkContext }: { checkContext: CheckContext }): RequestHandler {
  return (req, res) => {
    const found = bodyProblems(req.body);
    if (found.length > 0) refuseProblems(found);
    const { pattern, strict = false } = req.body as CheckRequest;
    const { problems, warnings } = checkPattern(pattern, checkContext, { strict });
    res.json({ ok: problems.length === 0, problems, warnings } satisfies CheckResult);
  };
}
