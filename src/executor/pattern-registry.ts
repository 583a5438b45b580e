/** Pinning: a pattern's version means one content. Files are registered at start; older versions are read from the registry. */
import type { Pool } from 'pg';
import { EngineError } from '../contract/errors';
import { findRegistered, registerPatterns } from '../db/patterns';
import type { CheckContext } from '../pattern/check-context';
import { compilePattern, toPlan } from '../pattern/compile';
import type { Patience, Plan } from '../pattern/plan';
import type { Pattern } from '../pattern/schema';
import { type PatternStore, requirePattern, type RunnablePattern, unknownPattern } from './pattern-store';

/** Finds what a request names; without a version the file's. */
export type FindPattern = (
  id: string,
  version: string | undefined,
  patience?: Patience,
) => Promise<RunnablePattern>;

/**
 * Registers every pattern that can run. One whose content is not what was registered under its version cannot run any
 * more: results that name this version would no longer say what they were made with.
 */
export async function pinPatterns(pool: Pool, patterns: PatternStore): Promise<void> {
  const runnable = [...patterns.values()].flatMap(({ pattern, plan }) =>
    pattern !== null && plan !== null ? [{ ...plan.pattern, source: pattern }] : [],
  );
  for (const { id, version, sha256 } of await registerPatterns(pool, runnable)) {
    const stored = patterns.get(id);
    if (!stored?.plan || stored.plan.pattern.sha256 === sha256) continue;
    stored.plan = null;
    stored.problems.push({
      code: 'PATTERN_CHANGED',
      pointer: '/version',
      message: `version ${version} is registered with another content (${sha256})`,
      suggestion: 'give the changed pattern a higher version',
    });
  }
}

/** Plans of older versions and of other patience, made when first asked for. */
const maximumKept = 200;

export function patternFinder(pool: Pool, patterns: PatternStore, context: CheckContext): FindPattern {
  const kept = new Map<string, RunnablePattern>();
  const keep = (key: string, made: RunnablePattern): RunnablePattern => {
    if (kept.size >= maximumKept) kept.delete(kept.keys().next().value ?? '');
    kept.set(key, made);
    return made;
  };
  const versioned = async (id: string, version: string | undefined): Promise<RunnablePattern> => {
    const current = patterns.get(id)?.plan?.pattern.version ?? null;
    if (version === undefined || version === current) return requirePattern(patterns, id);
    return (
      kept.get(`${id}@${version}`) ??
      keep(`${id}@${version}`, await readOlder(pool, patterns, { id, version, current }, context))
    );
  };
  return async (id, version, patience = 'interactive') => {
    const found = await versioned(id, version);
    if (patience === found.plan.patience || found.plan.patience === 'background') return found;
    const key = `${found.plan.pattern.sha256} ${patience}`;
    return kept.get(key) ?? keep(key, { ...found, plan: toPlan(found.pattern, context, patience) });
  };
}

async function readOlder(
  pool: Pool,
  patterns: PatternStore,
  { id, version, current }: { id: string; version: string; current: string | null },
  context: CheckContext,
): Promise<RunnablePattern> {
  const registered = await findRegistered(pool, id, version);
  if (!registered && !patterns.has(id)) throw unknownPattern(patterns, id);
  if (!registered) {
    const known = current === null ? '' : `; there is ${current}`;
    throw new EngineError('PATTERN_NOT_FOUND', `There is no version ${version} of "${id}"${known}.`, {
      pattern_id: id,
      version: current,
    });
  }
  const { plan, problems } = compilePattern(registered.source, context);
  if (plan) return { pattern: registered.source as Pattern, plan: plan satisfies Plan };
  throw new EngineError(
    'PATTERN_INVALID',
    `Version ${version} of "${id}" cannot run any more: what it calls has changed.`,
    { problems },
  );
}
