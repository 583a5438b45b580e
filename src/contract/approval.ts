/** A person's answer, as the API tells it to the workflow that waits. */
export interface ApprovalMessage {
  /** The step's path in the workflow that is told. */
  path: string;
  decision: 'approve' | 'reject';
  data: unknown;
  /** The user's id. */
  by: string;
}
