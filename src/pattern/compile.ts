/** Pattern and what it may call in, plan out: everything `runPattern` needs, so that it never looks anything up. */
import { digest } from '../canonical';
import type { Problem } from '../contract/errors';
import { checkPattern } from './check';
import { type CheckContext, defaultVersion } from './check-context';
import { isPanelsForm } from './check-schemas';
import type { Patience, Plan, PlannedPanel } from './plan';
import { namedOutputs, planList } from './plan-steps';
import { leastPatience } from './policy';
import type { Pattern } from './schema';
import { executionTimeoutMs } from './time-limits';

export interface Compiled {
  pattern: Pattern | null;
  /** `null` when there are problems. */
  plan: Plan | null;
  problems: Problem[];
  warnings: Problem[];
}

/** Checks and compiles. Never throws for what the pattern says: that is what `problems` are for. */
export function compilePattern(source: unknown, context: CheckContext): Compiled {
  const { pattern, problems, warnings } = checkPattern(source, context);
  if (pattern === null || problems.length > 0) return { pattern, plan: null, problems, warnings };
  return { pattern, plan: toPlan(pattern, context), problems, warnings };
}

/**
 * The plan of a pattern that passed the check.
 * @param patience what the caller wants; a pattern that waits for people, timers or polls is `background` whatever is wanted
 */
export function toPlan(pattern: Pattern, context: CheckContext, patience: Patience = 'interactive'): Plan {
  const least = leastPatience(pattern.steps, context);
  const actual = least === 'background' ? least : patience;
  // A sub-pattern has its parent's patience: it is part of the same run.
  const planOf = (inner: Pattern): Plan => toPlan(inner, context, actual);
  return {
    pattern: {
      id: pattern.id,
      version: pattern.version ?? defaultVersion,
      name: pattern.name,
      sha256: digest(pattern),
    },
    steps: planList(pattern.steps, { context, patience: actual, planOf }),
    outputs: outputsOf(pattern),
    panels: panelsOf(pattern),
    patience: actual,
    executionTimeoutMs: executionTimeoutMs[actual],
    span_name: pattern.observability?.otel_span_name ?? `pattern.${pattern.id}`,
  };
}

/** Older files name no outputs but their panels: each panel's source is an output under the panel's id. */
function outputsOf(pattern: Pattern): Record<string, unknown> {
  const { outputs } = pattern;
  if (Array.isArray(outputs)) return namedOutputs(outputs);
  if (!isPanelsForm(outputs)) return outputs;
  return Object.fromEntries(panelsOf(pattern).map(({ id, source }) => [id, `{{${source}}}`]));
}

function panelsOf(pattern: Pattern): PlannedPanel[] {
  return (pattern.display?.panels ?? []).map(({ id, title, type, source, refresh_ttl }) => {
    return { id, title, type, source, refresh_ttl: refresh_ttl ?? null };
  });
}
