/** The executor's side of Temporal: starting a run, waiting for its end, asking after it, cancelling it. */
import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { trace } from '@opentelemetry/api';
import { EngineError } from '../contract/errors';
import type { RunPatternInput } from '../pattern/plan';
import { runTimeoutMs } from '../pattern/time-limits';
import { toEngineError } from './error-handler';

/** How long Temporal may take to accept a run or answer a question. */
const answerMs = 5000;
/** The task queue of the workflows themselves. */
const workflowQueue = 'engine';

export interface RunKey {
  workflow_id: string;
  run_id: string | null;
}

/**
 * Starts the workflow under the span that the pattern names, or joins the one that already has this id.
 * @returns the run's id; `null` when a run of this id has already ended
 * @throws EngineError TEMPORAL_UNAVAILABLE
 */
export async function startRun(
  client: Client,
  workflowId: string,
  input: RunPatternInput,
  title: string,
): Promise<string | null> {
  const { plan, ctx } = input;
  const attributes = {
    'dawsos.pattern': plan.pattern.id,
    'dawsos.pattern_sha256': plan.pattern.sha256,
    'dawsos.pricing_pack_id': ctx.pricing_pack_id,
  };
  return trace.getTracer('dawsos').startActiveSpan(plan.span_name, { attributes }, async (span) => {
    try {
      return await startWorkflow(client, workflowId, input, title);
    } finally {
      span.end();
    }
  });
}

async function startWorkflow(
  client: Client,
  workflowId: string,
  input: RunPatternInput,
  title: string,
): Promise<string | null> {
  const { plan } = input;
  try {
    const handle = await client.withDeadline(Date.now() + answerMs, () =>
      client.workflow.start('runPattern', {
        workflowId,
        taskQueue: workflowQueue,
        args: [input],
        workflowExecutionTimeout: runTimeoutMs(plan),
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: title,
        memo: { pattern_id: plan.pattern.id, version: plan.pattern.version, sha256: plan.pattern.sha256 },
      }),
    );
    return handle.firstExecutionRunId;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return null;
    throw toEngineError(error);
  }
}

/** Waits until the run has ended, however, or the signal says stop. Temporal being away counts as not ended. */
export async function waitForEnd(
  client: Client,
  run: RunKey,
  signal: AbortSignal,
): Promise<'ended' | 'running'> {
  if (signal.aborted) return 'running';
  const stopped = new Promise<'running'>((resolve) => {
    signal.addEventListener(
      'abort',
      () => {
        resolve('running');
      },
      { once: true },
    );
  });
  const handle = client.workflow.getHandle(run.workflow_id);
  const ended = client
    .withAbortSignal(signal, () => handle.result())
    .then(
      () => 'ended' as const,
      (error: unknown) => endOf(error),
    );
  return Promise.race([ended, stopped]);
}

/** Whether Temporal still works on it; `unknown` when it cannot be asked. */
export async function stateOfRun(
  client: Client,
  run: RunKey,
): Promise<{ state: 'running' | 'ended'; run_id: string } | { state: 'missing' | 'unknown' }> {
  try {
    const { status, runId } = await client.withDeadline(Date.now() + answerMs, () =>
      client.workflow.getHandle(run.workflow_id).describe(),
    );
    return { state: status.name === 'RUNNING' ? 'running' : 'ended', run_id: runId };
  } catch (error) {
    return { state: error instanceof WorkflowNotFoundError ? 'missing' : 'unknown' };
  }
}

/** @throws EngineError EXECUTION_CLOSED when the run has ended, TEMPORAL_UNAVAILABLE when nobody can be asked */
export async function cancelRun(client: Client, run: RunKey): Promise<void> {
  try {
    await client.withDeadline(Date.now() + answerMs, () =>
      client.workflow.getHandle(run.workflow_id).cancel(),
    );
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) {
      throw new EngineError('EXECUTION_CLOSED', 'The execution has already ended.', {}, error);
    }
    throw toEngineError(error);
  }
}

function endOf(error: unknown): 'ended' | 'running' {
  return error instanceof WorkflowFailedError ? 'ended' : 'running';
}
