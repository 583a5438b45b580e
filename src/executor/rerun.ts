/** `POST /v1/executions/{id}/rerun`: the same request again, on another pack or with another version where one is named. */
import { type Static, Type } from '@sinclair/typebox';
import type { RequestHandler } from 'express';
import { ExecuteRequest } from '../contract/execution';
import type { ExecutionRow } from '../db/executions';
import { compileSchema } from '../validate';
import { answerRun, toSubmission } from './execute';
import type { ExecuteDeps } from './execute-deps';
import { requireOwn } from './executions';
import { refuseProblems } from './request-checks';
import { submit } from './submit';

const { version, asof_date, mode, patience } = ExecuteRequest.properties;
export const RerunRequest = Type.Object(
  { version, asof_date, mode, patience },
  { additionalProperties: false, title: 'RerunRequest' },
);
export type RerunRequest = Static<typeof RerunRequest>;

const bodyProblems = compileSchema(RerunRequest);

export function rerun(deps: ExecuteDeps): RequestHandler {
  return async (req, res) => {
    const body: unknown = req.body ?? {};
    const problems = bodyProblems(body);
    if (problems.length > 0) refuseProblems(problems);
    const row = await requireOwn(deps, req, res);
    const request = toRequest(row, body as RerunRequest);
    // Asked for by its old id, so that a remembered result, which would be that of the old run, is no answer.
    const submission = { ...toSubmission(req, res, request), fresh: true };
    await answerRun(deps, req, res, () => submit(deps, submission));
  };
}

/** What is not named stays as it was: the version, the date, the way it ran. */
function toRequest(row: ExecutionRow, change: RerunRequest): ExecuteRequest {
  return {
    pattern_id: row.pattern.id,
    version: row.pattern.version,
    inputs: row.inputs,
    asof_date: row.asof_date,
    mode: row.mode,
    ...(row.portfolio_id !== null && { portfolio_id: row.portfolio_id }),
    ...change,
  };
}
