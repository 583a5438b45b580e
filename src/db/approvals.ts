/** Approvals: the questions that running patterns put to people, one row for each step that waits. */
import type { ClosedApproval, NewApproval } from '../contract/approval';
import type { Tx } from './pool';

export interface ApprovalRow extends Omit<NewApproval, 'due_at'> {
  opened_at: Date;
  due_at: Date | null;
  closed_at: Date | null;
  decision: 'approve' | 'reject' | null;
  answered_by: string | null;
}

const columns = `execution_id, step, user_id, workflow_id, path, pattern_id, title, form, rights, not_starter,
  opened_at, due_at, closed_at, decision, answered_by`;

/** Without NUL, which PostgreSQL's texts cannot hold. */
const shown = (text: string): string => text.replaceAll('\u0000', '\ufffd');
/** The same of its escape in JSON, wherever that is no text about an escape. */
const shownJson = (json: string): string => json.replace(/(?<!\\)((?:\\\\)*)\\u0000/g, '$1\\ufffd');

/** Asks; a repeated attempt asks nothing new, and a run that was reset asks again. */
export async function openApproval(tx: Tx, approval: NewApproval): Promise<void> {
  const { execution_id, step, user_id, workflow_id, path, pattern_id, title, form, rights, due_at } =
    approval;
  await tx.query(
    `insert into approvals (execution_id, step, user_id, workflow_id, path, pattern_id, title, form, rights,
       not_starter, due_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (execution_id, step) do update
       set closed_at = null, decision = null, answered_by = null, title = excluded.title, due_at = excluded.due_at`,
    [
      execution_id, step, user_id, workflow_id, path, pattern_id, shown(title),
      form === null ? null : shownJson(JSON.stringify(form)), rights.map(shown), approval.not_starter,
      due_at === null ? null : new Date(due_at),
    ], // prettier-ignore
  );
  await tx.query(`update executions set status = 'waiting' where id = $1 and finished_at is null`, [
    execution_id,
  ]);
}

export async function closeApproval(tx: Tx, { execution_id, step, answer }: ClosedApproval): Promise<void> {
  await tx.query(
    `update approvals set closed_at = now(), decision = $3, answered_by = $4
      where execution_id = $1 and step = $2 and closed_at is null`,
    [execution_id, step, answer?.decision ?? null, answer?.by ?? null],
  );
  await tx.query(
    `update executions set status = 'running' where id = $1 and finished_at is null
       and not exists (select from approvals where execution_id = $1 and closed_at is null)`,
    [execution_id],
  );
}

/** The open questions that this transaction's user may see: his own, and those that his rights answer. Oldest first. */
export async function listOpenApprovals(
  tx: Tx,
  executionId: string | null,
  limit: number,
): Promise<ApprovalRow[]> {
  const { rows } = await tx.query<ApprovalRow>(
    `select ${columns} from approvals
      where closed_at is null and ($1::uuid is null or execution_id = $1) order by opened_at, step limit $2`,
    [executionId, limit],
  );
  return rows;
}

export async function findApproval(tx: Tx, executionId: string, step: string): Promise<ApprovalRow | null> {
  const { rows } = await tx.query<ApprovalRow>(
    `select ${columns} from approvals where execution_id = $1 and step = $2`,
    [executionId, step],
  );
  return rows[0] ?? null;
}
