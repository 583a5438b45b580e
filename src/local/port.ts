/** The interpreter's port without Temporal: calls are functions, timers a clock's, sub-patterns the interpreter again. */
import type { Envelope } from '../contract/trace';
import { interpretChild, type Watch } from '../pattern/interpret';
import type { Patience, RunPatternInput } from '../pattern/plan';
import type {
  ApprovalAnswer,
  ApprovalRequest,
  CapabilityCall,
  ChildResult,
  OnStop,
  Port,
} from '../pattern/run/port';
import { backgroundStepMs, undoTimeMs } from '../pattern/time-limits';
import { wholePath } from '../pattern/whole-path';
import { openStop, type Stop, type StopReason } from '../pattern/run/stop';
import { CallFailed, Stopped, withAttempts } from './attempts';
import type { Clock } from './clock';

export interface LocalWorld {
  clock: Clock;
  /** Milliseconds since the epoch at which the run's time is up. */
  deadline: number;
  /** One attempt of a call, its path the whole one. @throws AttemptFailure */
  invoke(call: CapabilityCall, attempt: number, signal: AbortSignal): Promise<Envelope>;
  /** A person's answer; one that never comes is a promise that never settles. `path` is the whole path. */
  answer(request: ApprovalRequest, signal: AbortSignal): Promise<ApprovalAnswer>;
  /** See `Port.turn`. */
  turn?: () => Promise<void>;
  /** Called as the interpreter calls its own, for the steps of sub-patterns; `prefix` is the sub-pattern's path and a dot. */
  watchChild?(prefix: string, runs: Parameters<Watch>[0]): void;
}

/** @param stop what stops the run from outside; its reason reaches the interpreter */
export function localPort(input: RunPatternInput, workflowId: string, world: LocalWorld, stop: Stop): Port {
  const { clock } = world;
  return {
    call: (call) => callLocally({ ...call, path: wholePath(input, call.path) }, world, input.plan.patience),
    sleep: (milliseconds, onStop) =>
      stoppable(
        onStop,
        () => true,
        (signal) => clock.sleep(milliseconds, signal),
      ),
    approve: (request, onStop) => {
      const path = wholePath(input, request.path);
      return stoppable(
        onStop,
        () => true,
        (signal) => world.answer({ ...request, path }, signal),
      );
    },
    child: async ({ path, plan, inputs, onStop }) => {
      const parent_path = wholePath(input, path);
      const inner: RunPatternInput = { ...input, plan, inputs, parent_path };
      const token = openStop(null);
      const release = onStop(token.stop);
      const id = `${workflowId}/${path}`;
      try {
        const watch: Watch = (runs) => world.watchChild?.(`${parent_path}.`, runs);
        return (await interpretChild(inner, id, localPort(inner, id, world, token), watch)) as ChildResult;
      } finally {
        release();
      }
    },
    now: () => clock.now(),
    ...(world.turn && { turn: world.turn }),
    watchesTime: true,
    onStop: (listener) => {
      stop.onStop(listener);
    },
    isCancellation: (error) => error instanceof Stopped,
    failureOf: (error) => (error instanceof CallFailed ? error.failure : unforeseen(error)),
    failureOfChild: (error) => unforeseen(error),
  };
}

async function callLocally(call: CapabilityCall, world: LocalWorld, patience: Patience): Promise<Envelope> {
  const { callable, onStop } = call;
  const isWrite = callable.effect === 'write';
  return stoppable(
    onStop,
    (reason) => reason === 'cancel' || !isWrite,
    (signal) =>
      withAttempts({
        policy: callable.policy,
        clock: world.clock,
        signal,
        deadline: deadlineOf(call, world, patience),
        what: callable.capability,
        attempt: (attempt, attemptSignal) => world.invoke(call, attempt, attemptSignal),
      }),
  );
}

/** As Temporal is told it: an undo has its own time, whatever is left of the run's. */
function deadlineOf({ path }: CapabilityCall, { clock, deadline }: LocalWorld, patience: Patience): number {
  if (path.endsWith(':undo')) return clock.now() + undoTimeMs;
  return patience === 'background' ? Math.min(deadline, clock.now() + backgroundStepMs) : deadline;
}

/** Runs `work` with a signal that the stop aborts; what it then throws is a stop. */
async function stoppable<T>(
  onStop: OnStop,
  ends: (reason: StopReason) => boolean,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const release = onStop((reason) => {
    if (ends(reason)) controller.abort();
  });
  try {
    return await work(controller.signal);
  } catch (error) {
    if (controller.signal.aborted && !(error instanceof CallFailed)) throw new Stopped();
    throw error;
  } finally {
    release();
  }
}

function unforeseen(error: unknown): CallFailed['failure'] {
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'INTERNAL', message, attempts: 1, details: null, retryable: true };
}
