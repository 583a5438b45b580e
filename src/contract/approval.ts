/** Approvals: what a run asks of a person, and how it is told the answer. */

/** A question as its row keeps it. */
export interface NewApproval {
  execution_id: string;
  /** The step's whole path, sub-patterns included. */
  step: string;
  user_id: string;
  /** The workflow that waits, and the step's path in it. */
  workflow_id: string;
  path: string;
  pattern_id: string;
  title: string;
  /** JSON Schema of the answer's data; `null`: anything. */
  form: Record<string, unknown> | null;
  /** Whoever has all of them may answer; empty: whoever started the run. */
  rights: string[];
  not_starter: boolean;
  /** Milliseconds since the epoch. */
  due_at: number | null;
}

export interface ClosedApproval {
  execution_id: string;
  step: string;
  /** `null`: nobody answered. */
  answer: { decision: 'approve' | 'reject'; by: string } | null;
}

/** A person's answer, as the API tells it to the workflow that waits. */
export interface ApprovalMessage {
  /** The step's path in the workflow that is told. */
  path: string;
  decision: 'approve' | 'reject';
  data: unknown;
  /** The user's id. */
  by: string;
}
