/** One exchange for each operation, in the form that the API answers; tests hold each against its schema. */
import type { Static } from '@sinclair/typebox';
import type { Execution, ExecuteRequest, ExecuteResponse, ExecutionHandle } from '../contract/execution';
import recorded from './examples/execute-response.json';
import type { Health } from './health';
import type { PatternListing } from './patterns';

/** Recorded from the demo; an end-to-end test holds it against what the demo answers today. */
export const executeResponse = recorded as ExecuteResponse;
export const { trace } = executeResponse;
export const handle: ExecutionHandle = executeResponse.execution;
export const runningHandle: ExecutionHandle = { ...handle, status: 'running' };

const portfolio_id = 'a11ce000-0000-4000-8000-0000000000a1';
const { pattern, pricing_pack_id, ledger_commit_hash, asof_date } = trace;

export const executeRequest: ExecuteRequest = { pattern_id: pattern.id, portfolio_id, asof_date };

const summary: Execution = {
  execution: handle,
  pattern,
  portfolio_id,
  pricing_pack_id,
  ledger_commit_hash,
  asof_date,
  created_at: '2026-11-25T06:29:37.150Z',
  finished_at: '2026-11-25T06:29:37.330Z',
  error: null,
  degraded: [],
};

export const executionList = { executions: [summary] };
export const execution: Execution = { ...summary, data: executeResponse.data, charts: [], trace };

export const patternList: Static<typeof PatternListing>[] = [
  {
    id: 'annualised_return',
    name: 'Annualised return',
    description: 'Time-weighted return of a portfolio over a window, annualised.',
    category: 'analysis',
    version: '1.0.0',
    sha256: pattern.sha256,
    inputs: {
      type: 'object',
      properties: {
        portfolio_id: { type: 'string', format: 'uuid' },
        lookback_days: { type: 'integer', minimum: 1 },
      },
      required: ['portfolio_id'],
      additionalProperties: false,
    },
    rights_required: ['portfolio_read'],
    broken: false,
    problems: [],
  },
];

export const health: Static<typeof Health> = {
  status: 'ok',
  temporal: { status: 'up' },
  postgresql: { status: 'up' },
  breaker_store: { status: 'up', kind: 'postgres' },
  workflows: { pollers: 1 },
  agents: { financial_analyst: { pollers: 1, breaker: 'closed', fails: 0, retry_after_seconds: 0 } },
  patterns: { ready: 2, broken: 0 },
  latest_pack: { id: 'PP_2013-02-28', date: '2013-02-28', status: 'fresh' },
};

export const packWarming = {
  error: 'PACK_WARMING',
  message:
    'The pricing pack PP_2013-03-01 is warming, not fresh. Retry in a few minutes, or name an earlier date.',
  pack_id: 'PP_2013-03-01',
  pack_status: 'warming',
  retry_after_seconds: 30,
  type: 'urn:dawsos:error:PACK_WARMING',
  title: 'The pricing pack of this date is not fresh yet.',
  status: 503,
  detail:
    'The pricing pack PP_2013-03-01 is warming, not fresh. Retry in a few minutes, or name an earlier date.',
  instance: '/v1/execute',
  code: 'PACK_WARMING',
  action: 'Retry later, or name an earlier date.',
  request_id: '7d3f6c2e-52b8-4a0e-8a51-3a6f0cf7b1d4',
  trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
};
