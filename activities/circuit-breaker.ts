/**
 * Every call of an agent passes its circuit breaker: asked before, told after.
 *
 * Invariants
 * 1. A refused call never reaches the agent, and fails at once as CIRCUIT_OPEN with the seconds to wait.
 * 2. A call that was let through reports at most once, with the stamp it was given.
 * 3. Only what says that the agent is ill counts as a failure; an agent that answers no is well.
 * 4. What says nothing of the agent (a cancellation, wrong arguments) is not reported; if it was the probe, its lease runs out.
 * How the state moves is src/breaker/state-machine.ts.
 */
import { CancelledFailure } from '@temporalio/common';
import type { BreakerStore } from '../src/contract/breaker';
import { EngineError, type ErrorCode } from '../src/contract/errors';
import type { BreakerStamp } from '../src/contract/external-call';

export interface GuardOptions {
  /** Whether an error says that the agent is ill; `countsAsFailure` unless given. */
  counts?: (error: unknown) => boolean;
}

const illness: ReadonlySet<string> = new Set<ErrorCode>([
  'STEP_TIMED_OUT',
  'PROVIDER_UNAVAILABLE',
  'DATABASE_UNAVAILABLE',
  'TEMPORAL_UNAVAILABLE',
  'INTERNAL',
]);

const silence: ReadonlySet<string> = new Set<ErrorCode>([
  'ARGS_INVALID',
  'CAPABILITY_UNKNOWN',
  'CIRCUIT_OPEN',
]);

/**
 * Runs `call` if the agent's breaker lets it through.
 * @throws EngineError CIRCUIT_OPEN with `{ agent, retry_after_seconds }`; whatever `call` throws
 */
export async function guard<T>(
  store: BreakerStore,
  agent: string,
  call: () => Promise<T>,
  { counts = countsAsFailure }: GuardOptions = {},
): Promise<T> {
  const answer = await store.ask(agent);
  if (answer.decision === 'reject') throw circuitOpen(agent, answer.retryAfterMs);
  const wasProbe = answer.decision === 'probe';
  let result: T;
  try {
    result = await call();
  } catch (error) {
    if (counts(error)) await store.failed(agent, answer.generation, wasProbe);
    else if (!tellsNothing(error)) await store.succeeded(agent, answer.generation, wasProbe);
    throw error;
  }
  await store.succeeded(agent, answer.generation, wasProbe);
  return result;
}

/**
 * For calls that are asked for and reported by different activities: asks now.
 * @throws EngineError CIRCUIT_OPEN
 */
export async function letThrough(store: BreakerStore, agent: string): Promise<BreakerStamp> {
  const answer = await store.ask(agent);
  if (answer.decision === 'reject') throw circuitOpen(agent, answer.retryAfterMs);
  return { generation: answer.generation, probe: answer.decision === 'probe' };
}

/** Tells that a call which was let through failed with this code; one that is none of the table says no, and is well. */
export async function reportCode(
  store: BreakerStore,
  agent: string,
  { generation, probe }: BreakerStamp,
  code: string,
): Promise<void> {
  if (illness.has(code)) await store.failed(agent, generation, probe);
  else if (!silence.has(code)) await store.succeeded(agent, generation, probe);
}

/** Time-outs, servers that are away, and errors nobody foresaw; not a provider, which has a breaker of its own. */
export function countsAsFailure(error: unknown): boolean {
  if (!(error instanceof EngineError)) return !isCancellation(error);
  return illness.has(error.code) && !(error.code === 'PROVIDER_UNAVAILABLE' && 'provider' in error.details);
}

function tellsNothing(error: unknown): boolean {
  return error instanceof EngineError ? silence.has(error.code) : isCancellation(error);
}

/** By name, because errors of another realm are no instances. A signal that ran out of time gives a TimeoutError, which is not this. */
export function isCancellation(error: unknown): boolean {
  if (error instanceof CancelledFailure) return true;
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError';
}

function circuitOpen(agent: string, retryAfterMs: number): EngineError {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  return new EngineError(
    'CIRCUIT_OPEN',
    `The agent ${agent} failed repeatedly and is left alone; retry in ${String(seconds)} s.`,
    { agent, retry_after_seconds: seconds },
  );
}
