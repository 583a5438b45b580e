/** Asks a run how far it is: the workflow by a query, its sub-patterns' workflows too; a direct run in this process. */
import type { Client } from '@temporalio/client';
import type { StepProgress } from '../contract/progress';
import type { ExecutionSummary } from '../db/executions';
import type { DirectRuns } from './direct-runs';

/** The steps that began so far; `null` when nobody can say just now. */
export type ReadProgress = (
  run: Pick<ExecutionSummary, 'id' | 'mode' | 'workflow_id'>,
) => Promise<StepProgress[] | null>;

export interface ProgressDeps {
  client: Client;
  direct: Pick<DirectRuns, 'progress'>;
}

const answerMs = 5000;
/** Sub-patterns that are asked at each look; of more of them only the ends are told. */
const maximumChildren = 20;

export function progressReader({ client, direct }: ProgressDeps): ReadProgress {
  return async ({ id, mode, workflow_id }) => {
    if (mode === 'direct') return direct.progress(id);
    return readWorkflow(client, workflow_id, { left: maximumChildren });
  };
}

async function readWorkflow(
  client: Client,
  workflowId: string,
  children: { left: number },
): Promise<StepProgress[] | null> {
  const lines = await query(client, workflowId);
  if (lines === null) return null;
  const nested = lines.map(async (line): Promise<StepProgress[]> => {
    if (line.kind !== 'pattern' || line.status !== 'running' || children.left === 0) return [line];
    children.left -= 1;
    const inner = await readWorkflow(client, `${workflowId}/${line.path}`, children);
    return [line, ...(inner ?? []).map((each) => ({ ...each, path: `${line.path}.${each.path}` }))];
  });
  return (await Promise.all(nested)).flat();
}

/** A run without a worker, one that has just ended, a Temporal that is away: none is an error here, the next look may tell. */
async function query(client: Client, workflowId: string): Promise<StepProgress[] | null> {
  try {
    return await client.withDeadline(Date.now() + answerMs, () =>
      client.workflow.getHandle(workflowId).query<StepProgress[]>('progress'),
    );
  } catch {
    return null;
  }
}
