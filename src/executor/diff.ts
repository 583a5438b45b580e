/** `POST /v1/diff`: two executions, or one pattern on two packs, field by field and to the first step at which they part. */
import { randomUUID } from 'node:crypto';
import { type Static, Type } from '@sinclair/typebox';
import type { Request, RequestHandler, Response } from 'express';
import { context } from '@opentelemetry/api';
import { EngineError } from '../contract/errors';
import { ExecuteRequest, ExecutionHandle } from '../contract/execution';
import { PackId, Uuid } from '../contract/scalars';
import type { ExecutionRow } from '../db/executions';
import { withUser } from '../db/pool';
import { diffResults, type RunResult } from '../pattern/diff-results';
import { compileSchema } from '../validate';
import { toHandle } from './answer';
import { toSubmission } from './execute';
import type { ExecuteDeps } from './execute-deps';
import { refresh, requireExecution } from './follow';
import { requestDigest } from './idempotency';
import { requirePack } from './packs';
import { parsePrefer } from './prefer';
import { refuseProblems } from './request-checks';
import { scopeOf, userOf } from './request-scope';
import { submit } from './submit';

const { pattern_id, version, portfolio_id, inputs, mode } = ExecuteRequest.properties;
const Pack = Type.Optional({ ...PackId, description: 'a pricing pack’s id' });

export const DiffRequest = Type.Object(
  {
    left: Type.Optional({ ...Uuid, description: 'an execution; with it `right`, and nothing else' }),
    right: Type.Optional(Uuid),
    pattern_id: Type.Optional(pattern_id),
    version,
    portfolio_id,
    inputs,
    mode,
    left_pack: Pack,
    right_pack: Pack,
  },
  { additionalProperties: false, title: 'DiffRequest' },
);
export type DiffRequest = Static<typeof DiffRequest>;

/** While one of the two still runs. */
export const DiffRunning = Type.Object(
  { left: ExecutionHandle, right: ExecutionHandle },
  { additionalProperties: false, title: 'DiffRunning' },
);

type Sides = [left: ExecutionRow, right: ExecutionRow];

const bodyProblems = compileSchema(DiffRequest);

export function diff(deps: ExecuteDeps): RequestHandler {
  return async (req, res) => {
    const request = requireDiffRequest(req.body);
    const [left, right] =
      request.pattern_id === undefined
        ? await storedSides(deps, res, request)
        : await runSides(deps, req, res, request);
    if (left.finished_at === null || right.finished_at === null) {
      const handles = { left: toHandle(left, deps.ui), right: toHandle(right, deps.ui) };
      res.status(202).setHeader('Retry-After', '1').json(handles);
      return;
    }
    res.json(diffResults(toResult(left), toResult(right)));
  };
}

function requireDiffRequest(body: unknown): DiffRequest {
  const problems = bodyProblems(body);
  if (problems.length > 0) refuseProblems(problems);
  const request = body as DiffRequest;
  const { left, right, ...others } = request;
  const isStored = left !== undefined && right !== undefined && Object.keys(others).length === 0;
  const { pattern_id: id, left_pack, right_pack } = others;
  const isRun =
    id !== undefined && left_pack !== undefined && right_pack !== undefined && !('left' in request) && !('right' in request);
  if (isStored || isRun) return request;
  const message = 'needs either "left" and "right" alone, or "pattern_id", "left_pack" and "right_pack"';
  return refuseProblems([{ code: 'REQUEST_INVALID', pointer: '', message }]);
} // prettier-ignore

async function storedSides(deps: ExecuteDeps, res: Response, { left, right }: DiffRequest): Promise<Sides> {
  const user = userOf(res);
  const read = async (id: string): Promise<ExecutionRow> =>
    refresh(deps, await requireExecution(deps.pool, user.id, id), deps.now());
  return Promise.all([read(left ?? ''), read(right ?? '')]);
}

async function runSides(deps: ExecuteDeps, req: Request, res: Response, request: DiffRequest): Promise<Sides> {
  const { left_pack, right_pack, pattern_id: id = '', ...asked } = request;
  const dates = await Promise.all([dateOf(deps, res, left_pack ?? ''), dateOf(deps, res, right_pack ?? '')]);
  const begin = async (asof_date: string) => {
    const one: ExecuteRequest = { ...asked, pattern_id: id, asof_date };
    // Each side is a run of its own; a key would make one run of both.
    const own = { id: randomUUID(), keyed: false, digest: requestDigest(one) };
    return submit(deps, { ...toSubmission(req, res, one), ...own });
  };
  const [left, right] = await context.with(scopeOf(res).otel, async () => {
    // One after the other: what is refused for the left side has not started the right one.
    const first = await begin(dates[0]);
    return [first, await begin(dates[1])] as const;
  });
  const { waitSeconds } = parsePrefer(req.get('Prefer'));
  const seconds = left.background || right.background ? 0 : waitSeconds;
  return deps.waiting.during(res, seconds, (signal) => Promise.all([left.wait(signal), right.wait(signal)]));
} // prettier-ignore

/** Runs are on a day's present pack: one that was superseded can be compared only where a run of it is stored. */
async function dateOf(deps: ExecuteDeps, res: Response, id: string): Promise<string> {
  const pack = await withUser(deps.pool, userOf(res).id, (tx) => requirePack(tx, id));
  if (pack.superseded_by === null) return pack.date;
  const message = `The pricing pack ${id} was superseded by ${pack.superseded_by}; nothing new runs on it.`;
  throw new EngineError('PACK_NOT_FOUND', message, { pack_id: id, superseded_by: pack.superseded_by });
}

/** @throws EngineError EXECUTION_UNFINISHED for a run that left no trace */
function toResult({ id, status, inputs: given, ctx, data, trace }: ExecutionRow): RunResult {
  if (trace === null) {
    throw new EngineError(
      'EXECUTION_UNFINISHED',
      `The execution ${id} ended as ${status} and left no trace.`,
    );
  }
  return { status, inputs: given, ctx: ctx && { ...ctx }, data: data ?? {}, trace };
}
