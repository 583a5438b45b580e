/**
 * The reference interpreter: the language, read a second time, over a pattern's JSON and a world in memory. Slow and
 * plain on purpose. It shares no code with the engine; where both are wrong, they are wrong in different ways.
 */
import { Stopped } from './clock';
import { mistakesFail } from './model-evaluate';
import { runList } from './model-lists';
import { defaultsOf, runStep } from './model-step';
import {
  exactSchedule,
  Failure,
  openRun,
  openWorkflow,
  type Run,
  type Schedule,
  type Scope,
  undoAll,
} from './model-state';
import { patternOf } from './order';
import { handlersOf, isStep, type JsonPattern, type JsonStep, type Program } from './program';
import { fill, inner, outputsOf } from './references';

export interface ModelOutcome {
  status: 'succeeded' | 'failed' | 'cancelled';
  data: Record<string, unknown>;
  error: { code: string; step: string } | null;
  run: Run;
}

/** Runs a program in the model. @param schedule how long things take */
export async function predict(program: Program, schedule: Schedule = exactSchedule): Promise<ModelOutcome> {
  const run = openRun(program, schedule, runStep);
  return run.clock.run(runWhole(program, run));
}

async function runWhole({ pattern, inputs, others }: Program, run: Run): Promise<ModelOutcome> {
  const isPatient = isSlow(pattern.steps, others);
  const workflow = openWorkflow(run, {
    inputs: { ...defaultsOf(pattern), ...inputs },
    id: 'w',
    prefix: '',
    place: [],
    isPatient,
  });
  const scope: Scope = { frame: inner(null), stop: run.stop.child(), undos: [] };
  try {
    await runList(pattern.steps, '', scope, workflow);
    const seen = { frame: scope.frame, inputs: workflow.inputs };
    const data = mistakesFail('', () => fill(outputsOf(pattern.outputs), seen)).value;
    return { status: 'succeeded', data: data as Record<string, unknown>, error: null, run };
  } catch (error) {
    if (!(error instanceof Failure || error instanceof Stopped)) throw error;
    run.failing += 1;
    await undoAll(scope.undos);
    const isCancelled = error instanceof Stopped;
    const cause = isCancelled
      ? { code: 'EXECUTION_CANCELLED', step: '' }
      : { code: error.code, step: error.step };
    return { status: isCancelled ? 'cancelled' : 'failed', data: {}, error: cause, run };
  }
}

/** Who waits for people or time has patience. */
function isSlow(steps: JsonStep[], others: JsonPattern[]): boolean {
  return steps.some((step) => {
    if (step.wait !== undefined || step.approval !== undefined || step.repeat?.every !== undefined)
      return true;
    const handlers = handlersOf(step).flatMap(({ use }) => (isStep(use) ? [use] : []));
    const parts = step.pattern === undefined ? [] : patternOf(step.pattern, others).steps;
    const inside = [
      ...(step.steps ?? []),
      ...(step.map ? [step.map.do] : []),
      ...(step.repeat ? [step.repeat.do] : []),
    ];
    return isSlow([...handlers, ...parts, ...inside], others);
  });
}
