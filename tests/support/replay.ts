/** Replays histories against the test run's own workflow bundle, in the test's process. */
import { Worker } from '@temporalio/worker';
import type { temporal } from '@temporalio/proto';
import type { Pool } from 'pg';
import { claimedValues } from '../../src/db/claimed-values';
import { startTracing } from '../../src/telemetry/tracing';
import { claimCodec } from '../../src/temporal/claim-codec';
import { requireService } from './services';

/** One worker for all of them: to load the bundle takes longer than to replay. @throws what the first that fails fails with */
export async function replayHistories(
  histories: readonly temporal.api.history.v1.IHistory[],
  pool: Pool,
  codePath = requireService('workflowBundle'),
): Promise<void> {
  const { plugin } = startTracing('test-replay', {});
  const dataConverter = { payloadCodecs: [claimCodec(claimedValues(pool))] };
  const options = { workflowBundle: { codePath }, plugins: [plugin], dataConverter };
  const named = histories.map((history, index) => ({ workflowId: `replayed-${String(index)}`, history }));
  let replayed = 0;
  for await (const { error } of Worker.runReplayHistories(options, named)) {
    if (error) throw error;
    replayed += 1;
  }
  if (replayed !== histories.length)
    throw new Error(`${String(replayed)} of ${String(histories.length)} replayed`);
}
