/**
 * Rebuilds a run's outcome from its Temporal history alone: the interpreter runs again, with the events as its answers
 * and the workflow's own clock. For runs that were terminated or timed out before they could store anything, and as
 * the proof that a stored trace says what the history says.
 */
import type { temporal } from '@temporalio/proto';
import type { ExecutionStatus, Outcome } from '../contract/execution';
import type { Envelope } from '../contract/trace';
import { interpret, type Port } from '../pattern/interpret';
import type { PlannedStep } from '../pattern/plan';
import { failureOf } from './failure';
import { readHistory, type Resolution } from './history';

/** Why a run ended without its own say. */
export interface Ending {
  status: Extract<ExecutionStatus, 'timed_out' | 'cancelled' | 'failed'>;
  code: 'EXECUTION_TIMED_OUT' | 'EXECUTION_CANCELLED' | 'EXECUTION_FAILED';
  message: string;
}

interface PendingCall {
  step: PlannedStep;
  resolve(envelope: Envelope): void;
  reject(error: Error): void;
}

const cancelled = new Error('cancelled');
const cut = new Error('cut');

/** @param ending what to call it when the history stops before the run did */
export async function rebuildOutcome(
  history: temporal.api.history.v1.IHistory,
  identity: { workflow_id: string; run_id: string },
  ending: Ending,
): Promise<Outcome> {
  const { input, activations } = readHistory(history);
  const pending = new Map<string, PendingCall>();
  let clock = activations[0]?.now ?? 0;
  const rejectAll = (error: Error): void => {
    for (const [path, call] of pending) {
      pending.delete(path);
      call.reject(error);
    }
  };
  const port: Port = {
    call: (step) =>
      new Promise<Envelope>((resolve, reject) => {
        pending.set(step.path, { step, resolve, reject });
      }),
    now: () => clock,
    cancelReads: () => {
      rejectAll(cancelled);
    },
    isCancellation: (error) => error === cancelled,
    failureOf: (error, step) =>
      error === cut
        ? { code: ending.code, message: ending.message, attempts: 0, details: null }
        : failureOf(error, step),
  };
  const run = interpret(input, { ...identity, mode: 'durable' }, port);
  for (const activation of activations) {
    clock = activation.now;
    for (const resolution of activation.resolutions) {
      apply(resolution, pending, rejectAll);
    }
    await turn();
  }
  const wasCut = pending.size > 0;
  rejectAll(cut);
  const outcome = await run;
  return wasCut ? { ...outcome, status: ending.status, data: {}, charts: [] } : outcome;
}

function apply(
  resolution: Resolution,
  pending: Map<string, PendingCall>,
  rejectAll: (error: Error) => void,
): void {
  if (resolution.kind === 'cancel_requested') {
    rejectAll(cancelled);
    return;
  }
  const call = pending.get(resolution.activityId);
  if (!call) return;
  pending.delete(resolution.activityId);
  if (resolution.kind === 'completed') call.resolve(resolution.envelope);
  else call.reject(resolution.error);
}

/** Lets everything that an activation set off run to its next wait, as one turn of the workflow does. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
