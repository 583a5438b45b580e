/** Around the work of a stage: noted as it begins and ends, alive for Temporal, its failure as an ApplicationFailure. */
import { ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity';
import type { Pool } from 'pg';
import { EngineError } from '../src/contract/errors';
import type { PackStage } from '../src/contract/nightly';
import { withUser } from '../src/db/pool';
import { isBadData } from '../src/db/bad-data';
import { beginStage, endStage } from '../src/db/pack-stages';
import { engineFailure } from './engine-failure';

/** No user's: packs and their stages belong to nobody. */
export const nobody = '00000000-0000-0000-0000-000000000000';

const heartbeatEveryMs = 1000;

type Detail = Record<string, unknown>;

/**
 * @param work its answer's `detail` is shown of the stage: nothing of any one user
 * @throws ApplicationFailure with the code of what went wrong
 */
export async function runStage<T extends { detail: Detail }>(
  database: Pool,
  packId: string,
  stage: PackStage,
  work: (attempt: number) => Promise<T>,
): Promise<T> {
  return alive(async () => {
    const attempt = await withUser(database, nobody, (tx) => beginStage(tx, packId, stage));
    const end = (status: 'done' | 'failed', detail: Detail): Promise<void> =>
      withUser(database, nobody, (tx) => endStage(tx, { pack_id: packId, stage, attempt, status, detail }));
    try {
      const answer = await work(attempt);
      await end('done', answer.detail);
      return answer;
    } catch (error) {
      // The failure itself is what has to be told, whether or not it can be noted.
      await end('failed', shownOf(error)).catch(() => undefined);
      throw error;
    }
  });
}

/**
 * Heartbeats, so that Temporal notices a dead worker within seconds; errors of the project leave with their code.
 * @throws ApplicationFailure, not to be tried again where another attempt cannot mend it
 */
export async function alive<T>(work: () => Promise<T>): Promise<T> {
  const context = Context.current();
  const beat = setInterval(() => {
    context.heartbeat();
  }, heartbeatEveryMs);
  try {
    return await work();
  } catch (error) {
    const known = isBadData(error) && !(error instanceof EngineError) ? refusedValue(error) : error;
    if (known instanceof EngineError) throw engineFailure(known, context.info.attempt);
    throw known;
  } finally {
    clearInterval(beat);
  }
}

/** What PostgreSQL says of the value may be a user's, and the message is for everybody: it stays with the cause. */
function refusedValue(error: unknown): EngineError {
  const message =
    'PostgreSQL refuses a value that it was given, so it is not tried again; the worker’s log has the cause.';
  return new EngineError('INTERNAL', message, {}, error);
}

/** For the walk over many: ends it when the order was cancelled. @throws CancelledFailure */
export function requireWanted(): void {
  if (Context.current().cancellationSignal.aborted)
    throw new CancelledFailure('The nightly order was cancelled.');
}

/** Everybody sees it: the code and, of what is nobody's, the message. */
function shownOf(error: unknown): Detail {
  if (error instanceof EngineError) {
    const { code, message, details } = error;
    const counts = details['counts'];
    return { code, message, ...(typeof counts === 'object' ? counts : {}) };
  }
  if (error instanceof CancelledFailure) return { code: 'EXECUTION_CANCELLED', message: error.message };
  const code = error instanceof ApplicationFailure ? error.type : 'INTERNAL';
  return { code: code ?? 'INTERNAL', message: 'It failed unexpectedly; the worker’s log has the cause.' };
}
