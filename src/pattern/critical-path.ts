/** The longest chain of a plan: no run of it can be shorter, however much runs at once. */
import { innerSteps } from './lines';
import type { PlannedStep } from './plan';

export interface Chain {
  /** Paths; what holds other steps stands before the longest chain in it. */
  steps: string[];
  /** Milliseconds as recent runs took; 0 for what no run is known of. */
  ms: number;
  /** Steps that do something themselves, one after the other. */
  count: number;
}

const empty: Chain = { steps: [], ms: 0, count: 0 };

/** @param durations milliseconds by path; the chain that takes longest is found, and among equals the one with more steps */
export function criticalPath(
  steps: readonly PlannedStep[],
  durations: ReadonlyMap<string, number> = new Map(),
  pathOf: (step: PlannedStep) => string = (step) => step.as,
): Chain {
  const known = new Map<string, Chain>();
  const byName = new Map(steps.map((step) => [step.as, step]));
  const upTo = (step: PlannedStep): Chain => {
    const found = known.get(step.as);
    if (found) return found;
    const before = step.edges.flatMap(({ step: name }) => byName.get(name) ?? []).map(upTo);
    const chain = joined(longest(before), chainOf(step, pathOf(step), durations));
    known.set(step.as, chain);
    return chain;
  };
  return longest(steps.map(upTo));
}

function chainOf(step: PlannedStep, path: string, durations: ReadonlyMap<string, number>): Chain {
  const many = step.kind === 'map' || step.kind === 'repeat';
  const inner = criticalPath(innerSteps(step), durations, ({ as }) => `${path}.${many ? '*' : as}`);
  return {
    steps: [path, ...inner.steps],
    ms: durations.get(path) ?? inner.ms,
    count: Math.max(inner.count, 1),
  };
}

function joined(a: Chain, b: Chain): Chain {
  return { steps: [...a.steps, ...b.steps], ms: a.ms + b.ms, count: a.count + b.count };
}

function longest(chains: readonly Chain[]): Chain {
  return chains.reduce((best, chain) => (isLonger(chain, best) ? chain : best), empty);
}

function isLonger(a: Chain, b: Chain): boolean {
  return a.ms > b.ms || (a.ms === b.ms && a.count > b.count);
}
