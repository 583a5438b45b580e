/**
 * `POST /v1/execute`: every check that needs no run comes first, so a refused request has started nothing.
 *
 * - The row is written before the run starts: a run that nobody can find does not exist.
 * - Row id, workflow id and Idempotency-Key are one thing, so concurrent repeats meet in one row and one run.
 * - The answer is read from PostgreSQL, never from Temporal: what is answered now is what is answered later.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { context } from '@opentelemetry/api';
import type { RequestHandler } from 'express';
import type { BreakerStore } from '../contract/breaker';
import { EngineError } from '../contract/errors';
import type { ExecuteRequest } from '../contract/execution';
import {
  type ExecutionRow,
  findExecution,
  insertExecution,
  markStarted,
  removeUnstarted,
} from '../db/executions';
import { withUser } from '../db/pool';
import type { RunPatternInput } from '../pattern/plan';
import { runTimeoutMs } from '../pattern/time-limits';
import { sendOutcome } from './answer';
import type { User } from './authenticate';
import { requireClosedBreakers } from './breaker-gate';
import { buildContext } from './build-context';
import { abandonedAfterMs, awaitOutcome, type FollowDeps, refresh } from './follow';
import {
  executionIdOf,
  parseIdempotencyKey,
  requestDigest,
  requireSameRequest,
  workflowIdOf,
} from './idempotency';
import { type Limits, requireRoom } from './limits';
import type { Metrics } from './metrics';
import { type PatternStore, requirePattern } from './pattern-store';
import { parsePrefer } from './prefer';
import { requireInputs, requireRequest, requireRights } from './request-checks';
import { scopeOf, userOf } from './request-scope';
import { startRun, stateOfRun } from './runs';
import type { WaitingRoom } from './waiting-room';

export interface ExecuteDeps extends FollowDeps {
  patterns: PatternStore;
  breakers: BreakerStore;
  waiting: WaitingRoom;
  limits: Pick<Limits, 'runningPerUser'>;
  metrics: Metrics;
  now: () => number;
}

/** One request to run something, checked as far as its own text goes. */
interface Submission {
  id: string;
  user: User;
  request: ExecuteRequest;
  digest: string;
  trace_id: string;
  request_id: string;
}

/** How long a repeat waits for the first request to tell which run it started. */
const startingMs = 2000;

export function execute(deps: ExecuteDeps): RequestHandler {
  return async (req, res) => {
    const user = userOf(res);
    const { otel, trace_id, request_id } = scopeOf(res);
    const key = parseIdempotencyKey(req.get('Idempotency-Key'));
    const request = requireRequest(req.body);
    const preference = parsePrefer(req.get('Prefer'));
    const digest = requestDigest(req.body);
    const submission = { id: executionIdOf(user.id, key), user, request, digest, trace_id, request_id };
    const row = await context.with(otel, async () => {
      const earlier = key === null ? null : await findEarlier(deps, submission);
      return earlier ?? begin(deps, submission);
    });
    const outcome = await deps.waiting.during(res, preference.waitSeconds, (signal) =>
      awaitOutcome(deps, row, signal),
    );
    if (preference.applied !== null) res.setHeader('Preference-Applied', preference.applied);
    sendOutcome(res, outcome, deps.ui);
  };
}

/** The run that this key already has; `null` when there is none, or only the remains of one that never started. */
async function findEarlier(deps: ExecuteDeps, submission: Submission): Promise<ExecutionRow | null> {
  const { id, user, digest } = submission;
  const read = (): Promise<ExecutionRow | null> =>
    withUser(deps.pool, user.id, (tx) => findExecution(tx, id));
  const deadline = deps.now() + startingMs;
  let row = await read();
  if (row) requireSameRequest(row, digest);
  while (row && row.run_id === null && row.finished_at === null && deps.now() < deadline) {
    if (deps.now() - row.created_at.getTime() > abandonedAfterMs) return adopt(deps, row);
    await sleep(50);
    row = await read();
  }
  return row && refresh(deps, row, deps.now());
}

