/** `/v1/executions`: own runs, newest first; one with its result; its trace; cancelling it. */
import { type Static, Type } from '@sinclair/typebox';
import type { Request, RequestHandler } from 'express';
import { EngineError } from '../contract/errors';
import { Execution, executionStatuses } from '../contract/execution';
import { StringEnum, Uuid } from '../contract/scalars';
import { type ExecutionRow, listExecutions } from '../db/executions';
import { withUser } from '../db/pool';
import { compileSchema } from '../validate';
import { toExecution, toHandle, toSummary } from './answer';
import { type FollowDeps, refresh, requireExecution } from './follow';
import { userOf } from './request-scope';
import { cancelRun } from './runs';

export interface ExecutionsDeps extends FollowDeps {
  now: () => number;
}

/** The query of the list; values are text, as queries are. */
export const ExecutionQuery = Type.Object(
  {
    pattern: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9_]{0,63}$', description: 'a pattern’s id' })),
    portfolio: Type.Optional(Type.String({ ...Uuid, description: 'a portfolio’s id' })),
    status: Type.Optional(StringEnum(executionStatuses)),
    limit: Type.Optional(
      Type.String({ pattern: '^([1-9][0-9]?|100)$', description: '1 to 100, default 20' }),
    ),
  },
  { additionalProperties: false },
);

export const ExecutionList = Type.Object(
  { executions: Type.Array(Execution) },
  { additionalProperties: false, title: 'ExecutionList' },
);

const queryProblems = compileSchema(ExecutionQuery);
const uuidProblems = compileSchema(Uuid);

export function list(deps: ExecutionsDeps): RequestHandler {
  return async (req, res) => {
    const { limit, ...filter } = requireQuery(req.query);
    const rows = await withUser(deps.pool, userOf(res).id, (tx) =>
      listExecutions(tx, { ...filter, limit: Number(limit ?? '20') }),
    );
    res.json({ executions: rows.map((row) => toSummary(row, deps.ui)) });
  };
}

/** 200 however the run ended: asking for it did not fail. */
export function read(deps: ExecutionsDeps): RequestHandler {
  return async (req, res) => {
    const row = await own(deps, req, userOf(res).id);
    if (row.finished_at === null) res.setHeader('Retry-After', '1');
    res.json(toExecution(row, deps.ui));
  };
}

/** 202 with the handle while there is no trace yet. */
export function readTrace(deps: ExecutionsDeps): RequestHandler {
  return async (req, res) => {
    const row = await own(deps, req, userOf(res).id);
    if (row.trace !== null) {
      res.json(row.trace);
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
    const row = await own(deps, req, userOf(res).id);
    if (row.finished_at !== null) {
      throw new EngineError('EXECUTION_CLOSED', `The execution ended as ${row.status}.`, {
        execution: toHandle(row, deps.ui),
      });
    }
    await cancelRun(deps.client, row);
    const execution = toHandle(row, deps.ui);
    res
      .status(202)
      .setHeader('Location', execution.links['self'] ?? '')
      .setHeader('Retry-After', '1')
      .json({ execution });
  };
}

async function own(deps: ExecutionsDeps, req: Request, userId: string): Promise<ExecutionRow> {
  const id = req.params['id'];
  if (typeof id !== 'string' || uuidProblems(id).length > 0) {
    throw new EngineError('EXECUTION_NOT_FOUND', 'An execution’s id is a UUID.');
  }
  return refresh(deps, await requireExecution(deps.pool, userId, id), deps.now());
}

function requireQuery(query: unknown): Static<typeof ExecutionQuery> {
  const problems = queryProblems({ ...(query as object) }).map((problem) => ({
    ...problem,
    pointer: `/query${problem.pointer}`,
  }));
  if (problems.length > 0) {
    throw new EngineError('REQUEST_INVALID', `${problems[0]?.pointer ?? ''}: ${problems[0]?.message ?? ''}`, {
      problems,
    });
  }
  return query as Static<typeof ExecutionQuery>;
}
