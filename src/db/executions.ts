/** The executions: one row per run, written before it starts and once more when it ends. */
import type { Chart, ExecutionMode, ExecutionStatus, Outcome } from '../contract/execution';
import type { RequestContext } from '../contract/request-context';
import type { StepError, Trace } from '../contract/trace';
import type { Tx } from './pool';

/** What is known before a run starts. */
export interface NewExecution {
  id: string;
  user_id: string;
  request_digest: string;
  pattern: { id: string; version: string; sha256: string };
  portfolio_id: string | null;
  pricing_pack_id: string;
  ledger_commit_hash: string | null;
  asof_date: string;
  workflow_id: string;
  mode: ExecutionMode;
  inputs: Record<string, unknown>;
  ctx: RequestContext;
  /** See `run-key.ts`; `null`: another run of the same request may give something else. */
  run_key: string | null;
  /** How long Temporal lets it run. */
  timeout_ms: number;
}

export interface ExecutionSummary extends Omit<NewExecution, 'inputs' | 'ctx' | 'run_key' | 'timeout_ms'> {
  /** `null` until Temporal has said that it started. */
  run_id: string | null;
  status: ExecutionStatus;
  error: StepError | null;
  degraded: string[];
  created_at: Date;
  finished_at: Date | null;
  /** The pack that took the place of the run's own: what it says has been corrected since. */
  restated_by: string | null;
}

export interface ExecutionRow extends ExecutionSummary {
  inputs: Record<string, unknown>;
  /** `null` of an execution older than this column. */
  ctx: RequestContext | null;
  data: Record<string, unknown> | null;
  charts: Chart[] | null;
  trace: Trace | null;
}

/** Which run, as far as Temporal and row-level security need to know. */
export type ExecutionKey = Pick<ExecutionSummary, 'id' | 'user_id' | 'workflow_id' | 'run_id'>;

export interface ExecutionFilter {
  pattern?: string | undefined;
  portfolio?: string | undefined;
  status?: string | undefined;
  /** A pricing pack's id. */
  pack?: string | undefined;
  /** The as-of date. */
  date?: string | undefined;
  /** Whether a correction has taken the place of its pack. */
  restated?: boolean | undefined;
  /** `place` and id of the last row of the page before. */
  after?: readonly [place: string, id: string] | null;
  limit: number;
}

/** A row of the list; its place there is the moment it was created, in microseconds: a `Date` would lose three digits. */
export type ListedExecution = ExecutionSummary & { place: string };

const summaryColumns = `
  id, user_id, request_digest,
  json_build_object('id', pattern_id, 'version', pattern_version, 'sha256', pattern_sha256) as pattern,
  portfolio_id, pricing_pack_id, ledger_commit_hash, asof_date::text as asof_date, workflow_id, run_id, mode,
  status, error, degraded, created_at, finished_at,
  (select superseded_by from pricing_packs where id = pricing_pack_id) as restated_by`;

const newColumns = `id, user_id, request_digest, pattern_id, pattern_version, pattern_sha256, portfolio_id,
  pricing_pack_id, ledger_commit_hash, asof_date, workflow_id, mode, inputs, ctx, run_key, deadline_at`;
const newValues = `$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, now() + $16 * interval '1 millisecond'`;

function valuesOf(row: NewExecution): unknown[] {
  const { id, version, sha256 } = row.pattern;
  return [
    row.id, row.user_id, row.request_digest, id, version, sha256, row.portfolio_id, row.pricing_pack_id,
    row.ledger_commit_hash, row.asof_date, row.workflow_id, row.mode, JSON.stringify(row.inputs),
    JSON.stringify(row.ctx), row.run_key, row.timeout_ms,
  ]; // prettier-ignore
}

