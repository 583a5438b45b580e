/** From a stored execution to what a caller is shown: handle, links, result, or the problem that ended it. */
import type { Response } from 'express';
import type { Execution, ExecutionHandle } from '../contract/execution';
import { EngineError, type ErrorCode, isErrorCode } from '../contract/errors';
import type { ExecutionRow, ExecutionSummary } from '../db/executions';
import { sendProblem } from './error-handler';

/** Where a reader finds a run in Temporal's Web UI; `null`: no such link is offered. */
export interface TemporalUi {
  url: string;
  namespace: string;
}

export function toHandle(row: ExecutionSummary, ui: TemporalUi | null): ExecutionHandle {
  const self = `/v1/executions/${row.id}`;
  return {
    id: row.id,
    status: row.status,
    workflow_id: row.workflow_id,
    run_id: row.run_id ?? '',
    mode: row.mode,
    links: {
      self,
      trace: `${self}/trace`,
      events: `${self}/events`,
      cancel: `${self}/cancel`,
      ...(ui && row.mode === 'durable' && { temporal_ui: uiLink(ui, row) }),
    },
  };
}

/** One row of the list. */
export function toSummary(row: ExecutionSummary, ui: TemporalUi | null): Execution {
  const { pattern, portfolio_id, pricing_pack_id, ledger_commit_hash, asof_date, error, degraded } = row;
  return {
    execution: toHandle(row, ui),
    pattern,
    portfolio_id,
    pricing_pack_id,
    ledger_commit_hash,
    asof_date,
    created_at: row.created_at.toISOString(),
    finished_at: row.finished_at?.toISOString() ?? null,
    restated_by: row.restated_by,
    error,
    degraded,
  };
}

/** Status, and the result when there is one. */
export function toExecution(row: ExecutionRow, ui: TemporalUi | null): Execution {
  return {
    ...toSummary(row, ui),
    ...(row.data !== null && { data: row.data }),
    ...(row.charts !== null && { charts: row.charts }),
    ...(row.trace !== null && { trace: row.trace }),
  };
}

/** The answer to `POST /v1/execute`: 200 with the result, 202 while it runs, or the failing step's problem. */
export function sendOutcome(res: Response, row: ExecutionRow, ui: TemporalUi | null, cached = false): void {
  const execution: ExecutionHandle = { ...toHandle(row, ui), ...(cached && { cached }) };
  res.setHeader('Location', execution.links['self'] ?? '');
  if (row.finished_at === null) {
    res.status(202).setHeader('Retry-After', '1').json({ execution });
    return;
  }
  const { data, charts, trace } = row;
  if (row.status === 'succeeded') {
    res.json({ data: data ?? {}, charts: charts ?? [], trace, execution });
    return;
  }
  sendProblem(res, failureOf(row), execution.links['self'] ?? '', { execution, trace });
}

/** The first failure's own code where it is one of the table, with what its step said in `details`. */
export function failureOf(row: ExecutionSummary): EngineError {
  const { error } = row;
  const code: ErrorCode = error !== null && isErrorCode(error.code) ? error.code : fallbackCode(row);
  const { details } = error ?? {};
  const retryAfter = (details as { retry_after_seconds?: unknown } | null | undefined)?.retry_after_seconds;
  return new EngineError(code, error?.message ?? `The execution ended as ${row.status}.`, {
    step: error?.step ?? null,
    attempts: error?.attempts ?? 0,
    details: details ?? null,
    // A code of the agent's own, which no problem can have as its own.
    ...(error !== null && !isErrorCode(error.code) && { step_code: error.code }),
    ...(typeof retryAfter === 'number' && { retry_after_seconds: retryAfter }),
  });
}

function fallbackCode({ status }: ExecutionSummary): ErrorCode {
  if (status === 'cancelled') return 'EXECUTION_CANCELLED';
  return status === 'timed_out' ? 'EXECUTION_TIMED_OUT' : 'EXECUTION_FAILED';
}

function uiLink({ url, namespace }: TemporalUi, { workflow_id, run_id }: ExecutionSummary): string {
  const workflow = `${url.replace(/\/+$/, '')}/namespaces/${namespace}/workflows/${workflow_id}`;
  return run_id === null ? workflow : `${workflow}/${run_id}/history`;
}
