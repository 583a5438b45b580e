/** Which of some names was probably meant by one that is none of them. */
import type { Problem } from '../contract/errors';
import { nearest } from '../pattern/nearest';

/** Two letters are part of nearly every name. */
const shortest = 3;

/** The nearest name; else the only one that holds what was written, as `lookback_days` holds `lookback`; else `null`. */
export function meant(name: string, candidates: Iterable<string>): string | null {
  const known = [...candidates];
  const near = nearest(name, known);
  if (near !== null || name.length < shortest) return near;
  const holding = known.filter((candidate) => candidate.includes(name));
  return holding.length === 1 ? (holding[0] ?? null) : null;
}

/** ` Did you mean "x"?`, to be added to a sentence; empty where nobody knows. */
export function didYouMean(found: string | null): string {
  return found === null ? '' : ` Did you mean "${found}"?`;
}

/** Members that an object does not know, each with the one that was meant, else with all that there are. */
export function withMeant(problems: readonly Problem[], object: string, known: readonly string[]): Problem[] {
  return problems.map((problem) => {
    const name = problem.pointer.slice(object.length + 1);
    const isUnknown = problem.message.startsWith('unknown member') && !name.includes('/');
    if (!isUnknown || known.length === 0) return problem;
    const found = meant(name, known);
    const suggestion = found === null ? `there are ${known.join(', ')}` : `did you mean ${found}?`;
    return { ...problem, suggestion };
  });
}
