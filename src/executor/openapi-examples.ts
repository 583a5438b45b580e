/** One exchange for each operation, in the form that the API answers; tests hold each against its schema. */
import type { Static } from '@sinclair/typebox';
import { aliases, catalogue } from '../capabilities';
import type { Execution, ExecuteRequest, ExecuteResponse, ExecutionHandle } from '../contract/execution';
import { toListing } from './capabilities';
import recorded from './examples/execute-response.json';
import recordedPattern from './examples/pattern-detail.json';
import type { Health } from './health';
import type { PackReconciliations } from './pack-reconciliations';
import type { Pack } from './packs';
import type { PatternDetail } from './pattern-detail';
import type { PatternListing } from './patterns';
import type { Portfolio } from './portfolios';
import type { Readiness } from './probes';

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
  restated_by: null,
  error: null,
  degraded: [],
};

export const approvalList = {
  approvals: [
    {
      execution_id: handle.id,
      step: 'sign_off',
      pattern_id: 'order_guarded',
      title: 'Book 12 orders?',
      form: { type: 'object', properties: { note: { type: 'string' } } },
      rights: ['orders_approve'],
      not_starter: true,
      opened_at: '2026-11-25T06:29:37.330Z',
      due_at: '2026-11-26T06:29:37.330Z',
    },
  ],
};
export const approveRequest = { step: 'sign_off', decision: 'approve' as const, data: { note: 'checked' } };
export const approveResponse = {
  execution_id: handle.id,
  step: 'sign_off',
  decision: 'approve',
  by: 'b0b00000-0000-4000-8000-000000000002',
  at: '2026-11-25T07:00:00.000Z',
};

export const verification = {
  execution_id: handle.id,
  verified: true,
  fingerprint: trace.fingerprint,
  recomputed: trace.fingerprint,
  first_difference: null,
  recorded: [],
  verification: { ...handle, id: '3f0c7a52-5d0e-4a59-9c0e-0b8f4d0a7c11', mode: 'direct' as const },
};

export const executionList = { executions: [summary], next_cursor: null };
export const execution: Execution = { ...summary, data: executeResponse.data, charts: [], trace };

/** Recorded from the demo, too. */
export const patternDetail = recordedPattern as PatternDetail;
const { warnings: _warnings, steps: _steps, pattern: _pattern, ...listing } = patternDetail;
export const patternList: PatternListing[] = [listing];

export const capabilityList = { capabilities: [toListing(catalogue['calc.annualise'], aliases)] };

export const pack: Pack = {
  id: pricing_pack_id,
  date: asof_date,
  status: 'fresh',
  sha256: 'sha256:3fe8efc44942beea3dc4ecdcdb30f6b0ad5bf9136c593bda05e7f16ef870c21b',
  status_reason: null,
  superseded_by: null,
  built_at: '2026-11-25T06:29:30.000Z',
  stages: [],
};
export const packReconciliations: PackReconciliations = {
  reconciliations: [
    {
      portfolio_id,
      ledger_commit_hash: ledger_commit_hash ?? '',
      passed: false,
      checked_at: '2026-11-25T06:29:31.000Z',
      differences: [
        {
          account: null,
          commodity: 'USD',
          kind: 'cash',
          expected: '43296.63',
          actual: '43396.63',
          difference: '100.00',
          difference_bps: null,
          first_date: '2013-02-11',
          status: 'different',
        },
      ],
    },
  ],
};
export const packList = { packs: [pack], next_cursor: 'WyIyMDEzLTAyLTI4IiwiUFBfMjAxMy0wMi0yOCJd' };

export const portfolio: Portfolio = {
  id: portfolio_id,
  name: 'Demo portfolio',
  base_currency: 'CAD',
  benchmark_id: 'SP500',
  ledger_commit_hash,
};
export const portfolioList = { portfolios: [portfolio], next_cursor: null };

export const health: Static<typeof Health> = {
  status: 'ok',
  temporal: { status: 'up' },
  postgresql: { status: 'up' },
  breaker_store: { status: 'up', kind: 'postgres' },
  workflows: { pollers: 1 },
  agents: { financial_analyst: { pollers: 1, breaker: 'closed', fails: 0, retry_after_seconds: 0 } },
  patterns: { ready: 2, broken: 0 },
  latest_pack: { id: 'PP_2013-02-28', date: '2013-02-28', status: 'fresh' },
  fresh_pack: { id: 'PP_2013-02-28', date: '2013-02-28' },
};

export const readiness: Readiness = {
  status: 'ready',
  temporal: 'up',
  postgresql: 'up',
  draining: false,
};
export const unreadiness: Readiness = { ...readiness, status: 'not_ready', temporal: 'down' };

export const metrics = `# HELP dawsos_executions_finished_total Executions whose end this process saw.
# TYPE dawsos_executions_finished_total counter
dawsos_executions_finished_total{pattern="${pattern.id}",status="succeeded",degraded="false"} 1
`;
