/** `runPattern` against a workflow written by hand that calls the same activities in the same order. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import type { Pool } from 'pg';
import type { RequestContext } from '../src/contract/request-context';
import { insertExecution } from '../src/db/executions';
import { withUser } from '../src/db/pool';
import { toPlan } from '../src/pattern/compile';
import type { RunPatternInput } from '../src/pattern/plan';
import type { Pattern } from '../src/pattern/schema';
import { signaturesOf } from '../src/pattern/signatures';
import { aliases, catalogue } from '../src/capabilities';
import { startTracing } from '../src/telemetry/tracing';
import { measure, median, type Sample } from './measure';
import { overviewId, shippedPatterns } from './patterns';
import { ms, type Say } from './report';
import type { BenchStack } from './stack';

/** Rounds alternate; medians. */
export async function benchHandWritten(
  say: Say,
  { stack, pool, ctx }: { stack: BenchStack; pool: Pool; ctx: RequestContext },
  rounds: number,
  calls: number,
): Promise<void> {
  const connection = await Connection.connect({ address: stack.env['TEMPORAL_ADDRESS'] ?? '' });
  const client = new Client({ connection, plugins: [startTracing('bench', {}).plugin] });
  const [generic, byHand] = [
    runner(client, pool, ctx, 'runPattern'),
    runner(client, pool, ctx, 'handWrittenOverview'),
  ];
  await measure(generic, 5, 1);
  await measure(byHand, 5, 1);
  for (const callers of [1, 40]) {
    const count = callers === 1 ? Math.round(calls / 4) : calls;
    const pairs: [Sample, Sample][] = [];
    for (let round = 0; round < rounds; round += 1) {
      // Who goes first alternates, so that neither always meets the warmer machine.
      const first = round % 2 === 0 ? generic : byHand;
      const a = await measure(first, count, callers);
      const b = await measure(first === generic ? byHand : generic, count, callers);
      pairs.push(first === generic ? [a, b] : [b, a]);
    }
    sayPairs(say, pairs, callers, count);
  }
  await connection.close();
}

function sayPairs(say: Say, pairs: readonly [Sample, Sample][], callers: number, count: number): void {
  const latency = pairs.map(([g, h]) => median(g.latencies) / median(h.latencies));
  const throughput = pairs.map(([g, h]) => g.throughput / h.throughput);
  say(
    `runPattern / hand-written, ${String(callers)} at once: latency × ${median(latency).toFixed(3)} (${ms(median(pairs.map(([g]) => median(g.latencies))))} / ${ms(median(pairs.map(([, h]) => median(h.latencies))))})` +
      `  throughput × ${median(throughput).toFixed(3)} (${median(pairs.map(([g]) => g.throughput)).toFixed(1)} / ${median(pairs.map(([, h]) => h.throughput)).toFixed(1)} a second), median of ${String(pairs.length)} rounds of ${String(count)}`,
  );
}

function runner(client: Client, pool: Pool, ctx: RequestContext, workflow: string): () => Promise<void> {
  const overview = shippedPatterns().find(({ id }) => id === overviewId);
  const plan = toPlan(overview as unknown as Pattern, { signatures: signaturesOf(catalogue, aliases) });
  const inputs = { portfolio_id: ctx.portfolio_id, lookback_days: 252 };
  return async () => {
    // Nothing remembered: both do the same work each time.
    const input: RunPatternInput = { execution_id: randomUUID(), plan, ctx, inputs, cache: false };
    const { execution_id: id } = input;
    const workflowId = `exec-${id}`;
    await withUser(pool, ctx.user_id, (tx) =>
      insertExecution(tx, {
        id,
        user_id: ctx.user_id,
        request_digest: '',
        pattern: plan.pattern,
        portfolio_id: ctx.portfolio_id,
        pricing_pack_id: ctx.pricing_pack_id,
        ledger_commit_hash: ctx.ledger_commit_hash,
        asof_date: ctx.asof_date,
        workflow_id: workflowId,
        mode: 'durable',
        inputs,
        ctx,
        run_key: null,
        timeout_ms: 60_000,
      }),
    );
    await client.workflow.execute(workflow, { workflowId, taskQueue: 'engine', args: [input] });
  };
}
