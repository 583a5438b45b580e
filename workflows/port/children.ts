/** A sub-pattern on Temporal: the same workflow as a child, whose result says how it ended and what may have to be undone. */
import {
  CancellationScope,
  ChildWorkflowCancellationType,
  ParentClosePolicy,
  startChild,
} from '@temporalio/workflow';
import type { RunPatternInput } from '../../src/pattern/plan';
import type { ChildRequest, ChildResult } from '../../src/pattern/run/port';
import { wholePath } from '../../src/pattern/whole-path';
import { stopSignal } from '../messages';

export async function runChildWorkflow(
  parent: RunPatternInput,
  workflowId: string,
  { path, plan, inputs, onStop }: ChildRequest,
): Promise<ChildResult> {
  const { execution_id, ctx, cache, recorded_from } = parent;
  const input: RunPatternInput = {
    execution_id,
    plan,
    ctx,
    inputs,
    ...(cache !== undefined && { cache }),
    ...(recorded_from !== undefined && { recorded_from }),
    parent_path: wholePath(parent, path),
  };
  const scope = new CancellationScope();
  let stop: () => void = () => undefined;
  const release = onStop((reason) => {
    if (reason === 'cancel') scope.cancel();
    else stop();
  });
  try {
    return await scope.run(async () => {
      const child = await startChild('runPattern', {
        workflowId: `${workflowId}/${path}`,
        args: [input],
        staticSummary: `${path} ← ${plan.pattern.id}@${plan.pattern.version}`,
        // The parent needs to know what the child did before it was cancelled.
        cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
        parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
        memo: { pattern_id: plan.pattern.id, version: plan.pattern.version, sha256: plan.pattern.sha256 },
      });
      stop = () => {
        // It may have ended at this very moment: then there is nothing to stop.
        child.signal(stopSignal).catch(() => undefined);
      };
      return (await child.result()) as ChildResult;
    });
  } finally {
    release();
  }
}
