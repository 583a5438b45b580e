/** Parts of the API's dependencies that most of its tests have no use for. */
import type { DirectRuns } from '../../src/executor/direct-runs';
import { patternFinder } from '../../src/executor/pattern-registry';
import type { PatternStore } from '../../src/executor/pattern-store';
import type { AppDeps } from '../../src/executor/app-deps';
import type { Signatures } from '../../src/pattern/signatures';

/** Older versions and direct runs need servers: whoever asks for one here is told so. */
export function unusedDeps(
  patterns: PatternStore,
  signatures: Signatures = new Map(),
): Pick<AppDeps, 'findPattern' | 'direct' | 'checkContext' | 'predictCache'> {
  const checkContext = { signatures };
  const pool = { query: () => Promise.resolve({ rows: [] }) } as never;
  const direct: DirectRuns = {
    breakers: { read: () => Promise.resolve({}) },
    start: () => {
      throw new Error('a direct run was started');
    },
    cancel: () => undefined,
    progress: () => null,
    close: () => Promise.resolve(),
  };
  const predictCache: AppDeps['predictCache'] = () => Promise.resolve([]);
  return { checkContext, direct, predictCache, findPattern: patternFinder(pool, patterns, checkContext) };
}
