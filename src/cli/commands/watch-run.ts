/** From a run that was started to what is printed of it: its steps while it goes on, its result, and the exit code. */
import type { Execution, ExecutionHandle } from '../../contract/execution';
import type { ExplainedStep } from '../../contract/plan-explanation';
import type { StepProgress } from '../../contract/progress';
import type { Api } from '../client/api';
import { openQuestions, questionText } from '../client/questions';
import { followRun, readExecution } from '../client/follow';
import { CliError } from '../cli-error';
import { exitCodes } from '../exit-codes';
import { executionText, failureText } from '../output/execution';
import { openProgress, type ProgressView } from '../output/progress';
import { printJson, say } from './options';

export interface WatchOptions {
  title: string;
  json: boolean;
  /** Steps that are to come, for the picture on a terminal. */
  planned?: readonly ExplainedStep[];
}

/** Follows the run to its end and prints it. Ctrl-C leaves it alone and says how to come back. */
export async function watchRun(api: Api, handle: ExecutionHandle, options: WatchOptions): Promise<void> {
  await followHere(api, handle, options);
  await reportRun(api, handle, options);
}

/** @throws CliError `interrupted` on Ctrl-C */
export async function followHere(
  api: Api,
  handle: ExecutionHandle,
  { title, planned = [] }: Pick<WatchOptions, 'title' | 'planned'>,
): Promise<void> {
  const view = openProgress(process.stderr, title, planned);
  const interruption = new AbortController();
  const interrupt = (): void => {
    interruption.abort();
  };
  process.once('SIGINT', interrupt);
  try {
    await followRun(api, handle.id, withQuestions(api, handle, view), interruption.signal);
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    throw new CliError(exitCodes.interrupted, {
      code: 'LEFT_RUNNING',
      detail: `The run ${handle.id} goes on.`,
      action: `dawsos executions ${handle.id} --follow    or    dawsos cancel ${handle.id}`,
      execution: handle,
    });
  } finally {
    process.off('SIGINT', interrupt);
    view.close();
  }
}

/** A run that waits says for what, and with which command it is answered. */
function withQuestions(api: Api, { id }: ExecutionHandle, view: ProgressView): ProgressView {
  const asked = new Set<string>();
  const ask = async (step: StepProgress): Promise<void> => {
    const open = await openQuestions(api, id).catch(() => []);
    const question = open.find((one) => one.step === step.path);
    const how = question === undefined ? `    dawsos approve ${id} ${step.path}` : questionText(question);
    view.note(`${step.path} waits for an answer:\n${how}`);
  };
  return {
    ...view,
    step: (step) => {
      view.step(step);
      if (step.kind !== 'approval' || step.status !== 'running' || asked.has(step.path)) return;
      asked.add(step.path);
      void ask(step);
    },
  };
}

/** Prints how a run ended: its result on stdout, why it failed on stderr. */
export async function reportRun(
  api: Api,
  handle: Pick<ExecutionHandle, 'id' | 'cached'>,
  { json }: Pick<WatchOptions, 'json'>,
): Promise<void> {
  const told = await readExecution(api, handle.id);
  printRun(handle.cached === true ? { ...told, execution: { ...told.execution, cached: true } } : told, json);
}

export function printRun(told: Execution, json: boolean): void {
  if (json) printJson(told);
  else process.stdout.write(executionText(told));
  const { status } = told.execution;
  if (status === 'running' || status === 'waiting' || status === 'succeeded') return;
  process.stderr.write(failureText(told));
  process.exitCode = exitCodes.problems;
}

/** A run that goes on without anybody watching it. */
export function printStarted(handle: ExecutionHandle, json: boolean): void {
  if (json) {
    printJson({ execution: handle });
    return;
  }
  process.stdout.write(`${handle.id}\n`);
  say(`It is ${handle.status}. Follow it: dawsos executions ${handle.id} --follow`);
}
