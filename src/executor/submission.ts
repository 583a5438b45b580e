/** A request to run something, checked as far as can be before anything starts. */
import { EngineError } from '../contract/errors';
import type { ExecuteRequest, ExecutionMode } from '../contract/execution';
import type { RequestContext } from '../contract/request-context';
import { type ExecutionRow, findRemembered, type NewExecution } from '../db/executions';
import { readAsUser } from '../db/pool';
import { reasonsAgainstDirect } from '../pattern/direct-mode';
import type { Plan, RunPatternInput } from '../pattern/plan';
import { runTimeoutMs } from '../pattern/time-limits';
import type { User } from './authenticate';
import { requireClosedBreakers } from './breaker-gate';
import { buildContext } from './build-context';
import type { ExecuteDeps } from './execute-deps';
import { workflowIdOf } from './idempotency';
import { requireInputs, requireRights } from './request-checks';
import { runKeyOf } from './run-key';

/** One request, as its own text goes. */
export interface Submission {
  id: string;
  /** Whether the caller named it by an Idempotency-Key. */
  keyed: boolean;
  user: User;
  request: ExecuteRequest;
  digest: string;
  trace_id: string;
  request_id: string;
  /** `Cache-Control: no-cache`: neither remembered runs nor remembered results. */
  fresh: boolean;
}

/** Everything that a run needs to start. */
export interface Prepared {
  input: RunPatternInput;
  mode: ExecutionMode;
  run_key: string | null;
  /** For people, in Temporal's Web UI. */
  title: string;
}

/**
 * Pattern, rights, inputs, portfolio and pack of a request, in this order: a caller without rights learns nothing more.
 * @returns the run to start, or the stored one that answers the same request
 * @throws EngineError for everything that a request can be refused for
 */
export async function prepare(
  deps: ExecuteDeps,
  submission: Submission,
): Promise<Prepared | { remembered: ExecutionRow }> {
  const { id, user, request, trace_id, request_id, keyed, fresh } = submission;
  const mode = request.mode ?? 'durable';
  const { pattern, plan } = await deps.findPattern(request.pattern_id, request.version, request.patience);
  requireRights(pattern, user);
  const { inputs, portfolio_id } = requireInputs(pattern, request);
  if (mode === 'direct') requireDirect(plan);
  const { ctx, portfolio_name, remembered, run_key } = await readAsUser(deps.pool, user.id, async (tx) => {
    const built = await buildContext(tx, {
      user,
      trace_id,
      request_id,
      portfolio_id,
      asof_date: request.asof_date ?? request.asof ?? null,
      today: new Date(deps.now()).toISOString().slice(0, 10),
    });
    const key = runKeyOf(plan, built.ctx, inputs);
    // A key names one run: it must have a row of its own, or another body under the same key would not be noticed.
    const isAsked = key !== null && !keyed && !fresh;
    return { ...built, run_key: key, remembered: isAsked ? await findRemembered(tx, key) : null };
  });
  if (remembered) return { remembered };
  await requireClosedBreakers(plan, (mode === 'direct' ? deps.direct : deps).breakers, deps.now());
  const title = `${plan.pattern.id} · ${(portfolio_name ?? 'no portfolio').slice(0, 120)} @ ${ctx.asof_date}`;
  return {
    input: { execution_id: id, plan, ctx, inputs, ...(fresh && { cache: false }) },
    mode,
    run_key,
    title,
  };
}

/** The row of a run that is about to start. */
export function toNewExecution(
  { id, user, digest }: Pick<Submission, 'id' | 'user' | 'digest'>,
  { input, mode, run_key }: Prepared,
): NewExecution {
  const { plan, ctx, inputs } = input;
  const { portfolio_id, pricing_pack_id, ledger_commit_hash, asof_date }: RequestContext = ctx;
  return {
    id,
    user_id: user.id,
    request_digest: digest,
    pattern: { id: plan.pattern.id, version: plan.pattern.version, sha256: plan.pattern.sha256 },
    portfolio_id,
    pricing_pack_id,
    ledger_commit_hash,
    asof_date,
    workflow_id: mode === 'direct' ? `direct-${id}` : workflowIdOf(id),
    mode,
    inputs,
    ctx,
    run_key,
    timeout_ms: runTimeoutMs(plan),
  };
}

/** @throws EngineError DIRECT_REFUSED */
function requireDirect(plan: Plan): void {
  const reasons = reasonsAgainstDirect(plan);
  if (plan.patience === 'background') reasons.push('it is to run in the background');
  if (reasons.length === 0) return;
  throw new EngineError(
    'DIRECT_REFUSED',
    `"${plan.pattern.id}" cannot run in direct mode: ${reasons[0] ?? ''}.`,
    { reasons },
  );
}
