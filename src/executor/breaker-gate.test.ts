import type { BreakerState, BreakerStore } from '../contract/breaker';
import type { Plan, PlannedStep } from '../pattern/plan';
import { neededCalls, requireClosedBreakers } from './breaker-gate';

function step(as: string, agent: string, change: Partial<PlannedStep> = {}): PlannedStep {
  return {
    kind: 'capability',
    as,
    call: { agent, capability: `${agent}.do` },
    condition: null,
    handlers: [],
    optional: false,
    edges: [],
    ...change,
  } as PlannedStep;
}

function planOf(...steps: PlannedStep[]): Plan {
  return { steps } as Plan;
}

const fedBy = (name: string): Partial<PlannedStep> => ({ edges: [{ step: name, reason: 'args' }] });
const open: BreakerState = { fails: 5, open_until: 43_000, probe_until: 0, generation: 1 };
const closed: BreakerState = { fails: 0, open_until: 0, probe_until: 0, generation: 0 };
const storeOf = (states: Record<string, BreakerState>): BreakerStore =>
  ({
    read: async (agents: readonly string[]) =>
      Object.fromEntries(agents.map((name) => [name, states[name] ?? closed])),
  }) as never;

describe('the breaker gate', () => {
  it('counts on what every run executes, and not on what may be skipped or may fail', () => {
    const plan = planOf(
      step('always', 'a'),
      step('fed', 'b', fedBy('always')),
      step('conditional', 'c', { condition: 'true' }),
      step('fed_by_conditional', 'd', fedBy('conditional')),
      step('optional', 'e', { optional: true }),
      step('after_optional', 'f', { edges: [{ step: 'optional', reason: 'after' }] }),
      step('caught', 'g', { handlers: [{ match: ['*'], use: { value: 1 }, label: 'fallback' }] }),
    );
    expect(neededCalls(plan).map(({ agent }) => agent)).toEqual(['a', 'b', 'f']);
  });

  it('refuses while the breaker of a needed agent is open, and says how long', async () => {
    const plan = planOf(step('one', 'a'), step('two', 'b'));
    await expect(requireClosedBreakers(plan, storeOf({ b: open }), 0)).rejects.toMatchObject({
      code: 'CIRCUIT_OPEN',
      details: { agent: 'b', capability: 'b.do', retry_after_seconds: 43 },
    });
  });

  it('lets a run through when the time is over, or when the agent can be done without', async () => {
    const needed = planOf(step('one', 'a'));
    await expect(requireClosedBreakers(needed, storeOf({ a: open }), 43_000)).resolves.toBeUndefined();
    const optional = planOf(step('one', 'a', { optional: true }));
    await expect(requireClosedBreakers(optional, storeOf({ a: open }), 0)).resolves.toBeUndefined();
  });
});
