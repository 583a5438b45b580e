/** The engine's own part of a step: the interpreter on a port that answers at once, so that nothing else is in the figure. */
import { randomUUID } from 'node:crypto';
import { aliases, catalogue } from '../src/capabilities';
import { digest } from '../src/canonical';
import type { Envelope } from '../src/contract/trace';
import { realClock } from '../src/local/clock';
import { localPort } from '../src/local/port';
import { toPlan } from '../src/pattern/compile';
import { interpret } from '../src/pattern/interpret';
import type { Plan, RunPatternInput } from '../src/pattern/plan';
import type { CapabilityCall } from '../src/pattern/run/port';
import { openStop } from '../src/pattern/run/stop';
import type { Pattern } from '../src/pattern/schema';
import { signaturesOf } from '../src/pattern/signatures';
import { measure, median } from './measure';
import { nextSeed, type Shape, sizes, stepsPattern } from './patterns';
import { aimLine, ms, type Say } from './report';

export async function benchEngineShare(say: Say, rounds: number): Promise<void> {
  const signatures = signaturesOf(catalogue, aliases);
  const perStep = new Map<string, number>();
  for (const shape of ['wide', 'deep'] as const) {
    for (const size of sizes) {
      const plan = toPlan(stepsPattern(shape, size) as unknown as Pattern, { signatures });
      await measure(() => runOnce(plan), 20, 1);
      const { latencies } = await measure(
        () => runOnce(plan),
        Math.max(20, Math.round((rounds * 200) / size)),
        1,
      );
      perStep.set(`${shape} ${String(size)}`, median(latencies) / size);
    }
  }
  for (const shape of ['wide', 'deep'] as const) sayShape(say, shape, perStep);
}

function sayShape(say: Say, shape: Shape, perStep: ReadonlyMap<string, number>): void {
  const of = (size: number): number => perStep.get(`${shape} ${String(size)}`) ?? Number.NaN;
  const texts = sizes.map((size) => `${String(size)}: ${ms(of(size))}`);
  say(`engine's own share of a step, ${shape}: ${texts.join('  ')} (p50 of a run / its steps)`);
  say(aimLine(`a step of ${shape} 200`, of(200), 1, 'ms'));
  say(aimLine(`${shape}: a step of 200 / a step of 10`, of(200) / of(10), 1.5, '×'));
}

async function runOnce(plan: Plan): Promise<void> {
  const execution_id = randomUUID();
  const input: RunPatternInput = { execution_id, plan, inputs: nextSeed(), ctx: context };
  const world = {
    clock: realClock,
    deadline: Date.now() + 60_000,
    invoke: (call: CapabilityCall) => Promise.resolve(answerTo(call)),
    answer: () => Promise.reject(new Error('nobody is asked')),
  };
  const port = localPort(input, execution_id, world, openStop(null));
  const outcome = await interpret(input, { workflow_id: '', run_id: '', mode: 'direct' }, port);
  if (outcome.status !== 'succeeded') throw new Error(JSON.stringify(outcome).slice(0, 500));
}

function answerTo({ callable, args }: CapabilityCall): Envelope {
  const result = { annualised: 0.05, convention: 'actual/365', reasons: {} };
  const given = { agent: callable.agent, source: null, asof_date: null, ttl: null, confidence: null };
  const digests = { args_digest: digest(args), result_digest: 'sha256:0' };
  return { result, meta: { ...given, ...digests, attempt: 1, cache: 'off', source_execution_id: null } };
}

const context = {
  trace_id: '0'.repeat(32),
  request_id: '',
  user_id: randomUUID(),
  portfolio_id: null,
  pricing_pack_id: 'PP_2013-02-28',
  ledger_commit_hash: null,
  asof_date: '2013-02-28',
  base_currency: null,
  benchmark_id: null,
  rights: [],
};
