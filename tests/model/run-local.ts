/** Runs a program by the engine's interpreter in memory, on its port without Temporal and a virtual clock. */
import { digest } from '../../src/canonical';
import type { Outcome } from '../../src/contract/execution';
import type { Envelope } from '../../src/contract/trace';
import { AttemptFailure } from '../../src/local/attempts';
import { virtualClock } from '../../src/local/clock';
import { type LocalWorld, localPort } from '../../src/local/port';
import { lookupOf } from '../../src/pattern/check-context';
import { type Compiled, compilePattern } from '../../src/pattern/compile';
import { interpret } from '../../src/pattern/interpret';
import type { RunPatternInput } from '../../src/pattern/plan';
import type { CapabilityCall } from '../../src/pattern/run/port';
import { openStop } from '../../src/pattern/run/stop';
import { signaturesOf } from '../../src/pattern/signatures';
import { testContext } from '../support/request-context';
import type { Program } from './program';
import { capabilities, latencyOf, type LedgerEntry, openLedger, worldCatalogue } from './world';

export const worldSignatures = signaturesOf(worldCatalogue, []);
export const startOfTime = Date.parse('2026-01-01T00:00:00Z');

export interface Observed {
  outcome: Outcome;
  effects: LedgerEntry[];
  workflowId: string;
}

function compile({ pattern, others }: Program): Compiled {
  return compilePattern(pattern, { signatures: worldSignatures, patterns: lookupOf(others) });
}

/** What the check has against a program. */
export function problemsOf(program: Program): Compiled['problems'] {
  return compile(program).problems;
}

export async function runLocally(program: Program): Promise<Observed> {
  const { plan, problems } = compile(program);
  if (plan === null) throw new Error(`the check refuses it: ${JSON.stringify(problems)}`);
  const clock = virtualClock(startOfTime);
  const ledger = openLedger();
  const stop = openStop(null);
  const world: LocalWorld = {
    clock,
    deadline: clock.now() + plan.executionTimeoutMs,
    invoke: async (call, number, signal) => {
      const { path, args, callable, effect_key } = call;
      const deed = capabilities[callable.capability]?.attempt(args, number);
      if (!deed) throw new Error(`no ${callable.capability} in this world`);
      await clock.sleep(latencyOf(path, args, number), signal);
      if (deed.writes && effect_key !== null) ledger.perform(callable.capability, effect_key);
      if (deed.end === 'cancel') stop.stop('cancel');
      if (deed.end === 'cancel' || deed.end === 'hang') await clock.sleep(Number.MAX_SAFE_INTEGER, signal);
      if (typeof deed.end === 'object')
        throw new AttemptFailure({ ...deed.end, message: 'as told', details: null });
      return envelopeOf(call, deed.result, number);
    },
    answer: async ({ path }, signal) => {
      const answer = program.answers[path];
      await clock.sleep(answer?.ms ?? Number.MAX_SAFE_INTEGER, signal);
      const { decision = 'reject', data = null } = answer ?? {};
      return { decision, data, by: 'somebody', at: new Date(clock.now()).toISOString() };
    },
  };
  const input: RunPatternInput = { execution_id: 'e', plan, ctx: testContext, inputs: inputsOf(program) };
  const identity = { workflow_id: 'w', run_id: 'r', mode: 'durable' } as const;
  const outcome = await clock.run(interpret(input, identity, localPort(input, 'w', world, stop)));
  if (outcome.status === 'continue') throw new Error('a local run continued as new');
  return { outcome, effects: ledger.entries, workflowId: 'w' };
}

/** As the API hands them on: with defaults. */
export function inputsOf({ pattern, inputs }: Program): Record<string, unknown> {
  const defaults = Object.entries(pattern.inputs ?? {}).filter(([, input]) => input.default !== undefined);
  return { ...Object.fromEntries(defaults.map(([name, input]) => [name, input.default])), ...inputs };
}

function envelopeOf({ path, callable, args }: CapabilityCall, result: unknown, attempt: number): Envelope {
  return {
    result,
    meta: {
      ...{ agent: callable.agent, source: `test:${path}`, asof_date: null, ttl: null, confidence: null },
      ...{ attempt, cache: 'off', args_digest: digest(args), result_digest: digest(result ?? null) },
      source_execution_id: null,
    },
  };
}
