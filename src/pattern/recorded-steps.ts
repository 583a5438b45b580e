/** Paths of the steps that were given what they had been answered before, in their own execution or in the one verified. */
import type { Trace } from '../contract/trace';

export function recordedSteps({ steps }: Pick<Trace, 'steps'>): string[] {
  return steps.flatMap(({ cache, path }) => (cache === 'recorded' ? [path] : []));
}
