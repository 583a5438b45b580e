/** The plan that an execution ran, made again from the content that its version is pinned to. */
import { EngineError } from '../contract/errors';
import type { ExecutionSummary } from '../db/executions';
import type { Plan } from '../pattern/plan';
import type { FindPattern } from './pattern-registry';

/** @throws EngineError PATTERN_NOT_FOUND when that content is not known any more, PATTERN_INVALID when it cannot run any more */
export async function planOfRun(
  findPattern: FindPattern,
  { pattern }: Pick<ExecutionSummary, 'pattern'>,
): Promise<Plan> {
  const { id, version, sha256 } = pattern;
  const { plan } = await findPattern(id, version);
  if (plan.pattern.sha256 === sha256) return plan;
  const message = `The content of "${id}" ${version} is not the one that the execution ran.`;
  throw new EngineError('PATTERN_NOT_FOUND', message, { pattern_id: id, version });
}