/** A row without a run, left by a process that died: either the run exists after all, or all begins anew. */
async function adopt(deps: ExecuteDeps, row: ExecutionRow): Promise<ExecutionRow | null> {
  const { state } = await stateOfRun(deps.client, row);
  if (state !== 'missing') return refresh(deps, row, deps.now());
  await withUser(deps.pool, row.user_id, (tx) => removeUnstarted(tx, row.id));
  return null;
}

async function begin(deps: ExecuteDeps, submission: Submission): Promise<ExecutionRow> {
  const { id, user, request, trace_id, request_id } = submission;
  const { pattern, plan } = requirePattern(deps.patterns, request.pattern_id, request.version);
  requireRights(pattern, user);
  const { inputs, portfolio_id } = requireInputs(pattern, request);
  const { ctx, portfolio_name } = await withUser(deps.pool, user.id, (tx) =>
    buildContext(tx, {
      user,
      trace_id,
      request_id,
      portfolio_id,
      asof_date: request.asof_date ?? request.asof ?? null,
      today: new Date(deps.now()).toISOString().slice(0, 10),
    }),
  );
  await requireClosedBreakers(plan, deps.breakers, deps.now());
  const { asof_date } = ctx;
  const inserted = await insert(deps, submission, { plan, ctx, inputs });
  if (!inserted) return joinFirst(deps, submission);
  const title = `${plan.pattern.id} · ${(portfolio_name ?? 'no portfolio').slice(0, 120)} @ ${asof_date}`;
  return start(deps, user.id, id, () =>
    startRun(deps.client, workflowIdOf(id), { execution_id: id, plan, ctx, inputs }, title),
  );
}

/** @returns false when the id is taken */
async function insert(
  deps: ExecuteDeps,
  { id, user, digest }: Submission,
  { plan, ctx, inputs }: Pick<RunPatternInput, 'plan' | 'ctx' | 'inputs'>,
): Promise<boolean> {
  const { portfolio_id, pricing_pack_id, ledger_commit_hash, asof_date } = ctx;
  return withUser(deps.pool, user.id, async (tx) => {
    const isFirst = await insertExecution(tx, {
      id,
      user_id: user.id,
      request_digest: digest,
      pattern: { id: plan.pattern.id, version: plan.pattern.version, sha256: plan.pattern.sha256 },
      portfolio_id,
      pricing_pack_id,
      ledger_commit_hash,
      asof_date,
      workflow_id: workflowIdOf(id),
      inputs,
      timeout_ms: runTimeoutMs(plan),
    });
    if (isFirst) await requireRoom(tx, user.id, deps.limits.runningPerUser);
    return isFirst;
  });
}

/** Another request with the same key was a moment faster. */
async function joinFirst(deps: ExecuteDeps, submission: Submission): Promise<ExecutionRow> {
  const row = await findEarlier(deps, submission);
  if (row) return row;
  throw new EngineError('TEMPORAL_UNAVAILABLE', 'A request with the same key could not be started just now.');
}

async function start(
  deps: ExecuteDeps,
  userId: string,
  id: string,
  run: () => Promise<string | null>,
): Promise<ExecutionRow> {
  let runId: string | null;
  try {
    runId = await run();
  } catch (error) {
    // Should this fail too, the sweeper finds the row; what the caller has to know is the first error.
    await withUser(deps.pool, userId, (tx) => removeUnstarted(tx, id)).catch(() => undefined);
    throw error;
  }
  return withUser(deps.pool, userId, async (tx) => {
    if (runId !== null) await markStarted(tx, id, runId);
    const row = await findExecution(tx, id);
    if (!row) throw new EngineError('EXECUTION_NOT_FOUND', `The execution ${id} is gone.`);
    if (runId !== null) deps.metrics.executionStarted(row.pattern.id, id);
    return row;
  });
}
