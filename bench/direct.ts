/** Direct mode: six trivial steps, each on the result of the one before, as runs over HTTP that are stored like any other. */
import type { Api } from './api';
import { measure, quantile } from './measure';
import { nextSeed, sixStepsId } from './patterns';
import { aimLine, sampleLine, type Say } from './report';

const callers = 8;

export async function benchDirect(say: Say, api: Api, calls: number): Promise<void> {
  const call = (): Promise<unknown> =>
    api.execute({ pattern_id: sixStepsId, inputs: nextSeed(), mode: 'direct' });
  await measure(call, calls, callers);
  const one = await measure(call, Math.round(calls / 2), 1);
  const many = await measure(call, calls * 3, callers);
  say(sampleLine('direct mode, six trivial steps, 1 at once', one));
  say(sampleLine(`direct mode, six trivial steps, ${String(callers)} at once`, many));
  say(aimLine('p50, 1 at once', quantile(one.latencies, 0.5), 3, 'ms'));
  say(aimLine(`runs, ${String(callers)} at once`, many.throughput, 1000, '/s'));
}
