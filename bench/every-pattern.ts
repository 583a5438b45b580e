/**
 * Every shipped pattern over HTTP on the embedded stack: p95 of durable runs of which nothing is remembered (cold), and of
 * runs whose steps are (warm). A whole run that is remembered is measured elsewhere: it would make every pattern alike.
 */
import type { Api } from './api';
import { measure, quantile } from './measure';
import { type BenchPattern, shippedPatterns } from './patterns';
import { ms, type Say } from './report';

/** In milliseconds, p95. */
const aims = { warm: 1200, cold: 2000 };
/** A run of another id has the steps of the first and is not the same run. */
const copyOf = (id: string, copy: number): string => `${id}_copy_${String(copy)}`;
const copies = 20;

/** Inputs that have no default, or none that a run could do with; of the demo. */
const given: Readonly<Record<string, unknown>> = {
  security_id: '5ec00000-0000-4000-8000-00000000aa91',
  scenario_id: 'equity_selloff',
  tax_year: 2012,
};

/** The shipped patterns, and copies of them under other ids. Their tests stay behind. */
export function everyPattern(): BenchPattern[] {
  return shippedPatterns().flatMap(({ tests: _tests, ...pattern }) => [
    pattern as BenchPattern,
    ...Array.from({ length: copies }, (_, copy) => ({ ...pattern, id: copyOf(pattern.id, copy) })),
  ]);
}

export async function benchEveryPattern(say: Say, api: Api, portfolio: string, calls: number): Promise<void> {
  const rounds = Math.min(calls, copies);
  let met = 0;
  for (const pattern of shippedPatterns()) {
    const body = (id: string): object => ({
      pattern_id: id,
      portfolio_id: portfolio,
      inputs: inputsOf(pattern),
      mode: 'durable',
    });
    const cold = (): Promise<unknown> => api.execute(body(pattern.id), { 'cache-control': 'no-cache' });
    await cold();
    const coldest = await measure(cold, rounds, 1);
    await api.execute(body(pattern.id));
    let copy = 0;
    const warm = (): Promise<unknown> => api.execute(body(copyOf(pattern.id, copy++)));
    const warmest = await measure(warm, rounds, 1);
    const [c, w] = [quantile(coldest.latencies, 0.95), quantile(warmest.latencies, 0.95)];
    const isMet = w <= aims.warm && c <= aims.cold;
    if (isMet) met += 1;
    say(
      `  ${isMet ? '✓' : '✗'} ${pattern.id}: p95 warm ${ms(w)}, cold ${ms(c)}; cold / warm ${(c / w).toFixed(2)} ×`,
    );
  }
  say(`${String(met)} of ${String(shippedPatterns().length)} patterns within ${String(aims.warm)} ms warm and ${String(aims.cold)} ms cold (p95 of ${String(rounds)} runs each)`); // prettier-ignore
}

function inputsOf({ inputs }: BenchPattern): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([name]) => name in (inputs as object)));
}
