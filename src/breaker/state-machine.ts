/**
 * The circuit breaker as a pure function of (state, event, time); every store applies exactly these transitions.
 *
 * Invariants
 * 1. Closed until `failures` failures in a row; a success in between starts the count again.
 * 2. Open: every call is refused for `openMs`.
 * 3. Then one call is let through, the probe; the others are refused while its lease of `probeMs` lasts.
 *    A probe that never reports costs one lease, not the agent.
 * 4. A successful probe closes; a failed one opens again for `openMs`.
 * 5. Opening, probing and closing each raise the generation, and a report counts only if it carries the present one:
 *    calls let through before an opening can neither prolong it nor end it.
 * 6. Agents do not know of each other.
 */
import type { BreakerAnswer, BreakerLimits, BreakerState } from '../contract/breaker';

export interface Answered {
  answer: BreakerAnswer;
  state: BreakerState;
}

export const defaultLimits: BreakerLimits = { failures: 5, openMs: 60_000, probeMs: 30_000 };

export const closedBreaker: BreakerState = { fails: 0, open_until: 0, probe_until: 0, generation: 0 };

/** Whether a call may go to the agent now. */
export function ask(state: BreakerState, now: number, limits: BreakerLimits): Answered {
  const { open_until, probe_until, generation } = state;
  if (open_until === 0) return { answer: { decision: 'allow', generation }, state };
  const wait = Math.max(open_until, probe_until) - now;
  if (wait > 0) return { answer: { decision: 'reject', retryAfterMs: wait }, state };
  const probing = { ...state, probe_until: now + limits.probeMs, generation: generation + 1 };
  return { answer: { decision: 'probe', generation: probing.generation }, state: probing };
}

/** A call was answered. */
export function succeeded(state: BreakerState, generation: number, wasProbe: boolean): BreakerState {
  if (!isPresent(state, generation, wasProbe)) return state;
  return { ...closedBreaker, generation: wasProbe ? generation + 1 : generation };
}

/** A call failed in a way that counts. */
export function failed(
  state: BreakerState,
  report: { generation: number; wasProbe: boolean },
  now: number,
  limits: BreakerLimits,
): BreakerState {
  const { generation, wasProbe } = report;
  if (!isPresent(state, generation, wasProbe)) return state;
  const fails = state.fails + 1;
  if (!wasProbe && fails < limits.failures) return { ...state, fails };
  return { fails, open_until: now + limits.openMs, probe_until: 0, generation: generation + 1 };
}

function isPresent(state: BreakerState, generation: number, wasProbe: boolean): boolean {
  return state.generation === generation && state.probe_until > 0 === wasProbe;
}
