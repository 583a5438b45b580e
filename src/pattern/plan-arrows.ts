/** The waits of a plan that are worth an arrow: a gate's or a write's wait that others imply already would only hide them. */
import type { ExplainedStep, PlannedWait } from '../contract/plan-explanation';

/** By path, the waits to draw; named ones always, since they say why. */
export function arrowsOf(steps: readonly ExplainedStep[]): Map<string, PlannedWait[]> {
  const byPath = new Map(steps.map((step) => [step.path, step]));
  const known = new Map<string, ReadonlySet<string>>();
  /** Everything that has ended when the step starts. */
  const before = (path: string): ReadonlySet<string> => {
    const found = known.get(path);
    if (found) return found;
    const direct = byPath.get(path)?.waits_for.map(({ step }) => step) ?? [];
    const all = new Set([...direct, ...direct.flatMap((step) => [...before(step)])]);
    known.set(path, all);
    return all;
  };
  const isImplied = ({ step, reason }: PlannedWait, all: readonly PlannedWait[]): boolean =>
    (reason === 'gate' || reason === 'write') &&
    all.some((other) => other.step !== step && before(other.step).has(step));
  return new Map(
    steps.map(({ path, waits_for }) => [path, waits_for.filter((wait) => !isImplied(wait, waits_for))]),
  );
}
