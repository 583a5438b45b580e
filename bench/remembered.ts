/** What remembering saves: a whole run answered from the stored one, and one result answered from memory. */
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { capabilityCalls } from '../activities';
import { createMemo } from '../activities/memo';
import { shippedAgents } from '../activities/shipped-agents';
import { localBreakerStore } from '../src/cache/local-breaker-store';
import { localMemoStore } from '../src/cache/local-memo-store';
import type { RequestContext } from '../src/contract/request-context';
import type { Api } from './api';
import { measure, median, quantile } from './measure';
import { overviewId } from './patterns';
import { aimLine, ms, sampleLine, type Say } from './report';

/** The same request again and again; a miss is one that must not be answered from anything remembered. */
export async function benchWholeRun(say: Say, api: Api, portfolio: string, calls: number): Promise<void> {
  for (const mode of ['durable', 'direct'] as const) {
    const body = { pattern_id: overviewId, portfolio_id: portfolio, mode };
    const miss = (): Promise<unknown> => api.execute(body, { 'cache-control': 'no-cache' });
    const hit = async (): Promise<void> => {
      const { execution } = await api.execute(body);
      if (!(execution as { cached?: boolean }).cached) throw new Error('the run was not remembered');
    };
    await api.execute(body);
    await measure(miss, 5, 1);
    await measure(hit, 20, 1);
    // In turns, so that both meet the same machine.
    const [hits, misses]: [number[], number[]] = [[], []];
    for (let round = 0; round < calls; round += 1) {
      misses.push(...(await measure(miss, 1, 1)).latencies);
      hits.push(...(await measure(hit, 4, 1)).latencies);
    }
    const [h, m] = [median(hits), median(misses)];
    say(`${overviewId}, ${mode}: whole-run hit p50 ${ms(h)}, miss p50 ${ms(m)} (p95 ${ms(quantile(hits, 0.95))}, ${ms(quantile(misses, 0.95))})`); // prettier-ignore
    if (mode === 'durable') say(aimLine('whole-run hit / miss', h / m, 0.15, '×'));
    else say(`    whole-run hit / miss: ${(h / m).toFixed(3)} ×`);
  }
}

/** One capability on the real database, in this process. */
export async function benchMemo(say: Say, pool: Pool, ctx: RequestContext, calls: number): Promise<void> {
  const dependencies = { breakers: localBreakerStore({}), memo: createMemo(localMemoStore()) };
  const call = capabilityCalls(shippedAgents, { database: pool }, dependencies).get('metrics.compute_twr');
  if (!call) throw new Error('there is no metrics.compute_twr');
  const args = { portfolio_id: ctx.portfolio_id, pack_id: ctx.pricing_pack_id, lookback_days: 252 };
  const ask = (cache: boolean) => (): Promise<unknown> =>
    call(
      args,
      ctx,
      { execution_id: randomUUID(), effect_key: null, cache },
      {
        attempt: 1,
        limitMs: 10_000,
        signal: new AbortController().signal,
      },
    );
  await measure(ask(false), 3, 1);
  await measure(ask(true), 50, 1);
  const miss = await measure(ask(false), calls, 1);
  const hit = await measure(ask(true), calls * 10, 1);
  say(sampleLine('metrics.compute_twr, memo miss', miss));
  say(sampleLine('metrics.compute_twr, memo hit', hit));
  say(`    memo hit / miss: ${(median(hit.latencies) / median(miss.latencies)).toFixed(4)} ×`);
}
