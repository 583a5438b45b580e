/**
 * Approvals on Temporal: an update brings the answer; two activities keep the row that people see.
 *
 * The answer never waits for the row, so that a history says when a step ended without knowing of rows at all.
 */
import {
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';
import type { ApprovalMessage, ClosedApproval, NewApproval } from '../../src/contract/approval';
import type { RunPatternInput } from '../../src/pattern/plan';
import type { ApprovalAnswer, ApprovalRequest, OnStop } from '../../src/pattern/run/port';
import { wholePath } from '../../src/pattern/whole-path';
import { approveUpdate } from '../messages';

interface ApprovalActivities {
  'engine.open_approval': (approval: NewApproval) => Promise<void>;
  'engine.close_approval': (approval: ClosedApproval & { user_id: string }) => Promise<void>;
}

export interface Approvals {
  ask(request: ApprovalRequest, onStop: OnStop): Promise<ApprovalAnswer>;
  /** Resolves when all rows say what the workflow knows. */
  settled(): Promise<void>;
}

export function openApprovals(input: RunPatternInput, workflowId: string): Approvals {
  const waiting = new Map<string, (answer: ApprovalAnswer) => void>();
  let rows: Promise<void> = Promise.resolve();
  const inOrder = (work: () => Promise<void>): void => {
    // A row that cannot be written keeps nobody from answering by `temporal workflow update`; storing the run closes it.
    rows = rows.then(() => CancellationScope.nonCancellable(work)).catch(() => undefined);
  };
  setHandler(
    approveUpdate,
    ({ path, decision, data, by }) => {
      const at = new Date(Date.now()).toISOString();
      waiting.get(path)?.({ decision, data, by, at });
      waiting.delete(path);
      return at;
    },
    {
      validator: ({ path }: ApprovalMessage) => {
        if (!waiting.has(path)) {
          throw ApplicationFailure.nonRetryable(
            `nothing waits for an answer at "${path}"`,
            'APPROVAL_CLOSED',
          );
        }
      },
    },
  );
  return {
    ask: async (request, onStop) => {
      const step = wholePath(input, request.path);
      const opened = toRow(input, workflowId, step, request);
      inOrder(() => activities(request.path, 'open')['engine.open_approval'](opened));
      let answer: ApprovalAnswer | null = null;
      try {
        answer = await answerTo(waiting, request.path, onStop);
        return answer;
      } finally {
        const closed = { execution_id: input.execution_id, step, answer, user_id: input.ctx.user_id };
        inOrder(() => activities(request.path, 'close')['engine.close_approval'](closed));
      }
    },
    settled: () => rows,
  };
}

function answerTo(
  waiting: Map<string, (answer: ApprovalAnswer) => void>,
  path: string,
  onStop: OnStop,
): Promise<ApprovalAnswer> {
  return new Promise((resolve, reject) => {
    const release = onStop(() => {
      waiting.delete(path);
      reject(new CancelledFailure('nobody has to answer any more'));
    });
    waiting.set(path, (answer) => {
      release();
      resolve(answer);
    });
  });
}

/** Ids of their own: a step may be called anything that has no colon. */
function activities(path: string, what: 'open' | 'close'): ApprovalActivities {
  return proxyActivities<ApprovalActivities>({
    activityId: `engine:${what}:${path}`,
    summary: `${what} the approval ${path}`,
    startToCloseTimeout: '10s',
    retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '30s', maximumAttempts: 20 },
  });
}

function toRow(
  { execution_id, plan, ctx }: RunPatternInput,
  workflow_id: string,
  step: string,
  { path, title, form, rights, not_starter, due_at }: ApprovalRequest,
): NewApproval {
  const pattern_id = plan.pattern.id;
  return {
    execution_id,
    step,
    user_id: ctx.user_id,
    workflow_id,
    path,
    pattern_id,
    title,
    form,
    rights,
    not_starter,
    due_at,
  };
}
