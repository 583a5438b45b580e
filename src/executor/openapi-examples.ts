/** One exchange for each operation, in the form that the API answers; tests hold each against its schema. */
import type { Static } from '@sinclair/typebox';
import type { Execution, ExecuteRequest, ExecuteResponse, ExecutionHandle } from '../contract/execution';
import type { Trace } from '../contract/trace';
import type { Health } from './health';
import type { PatternListing } from './patterns';

const id = '5b0c1f6e-64a1-4f6e-9d86-0f6a3a3c7a11';
const portfolio_id = 'a11ce000-0000-4000-8000-0000000000a1';
const run_id = '019ab9a5-3d2c-7c55-9a6f-0d1f3c1d7e21';
const pattern = {
  id: 'annualised_return',
  version: '1.0.0',
  sha256: 'sha256:6e2f4d1f7a0f8f4cbd1c5a0f3a8b36f4c0f1b2a7a95d2d3c4b5a69788796a5b4',
};

export const executeRequest: ExecuteRequest = {
  pattern_id: 'annualised_return',
  portfolio_id,
  inputs: { lookback_days: 252 },
  asof_date: '2013-02-28',
};

const links = {
  self: `/v1/executions/${id}`,
  trace: `/v1/executions/${id}/trace`,
  cancel: `/v1/executions/${id}/cancel`,
};

export const handle: ExecutionHandle = {
  id,
  status: 'succeeded',
  workflow_id: `exec-${id}`,
  run_id,
  links,
};

export const runningHandle: ExecutionHandle = { ...handle, status: 'running' };

const digestOf = (digit: string): string => `sha256:${digit.repeat(64)}`;

export const trace: Trace = {
  trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
  execution_id: id,
  workflow_id: `exec-${id}`,
  run_id,
  mode: 'durable',
  pattern,
  pattern_id: pattern.id,
  pricing_pack_id: 'PP_2013-02-28',
  ledger_commit_hash: digestOf('a'),
  asof_date: '2013-02-28',
  agents_used: ['financial_analyst'],
  capabilities_used: ['metrics.compute_twr'],
  sources: ['pricing_pack:PP_2013-02-28'],
  per_panel_staleness: [],
  steps: [
    {
      path: 'twr',
      as: 'twr',
      capability: 'metrics.compute_twr',
      agent: 'financial_analyst',
      status: 'success',
      args: { portfolio_id, pack_id: 'PP_2013-02-28', lookback_days: 252 },
      args_digest: digestOf('b'),
      result_digest: digestOf('c'),
      started_at: '2026-11-25T04:00:00.000Z',
      duration_ms: 41,
      attempts: 1,
      cache: 'off',
      source: 'pricing_pack:PP_2013-02-28',
    },
  ],
  degraded: [],
  fingerprint: digestOf('d'),
};

export const executeResponse: ExecuteResponse = {
  data: { twr: { value: 0.1132, days: 365, observations: 252, currency: 'CAD', reasons: {} } },
  charts: [],
  trace,
  execution: handle,
};

const summary: Execution = {
  execution: handle,
  pattern,
  portfolio_id,
  pricing_pack_id: 'PP_2013-02-28',
  ledger_commit_hash: digestOf('a'),
  asof_date: '2013-02-28',
  created_at: '2026-11-25T04:00:00.000Z',
  finished_at: '2026-11-25T04:00:00.140Z',
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
