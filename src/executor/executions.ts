/** `/v1/executions`: own runs, newest first; one with its result; its trace; cancelling it. */
import { Type } from '@sinclair/typebox';
import type { Request, RequestHandler, Response } from 'express';
import { EngineError } from '../contract/errors';
import { Execution, executionStatuses } from '../contract/execution';
import { IsoDate, PackId, StringEnum, Uuid } from '../contract/scalars';
import { type ExecutionRow, listExecutions, markCancelled } from '../db/executions';
import { withUser } from '../db/pool';
import { compileSchema } from '../validate';
import { toExecution, toHandle, toSummary } from './answer';
import type { DirectRuns } from './direct-runs';
import { sendWithETag } from './etag';
import { type FollowDeps, refresh, requireExecution } from './follow';
import { listQuery, nextCursor, pageReader, toPage } from './pages';
import { queryReader } from './query';
import { userOf } from './request-scope';
import { cancelRun } from './runs';

export interface ExecutionsDeps extends FollowDeps {
  direct: Pick<DirectRuns, 'cancel'>;
  now: () => number;
}

/** The query of the list; values are text, as queries are. */
export const ExecutionQuery = listQuery({
  pattern: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9_]{0,63}$', description: 'a pattern’s id' })),
  portfolio: Type.Optional(Type.String({ ...Uuid, description: 'a portfolio’s id' })),
  status: Type.Optional(StringEnum(executionStatuses)),
  pack: Type.Optional(Type.String({ ...PackId, description: 'a pricing pack’s id' })),
  date: Type.Optional(Type.String({ ...IsoDate, description: 'the as-of date' })),
  restated: Type.Optional(
    StringEnum(['true', 'false'], 'whether a correction has taken the place of its pricing pack'),
  ),
});

export const ExecutionList = Type.Object(
  { executions: Type.Array(Execution), ...nextCursor },
  { additionalProperties: false, title: 'ExecutionList' },
);

const readQuery = queryReader(ExecutionQuery);
/** Microseconds since the epoch, as PostgreSQL keeps them, and the id. */
const readPage = pageReader(Type.String({ pattern: '^[0-9]{1,16}$' }), Uuid);
const uuidProblems = compileSchema(Uuid);

export function list(deps: ExecutionsDeps): RequestHandler {
  return async (req, res) => {
    const { limit, cursor, restated, ...filter } = readQuery(req.query);
    const page = readPage({ limit, cursor });
    const isRestated = restated === undefined ? undefined : restated === 'true';
    const rows = await withUser(deps.pool, userOf(res).id, (tx) =>
      listExecutions(tx, { ...filter, restated: isRestated, limit: page.ask, after: page.after }),
    );
    const { shown, next_cursor } = toPage(rows, page, ({ place, id }) => [place, id]);
    res.json({ executions: shown.map((row) => toSummary(row, deps.ui)), next_cursor });
  };
}

/** 200 however the run ended: asking for it did not fail. */
export function read(deps: ExecutionsDeps): RequestHandler {
  return async (req, res) => {
    const row = await requireOwn(deps, req, res);
    if (row.finished_at === null) res.setHeader('Retry-After', '1');
    sendWithETag(req, res, toExecution(row, deps.ui));
  };
}

/** 202 with the handle while there is no trace yet. */
export function readTrace(deps: ExecutionsDeps): RequestHandler {
  return async (req, res) => {
    const row = await requireOwn(deps, req, res);
    if (row.trace !== null) {
      sendWithETag(req, res, row.trace);
      return;
    }
    if (row.finished_at !== null) {
      throw new EngineError('EXECUTION_NOT_FOUND', `The execution ${row.id} left no trace: it never ran.`);
    }
    res
      .status(202)
      .setHeader('Retry-After', '1')
      .json({ execution: toHandle(row, deps.ui) });
  };
}

/** Asks the run to end; it undoes what has to be undone and then reads `cancelled`. */
export function cancel(deps: ExecutionsDeps): RequestHandler {
  return async (req, res) => {
    const row = await requireOwn(deps, req, res);
    if (row.finished_at !== null) {
      throw new EngineError('EXECUTION_CLOSED', `The execution ended as ${row.status}.`, {
        execution: toHandle(row, deps.ui),
      });
    }
    if (row.mode === 'direct') await cancelDirect(deps, row);
    else await cancelRun(deps.client, row);
    const execution = toHandle(row, deps.ui);
    res
      .status(202)
      .setHeader('Location', execution.links['self'] ?? '')
      .setHeader('Retry-After', '1')
      .json({ execution });
  };
}

/** Whichever process runs it: what it gives after this is not stored. */
async function cancelDirect({ pool, direct }: ExecutionsDeps, { id, user_id }: ExecutionRow): Promise<void> {
  direct.cancel(id);
  await withUser(pool, user_id, (tx) => markCancelled(tx, id));
}

/** The execution that the address names, of this user, as it stands now. @throws EngineError EXECUTION_NOT_FOUND */
export async function requireOwn(
  deps: FollowDeps & { now: () => number },
  req: Request,
  res: Response,
): Promise<ExecutionRow> {
  const id = req.params['id'];
  if (typeof id !== 'string' || uuidProblems(id).length > 0) {
    throw new EngineError('EXECUTION_NOT_FOUND', 'An execution’s id is a UUID.');
  }
  return refresh(deps, await requireExecution(deps.pool, userOf(res).id, id), deps.now());
}
