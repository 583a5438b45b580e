/** `portfolio_overview` as somebody would write it by hand for Temporal: the baseline that `runPattern` is measured against. */
import { ApplicationFailure, proxyActivities } from '@temporalio/workflow';
import type { CallOptions } from '../../src/contract/call-options';
import type { Envelope, Trace } from '../../src/contract/trace';
import type { RequestContext } from '../../src/contract/request-context';
import type { Outcome } from '../../src/contract/execution';
import type { RunPatternInput } from '../../src/pattern/plan';
import type { StoreExecutionInput } from '../../workflows/run-pattern';

type Call = (args: Record<string, unknown>, ctx: RequestContext, options: CallOptions) => Promise<Envelope>;

const analyst = proxyActivities<Record<string, Call>>({
  taskQueue: 'agent-financial_analyst',
  startToCloseTimeout: '30s',
  retry: { maximumAttempts: 3, initialInterval: '200ms', maximumInterval: '5s' },
});
const engine = proxyActivities<{ 'engine.store_execution': (input: StoreExecutionInput) => Promise<void> }>({
  startToCloseTimeout: '10s',
});

/** Takes the same input as `runPattern` so that both carry the same bytes; ignores the plan. */
export async function handWrittenOverview({
  execution_id,
  ctx,
  inputs,
}: RunPatternInput): Promise<{ status: string }> {
  const call = (name: string, args: Record<string, unknown>): Promise<Envelope> => {
    const activity = analyst[name];
    if (!activity) throw ApplicationFailure.nonRetryable(name);
    // Nothing remembered, as in the runs it is compared with.
    return activity(args, ctx, { execution_id, effect_key: null, cache: false });
  };
  const { portfolio_id, lookback_days } = inputs;
  const window = { portfolio_id, pack_id: ctx.pricing_pack_id, lookback_days };
  const held = call('portfolio.get_valued_positions', { portfolio_id, pack_id: ctx.pricing_pack_id });
  const twr = call('metrics.compute_twr', window);
  const attribution = call('metrics.currency_attribution', window);
  const nav = call('portfolio.historical_nav', window);
  const valued = await held;
  const positions = member(valued, 'positions');
  const sectors = call('portfolio.sector_allocation', { positions });
  const charts = call('charts.overview', {
    positions,
    metrics: (await twr).result,
    currency_attr: (await attribution).result,
  });
  const data = {
    valued_positions: valued.result,
    perf_metrics: (await twr).result,
    currency_attr: (await attribution).result,
    sector_allocation: (await sectors).result,
    charts: (await charts).result,
    historical_nav: (await nav).result,
  };
  const outcome: Outcome = {
    status: 'succeeded',
    data,
    charts: [],
    trace: { steps: [], degraded: [] } as unknown as Trace,
    error: null,
  };
  await engine['engine.store_execution']({
    execution_id,
    user_id: ctx.user_id,
    run_id: 'hand-written',
    outcome,
  });
  return { status: 'succeeded' };
}

function member(envelope: Envelope, name: string): unknown {
  return (envelope.result as Record<string, unknown>)[name];
}
