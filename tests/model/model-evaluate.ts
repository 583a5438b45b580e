/** Expressions and templates of a step in the model, and the failures that mistakes in them are. */
import { evaluate, NoValue } from './expressions';
import { Failure, type Scope, type Workflow } from './model-state';
import { Mistake, resolvePath } from './references';

/** Mistakes in references fail the step. */
export function mistakesFail<T>(rel: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Mistake) throw new Failure(error.code, rel, 0, true);
    throw error;
  }
}

export function evaluateIn(source: string, rel: string, frame: Scope['frame'], workflow: Workflow): unknown {
  try {
    return evaluate(source, (path) => resolvePath(path, { frame, inputs: workflow.inputs }).value);
  } catch (error) {
    if (!(error instanceof Mistake || error instanceof NoValue)) throw error;
    throw new Failure('CONDITION_INVALID', rel, 0, true);
  }
}

export function isTrue(source: string, rel: string, frame: Scope['frame'], workflow: Workflow): boolean {
  const value = evaluateIn(source, rel, frame, workflow);
  if (typeof value !== 'boolean') throw new Failure('CONDITION_INVALID', rel, 0, true);
  return value;
}
