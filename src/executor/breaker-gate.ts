/** Refuses a run that cannot succeed: an agent that it cannot do without is being left alone by its circuit breaker. */
import { type BreakerStore, retryAfterSeconds } from '../contract/breaker';
import { EngineError } from '../contract/errors';
import type { Plan, PlannedStep } from '../pattern/plan';

/** @throws EngineError CIRCUIT_OPEN, naming agent and capability, with the seconds until the next attempt makes sense */
export async function requireClosedBreakers(plan: Plan, breakers: BreakerStore, now: number): Promise<void> {
  const needed = neededSteps(plan);
  const states = await breakers.read([...new Set(needed.map((step) => step.agent))]);
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

/** The steps that every run executes: no condition, not optional, and fed only by such steps. */
export function neededSteps(plan: Plan): PlannedStep[] {
  const byName = new Map(plan.steps.map((step) => [step.as, step]));
  const known = new Map<string, boolean>();
  const isNeeded = (step: PlannedStep): boolean => {
    const cached = known.get(step.as);
    if (cached !== undefined) return cached;
    const feeders = step.edges
      .filter((edge) => edge.reason === 'args')
      .flatMap((edge) => byName.get(edge.step) ?? []);
    const needed = step.condition === null && !step.optional && feeders.every(isNeeded);
    known.set(step.as, needed);
    return needed;
  };
  return plan.steps.filter(isNeeded);
}
