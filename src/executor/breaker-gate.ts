/** Refuses a run that cannot succeed: an agent that it cannot do without is being left alone by its circuit breaker. */
import { type BreakerStore, retryAfterSeconds } from '../contract/breaker';
import { EngineError } from '../contract/errors';
import { innerSteps } from '../pattern/lines';
import type { Callable, Plan, PlannedStep } from '../pattern/plan';

/** @throws EngineError CIRCUIT_OPEN, naming agent and capability, with the seconds until the next attempt makes sense */
export async function requireClosedBreakers(
  plan: Plan,
  breakers: Pick<BreakerStore, 'read'>,
  now: number,
): Promise<void> {
  const needed = neededCalls(plan);
  const states = await breakers.read([...new Set(needed.map((call) => call.agent))]);
  for (const { agent, capability } of needed) {
    const state = states[agent];
    const seconds = state ? retryAfterSeconds(state, now) : 0;
    if (seconds === 0) continue;
    throw new EngineError(
      'CIRCUIT_OPEN',
      `The agent ${agent}, which ${capability} needs, rests for ${String(seconds)} s.`,
      {
        agent,
        capability,
        retry_after_seconds: seconds,
      },
    );
  }
}

/** The calls that every run makes: no condition, nothing that catches their failure, and fed only by such steps. */
export function neededCalls(plan: Plan): Callable[] {
  return callsOf(plan.steps);
}

function callsOf(steps: readonly PlannedStep[]): Callable[] {
  const byName = new Map(steps.map((step) => [step.as, step]));
  const known = new Map<string, boolean>();
  const isNeeded = (step: PlannedStep): boolean => {
    const cached = known.get(step.as);
    if (cached !== undefined) return cached;
    const feeders = step.edges
      .filter((edge) => edge.reason === 'args')
      .flatMap((edge) => byName.get(edge.step) ?? []);
    const isSure = step.condition === null && !step.optional && step.handlers.length === 0;
    const needed = isSure && feeders.every(isNeeded);
    known.set(step.as, needed);
    return needed;
  };
  return steps.filter(isNeeded).flatMap(callsIn);
}

/** A map may be empty, so its steps are not sure to run; a loop's first round is. */
function callsIn(step: PlannedStep): Callable[] {
  if (step.kind === 'capability') return [step.call];
  return step.kind === 'map' ? [] : callsOf(innerSteps(step));
}
