/** The plan of a pattern file or of a pattern of PATTERNS_DIR, without a server: order and reasons, nothing of data. */
import type { PlanExplanation } from '../contract/plan-explanation';
import { toPlan } from '../pattern/compile';
import { compileSet } from '../pattern/compile-set';
import { explainPlan } from '../pattern/explain-plan';
import type { Patience } from '../pattern/plan';
import type { PatternFile } from '../testing/pattern-files';
import { CliError, usageError } from './cli-error';
import { exitCodes } from './exit-codes';
import { type PatternSet, readPatternSet } from './pattern-set';

/** @throws CliError for a file that cannot be read, a folder, or a pattern with problems */
export function planOffline(name: string, agents: readonly string[], patience: Patience): PlanExplanation {
  const { file, others, signatures } = find(name, agents);
  const { compiled, context } = compileSet([file.source], signatures, others);
  const [{ pattern, plan, problems } = { pattern: null, plan: null, problems: [] }] = compiled;
  if (pattern === null || plan === null) {
    const action = `See what is wrong: dawsos check ${name}`;
    const detail = 'The pattern has problems and cannot be planned.';
    throw new CliError(exitCodes.problems, { code: 'PATTERN_INVALID', detail, problems, action });
  }
  const asked = patience === 'background' ? toPlan(pattern, context, patience) : plan;
  return explainPlan(asked, { rights: pattern.rights_required ?? [] });
}

function find(name: string, agents: readonly string[]): PatternSet & { file: PatternFile } {
  const set = readPatternSet([name], agents);
  const [file, ...more] = set.files;
  if (file === undefined || more.length > 0) throw usageError(`"${name}" has to be one pattern`);
  if (file.unreadable !== undefined) throw usageError(`${file.path}: ${file.unreadable}`);
  return { ...set, file };
}
