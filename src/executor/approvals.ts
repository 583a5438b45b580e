/** Answering the questions that running patterns ask, and listing the ones that wait. */
import { type Static, Type } from '@sinclair/typebox';
import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import type { RequestHandler } from 'express';
import type { ApprovalMessage } from '../contract/approval';
import { EngineError } from '../contract/errors';
import { Nullable, StringEnum, Uuid } from '../contract/scalars';
import { type ApprovalRow, findApproval, listOpenApprovals } from '../db/approvals';
import { withUser } from '../db/pool';
import { compileSchema, type Validate } from '../validate';
import type { User } from './authenticate';
import { toEngineError } from './error-handler';
import type { FollowDeps } from './follow';
import { refuseProblems } from './request-checks';
import { userOf } from './request-scope';

const closed = { additionalProperties: false } as const;
const Moment = Type.String({ format: 'date-time' });

export const Approval = Type.Object(
  {
    execution_id: Uuid,
    step: Type.String({ description: 'the step’s path, as an answer names it' }),
    pattern_id: Type.String(),
    title: Type.String(),
    form: Nullable(Type.Unknown({ description: 'JSON Schema of an answer’s `data`; null: anything' })),
    rights: Type.Array(Type.String(), {
      description: 'whoever has all of them may answer; none: the starter',
    }),
    not_starter: Type.Boolean({ description: 'whoever started the execution may not answer' }),
    opened_at: Moment,
    due_at: Nullable(Moment),
  },
  { ...closed, title: 'Approval' },
);
export const ApprovalList = Type.Object(
  { approvals: Type.Array(Approval) },
  { ...closed, title: 'ApprovalList' },
);

export const ApproveRequest = Type.Object(
  {
    step: Type.String({ minLength: 1, maxLength: 500 }),
    decision: StringEnum(['approve', 'reject']),
    data: Type.Optional(Type.Unknown({ description: 'must fit the approval’s form' })),
  },
  { ...closed, title: 'ApproveRequest' },
);
export type ApproveRequest = Static<typeof ApproveRequest>;

export const ApproveResponse = Type.Object(
  {
    execution_id: Uuid,
    step: Type.String(),
    decision: StringEnum(['approve', 'reject']),
    by: Uuid,
    at: Moment,
  },
  { ...closed, title: 'ApproveResponse' },
);

const bodyProblems = compileSchema(ApproveRequest);
const idProblems = compileSchema(Uuid);
const shown = 200;
const answerMs = 10_000;

export function list({ pool }: FollowDeps): RequestHandler {
  return async (_req, res) => {
    const user = userOf(res);
    const rows = await withUser(pool, user.id, (tx) => listOpenApprovals(tx, null, shown), user.rights);
    res.json({ approvals: rows.map(toApproval) });
  };
}

export function approve(deps: FollowDeps): RequestHandler {
  return async (req, res) => {
    const user = userOf(res);
    const id = String(req.params['id']);
    const { step, decision, data } = requireAnswer(req.body);
    const row = idProblems(id).length > 0 ? null : await find(deps, user, id, step);
    if (!row)
      throw new EngineError('APPROVAL_NOT_FOUND', `No step "${step}" of the execution ${id} asks you.`);
    requireAnswerer(row, user);
    if (row.closed_at !== null) throw answered(row);
    if (decision === 'approve') requireForm(row, data ?? null);
    const at = await tell(deps, row, { path: row.path, decision, data: data ?? null, by: user.id });
    res.json({ execution_id: id, step, decision, by: user.id, at });
  };
}

function find({ pool }: FollowDeps, user: User, id: string, step: string): Promise<ApprovalRow | null> {
  return withUser(pool, user.id, (tx) => findApproval(tx, id, step), user.rights);
}

function requireAnswer(body: unknown): ApproveRequest {
  const problems = bodyProblems(body);
  if (problems.length > 0) refuseProblems(problems);
  return body as ApproveRequest;
}

/** Row-level security shows a question to its starter and to whoever has the rights; who of them may answer is said here. */
function requireAnswerer(row: ApprovalRow, user: User): void {
  const missing = row.rights.filter((right) => !user.rights.includes(right));
  if (missing.length > 0) {
    throw new EngineError(
      'RIGHTS_MISSING',
      `An answer to "${row.step}" needs the rights ${missing.join(', ')}.`,
      { missing },
    );
  }
  if (row.not_starter && row.user_id === user.id) {
    throw new EngineError(
      'RIGHTS_MISSING',
      `"${row.step}" has to be answered by somebody else than who started it.`,
      {
        missing: [],
      },
    );
  }
}

const forms = new Map<string, Validate>();

function requireForm(row: ApprovalRow, data: unknown): void {
  if (row.form === null) return;
  const text = JSON.stringify(row.form);
  const validate = forms.get(text) ?? compileSchema(row.form);
  if (forms.size < 500) forms.set(text, validate);
  const problems = validate(data).map((problem) => ({ ...problem, pointer: `/data${problem.pointer}` }));
  if (problems.length > 0) refuseProblems(problems);
}

/** @returns when the run took it */
async function tell({ client }: FollowDeps, row: ApprovalRow, message: ApprovalMessage): Promise<string> {
  try {
    return await client.withDeadline(Date.now() + answerMs, () =>
      client.workflow
        .getHandle(row.workflow_id)
        .executeUpdate<string, [ApprovalMessage]>('approve', { args: [message] }),
    );
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError || error instanceof WorkflowNotFoundError)
      throw answered(row);
    throw toEngineError(error);
  }
}

function answered({ step, decision, answered_by }: ApprovalRow): EngineError {
  const how = decision === null ? 'is not waited for any more' : `was answered: ${decision}`;
  return new EngineError('APPROVAL_CLOSED', `"${step}" ${how}.`, { decision, by: answered_by });
}

function toApproval(row: ApprovalRow): Static<typeof Approval> {
  const { execution_id, step, pattern_id, title, form, rights, not_starter, opened_at, due_at } = row;
  return {
    execution_id, step, pattern_id, title, form, rights, not_starter,
    opened_at: opened_at.toISOString(), due_at: due_at?.toISOString() ?? null,
  }; // prettier-ignore
}