/** @returns false when the id is taken: another request with the same key was first */
export async function insertExecution(tx: Tx, row: NewExecution): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into executions (${newColumns}) values (${newValues}) on conflict (id) do nothing`,
    valuesOf(row),
  );
  return rowCount === 1;
}

/**
 * For a run that is over before anybody could ask for it: its row in one statement.
 * @returns when it was written; `null` when the id is taken
 */
export async function insertFinished(
  tx: Tx,
  row: NewExecution,
  startedAt: Date,
  outcome: Outcome,
): Promise<Date | null> {
  const { rows } = await tx.query<{ finished_at: Date }>({
    // Prepared, for it is asked for thousands of times a second.
    name: 'insert_finished',
    text: `insert into executions (${newColumns}, created_at, run_id, status, data, charts, trace, error, degraded, finished_at)
     values (${newValues}, $17, $18, $19, $20, $21, $22, $23, $24, now()) on conflict (id) do nothing returning finished_at`,
    values: [...valuesOf(row), startedAt, row.id, ...outcomeValues(outcome)],
  });
  return rows[0]?.finished_at ?? null;
}

function outcomeValues({ status, data, charts, trace, error }: Outcome): unknown[] {
  return [
    status,
    JSON.stringify(data),
    JSON.stringify(charts),
    JSON.stringify(trace),
    error === null ? null : JSON.stringify(error),
    trace.degraded,
  ];
}

const allColumns = `${summaryColumns}, inputs, ctx, data, charts, trace`;

export async function findExecution(tx: Tx, id: string): Promise<ExecutionRow | null> {
  const { rows } = await tx.query<ExecutionRow>(`select ${allColumns} from executions where id = $1`, [id]);
  return rows[0] ?? null;
}

/** The newest whole result that a run with this key left: succeeded, nothing degraded. */
export async function findRemembered(tx: Tx, runKey: string): Promise<ExecutionRow | null> {
  const { rows } = await tx.query<ExecutionRow>({
    name: 'find_remembered',
    text: `select ${allColumns} from executions
      where user_id = nullif(current_setting('app.user_id', true), '')::uuid and run_key = $1
        and status = 'succeeded' and degraded = '{}' order by finished_at desc limit 1`,
    values: [runKey],
  });
  return rows[0] ?? null;
}

/**
 * Newest first, without results: those are large. Row-level security would find the same rows; said again here, the
 * index has them in this order, and a page costs the same however many there are.
 */
export async function listExecutions(tx: Tx, filter: ExecutionFilter): Promise<ListedExecution[]> {
  const { pattern, portfolio, status, pack, date, restated, after, limit } = filter;
  const [place, id] = after ?? [];
  const { rows } = await tx.query<ListedExecution>(
    `select ${summaryColumns}, (extract(epoch from created_at) * 1000000)::bigint::text as place
       from executions, (select 'epoch'::timestamptz + $6::bigint * interval '1 microsecond' as at) last
      where user_id = nullif(current_setting('app.user_id', true), '')::uuid
        and ($1::text is null or pattern_id = $1)
        and ($2::uuid is null or portfolio_id = $2)
        and ($3::text is null or status = $3)
        and ($4::text is null or pricing_pack_id = $4)
        and ($5::date is null or asof_date = $5)
        and ($6::bigint is null or (created_at <= last.at and (created_at < last.at or id > $7::uuid)))
        and ($9::boolean is null or $9 = exists (
          select from pricing_packs where id = pricing_pack_id and superseded_by is not null))
      order by created_at desc, id limit $8`,
    [pattern, portfolio, status, pack, date, place, id, limit, restated].map((value) => value ?? null),
  );
  return rows;
}

/** Notes which run Temporal made of it. */
export async function markStarted(tx: Tx, id: string, runId: string): Promise<void> {
  await tx.query('update executions set run_id = $2 where id = $1 and run_id is null', [id, runId]);
}

/** Takes back the row of a run that never started, so that the same key can be tried again. */
export async function removeUnstarted(tx: Tx, id: string): Promise<void> {
  await tx.query('delete from executions where id = $1 and run_id is null and finished_at is null', [id]);
}

/**
 * Writes how a run ended. Of one run only the first outcome counts, so a repeated attempt changes nothing; a later
 * run of the same workflow (an operator's `temporal workflow reset`) replaces what the earlier one left.
 * @returns whether this call was the one that wrote
 */
export async function storeOutcome(
  tx: Tx,
  { execution_id, run_id, outcome }: { execution_id: string; run_id: string; outcome: Outcome },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `with closed as (update approvals set closed_at = now() where execution_id = $1 and closed_at is null)
     update executions set run_id = $2, status = $3, data = $4, charts = $5, trace = $6, error = $7,
       degraded = $8, finished_at = now()
      where id = $1 and (finished_at is null or run_id is distinct from $2)`,
    [execution_id, run_id, ...outcomeValues(outcome)],
  );
  return rowCount === 1;
}

/** What outlived its own time limit, of any user. Reveals which runs these are and nothing of their content. */
export async function findOverdue(tx: Tx, limit: number): Promise<ExecutionKey[]> {
  await tx.query("select set_config('app.sweeper', 'on', true)");
  const { rows } = await tx.query<ExecutionKey>(
    `select id, user_id, workflow_id, run_id from executions
      where finished_at is null and deadline_at < now() order by deadline_at limit $1`,
    [limit],
  );
  return rows;
}

/** Ends a direct run's row, unless it has ended: a run without effects may be forgotten wherever it is. */
export async function markCancelled(tx: Tx, id: string): Promise<void> {
  const error: StepError = {
    code: 'EXECUTION_CANCELLED',
    message: 'The execution was cancelled.',
    step: '',
    attempts: 0,
    details: null,
  };
  await tx.query(
    `update executions set status = 'cancelled', error = $2, run_id = id::text, finished_at = now()
      where id = $1 and mode = 'direct' and finished_at is null`,
    [id, JSON.stringify(error)],
  );
}

/** Ends a row whose run Temporal does not know: it was never started, or is older than Temporal's memory. */
export async function markLost(tx: Tx, id: string, mode: ExecutionMode): Promise<void> {
  const error: StepError = {
    code: 'EXECUTION_FAILED',
    message:
      mode === 'direct'
        ? 'The process in which it ran has ended; nothing of it was changed, so it may be started again.'
        : 'Temporal does not know this run: it never started, or it is older than Temporal’s retention.',
    step: '',
    attempts: 0,
    details: null,
  };
  await tx.query(
    `update executions set status = 'failed', error = $2, finished_at = now() where id = $1 and finished_at is null`,
    [id, JSON.stringify(error)],
  );
}
