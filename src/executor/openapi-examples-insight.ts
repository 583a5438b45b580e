/** Exchanges of the operations that look ahead and back, recorded from the demo; an end-to-end test holds them against it. */
import type { Diff } from '../contract/diff';
import type { Lineage } from '../contract/lineage';
import type { PlanExplanation } from '../contract/plan-explanation';
import { progressOfLine } from '../pattern/progress';
import type { CheckRequest, CheckResult } from './check-request';
import type { DiffRequest } from './diff';
import recordedCheck from './examples/check-result.json';
import recordedDiff from './examples/diff.json';
import recordedLineage from './examples/lineage.json';
import recordedPlan from './examples/plan.json';
import { executeRequest, handle, runningHandle, trace } from './openapi-examples';
import type { PlanRequest } from './plan-request';

export const checkRequest: CheckRequest = {
  pattern: {
    id: 'growth',
    name: 'Growth',
    inputs: { portfolio_id: { type: 'uuid', required: true } },
    steps: [
      {
        capability: 'metrics.compute_twr',
        args: { portfolio_id: '{{inputs.portfolio_id}}', pack_id: '{{ctx.pricing_pack_id}}' },
        as: 'twr',
      },
      {
        capability: 'calc.annualize',
        args: { total_return: '{{state.twr.value}}', days: 365 },
        as: 'growth',
      },
    ],
    outputs: ['grwoth'],
  },
};
export const checkResult = recordedCheck as CheckResult;

export const planRequest: PlanRequest = executeRequest;
export const plan = recordedPlan as PlanExplanation;

export const lineage = recordedLineage as Lineage;

const { pattern_id, portfolio_id = '' } = executeRequest;
export const diffRequest: DiffRequest = {
  pattern_id,
  portfolio_id,
  left_pack: 'PP_2013-02-27',
  right_pack: 'PP_2013-02-28',
};
export const diff = recordedDiff as Diff;
export const diffRunning = {
  left: runningHandle,
  right: { ...runningHandle, id: '3f0c7a52-5d0e-4a59-9c0e-0b8f4d0a7c11' },
};

/** As `GET …/events` tells of a run that has ended. */
export const events = [
  'retry: 1000\n',
  ...[
    ...trace.steps.map((line) => ['step', progressOfLine(line)] as const),
    ['status', { status: handle.status }] as const,
  ].map(
    ([event, data], index) =>
      `id: stored-${String(index + 1)}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n`,
  ),
  `id: stored-${String(trace.steps.length + 2)}-end\nevent: end\ndata: ${JSON.stringify({ status: handle.status, links: handle.links })}\n`,
  '',
].join('\n');
