/** A workflow's history, read as the interpreter lived it: activations in order, each with its time and what it resolved. */
import { defaultFailureConverter, defaultPayloadConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import type { ApprovalMessage } from '../contract/approval';
import type { RunPatternInput } from '../pattern/plan';

type History = temporal.api.history.v1.IHistory;
type Event = temporal.api.history.v1.IHistoryEvent;
type Payloads = temporal.api.common.v1.IPayloads;
type Failure = temporal.api.failure.v1.IFailure;

/** What came back to the workflow: answers of calls, timers and children, messages, the wish that the run be cancelled. */
export type Resolution =
  | { kind: 'completed'; of: 'activity' | 'child'; id: string; value: unknown }
  | { kind: 'failed'; of: 'activity' | 'child'; id: string; error: Error }
  | { kind: 'cancelled'; of: 'activity' | 'child'; id: string }
  /** By number: the nth timer that the run started. */
  | { kind: 'fired'; timer: number }
  | { kind: 'answered'; message: ApprovalMessage }
  | { kind: 'stop_requested' }
  | { kind: 'cancel_requested' };

/** One turn of the workflow's code. */
export interface Activation {
  /** Milliseconds since the epoch, as the workflow saw it. */
  now: number;
  resolutions: Resolution[];
}

export interface RunHistory {
  input: RunPatternInput;
  run_id: string;
  activations: Activation[];
}

/**
 * @param history with its payloads decoded, see `decode-history.ts`
 * @throws Error when the history is not one of `runPattern`
 */
export function readHistory(history: History): RunHistory {
  const events = history.events ?? [];
  const started = events[0]?.workflowExecutionStartedEventAttributes;
  if (started?.workflowType?.name !== 'runPattern')
    throw new Error('this is not the history of a runPattern workflow');
  const input = fromPayloads<RunPatternInput>(started.input);
  return { input, run_id: started.originalExecutionRunId ?? '', activations: activationsOf(events) };
}

interface Scheduled {
  id: string;
  type: string;
}

/** Activities by the number of the event that scheduled them. */
function scheduledActivities(events: readonly Event[]): Map<string, Scheduled> {
  return new Map(
    events.flatMap(({ eventId, activityTaskScheduledEventAttributes: scheduled }) =>
      scheduled
        ? [[String(eventId), { id: scheduled.activityId ?? '', type: scheduled.activityType?.name ?? '' }]]
        : [],
    ),
  );
}

function activationsOf(events: readonly Event[]): Activation[] {
  const activities = scheduledActivities(events);
  // A workflow task that failed or timed out left no command behind: its turn is lived again by the next one.
  const effective = new Set(
    events.map((event) => String(event.workflowTaskCompletedEventAttributes?.startedEventId ?? '')),
  );
  const activations: Activation[] = [];
  let resolutions: Resolution[] = [];
  for (const event of events) {
    // An update is taken in a turn, and written down only when that turn has ended: it belongs to the turn before.
    const message = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.args;
    if (message) {
      const answered: Resolution = { kind: 'answered', message: fromPayloads<ApprovalMessage>(message) };
      activations.at(-1)?.resolutions.unshift(answered);
    }
    const resolution = resolutionOf(event, activities);
    if (resolution) resolutions.push(resolution);
    if (!event.workflowTaskStartedEventAttributes || !effective.has(String(event.eventId))) continue;
    activations.push({ now: timeOf(event), resolutions: stopsLast(resolutions) });
    resolutions = [];
  }
  // What came back after the last turn was never seen by the workflow, but it is known, so the trace may show it.
  if (resolutions.length > 0) activations.push({ now: timeOf(events.at(-1) ?? {}), resolutions });
  return activations;
}

/**
 * A stop or a cancel reaches calls and timers one promise later than what resolves them: what came in the same turn
 * has ended by itself, whichever of the two stands first in the history.
 */
function stopsLast(resolutions: Resolution[]): Resolution[] {
  const isStop = ({ kind }: Resolution): boolean => kind === 'stop_requested' || kind === 'cancel_requested';
  return [...resolutions.filter((resolution) => !isStop(resolution)), ...resolutions.filter(isStop)];
}

function resolutionOf(event: Event, activities: ReadonlyMap<string, Scheduled>): Resolution | null {
  if (event.workflowExecutionCancelRequestedEventAttributes) return { kind: 'cancel_requested' };
  if (event.workflowExecutionSignaledEventAttributes?.signalName === 'stop')
    return { kind: 'stop_requested' };
  const fired = event.timerFiredEventAttributes;
  if (fired) return { kind: 'fired', timer: Number(fired.timerId) };
  return activityResolution(event, activities) ?? childResolution(event);
}

function activityResolution(event: Event, activities: ReadonlyMap<string, Scheduled>): Resolution | null {
  const scheduledOf = (attributes: { scheduledEventId?: unknown }): Scheduled =>
    activities.get(String(attributes.scheduledEventId)) ?? { id: '', type: '' };
  const idOf = (attributes: { scheduledEventId?: unknown }): string => scheduledOf(attributes).id;
  const completed = event.activityTaskCompletedEventAttributes;
  if (completed) {
    return { kind: 'completed', of: 'activity', id: idOf(completed), value: fromPayloads(completed.result) };
  }
  const cancelled = event.activityTaskCanceledEventAttributes;
  if (cancelled) return { kind: 'cancelled', of: 'activity', id: idOf(cancelled) };
  const failed = event.activityTaskFailedEventAttributes ?? event.activityTaskTimedOutEventAttributes;
  if (!failed?.failure) return null;
  const { id, type } = scheduledOf(failed);
  const { failure: cause, retryState } = failed;
  // The event holds the cause alone; the workflow was given it in this wrapping.
  const failure = {
    message: 'Activity task failed',
    cause,
    activityFailureInfo: {
      activityId: id,
      activityType: { name: type },
      ...(retryState != null && { retryState }),
    },
  };
  return { kind: 'failed', of: 'activity', id, error: toError(failure) };
}

function childResolution(event: Event): Resolution | null {
  const completed = event.childWorkflowExecutionCompletedEventAttributes;
  if (completed) {
    const id = completed.workflowExecution?.workflowId ?? '';
    return { kind: 'completed', of: 'child', id, value: fromPayloads(completed.result) };
  }
  const cancelled = event.childWorkflowExecutionCanceledEventAttributes;
  if (cancelled) return { kind: 'cancelled', of: 'child', id: cancelled.workflowExecution?.workflowId ?? '' };
  const failed = event.childWorkflowExecutionFailedEventAttributes;
  if (failed) {
    const error = failed.failure ? toError(failed.failure) : new Error('the sub-pattern failed');
    return { kind: 'failed', of: 'child', id: failed.workflowExecution?.workflowId ?? '', error };
  }
  const gone =
    event.childWorkflowExecutionTimedOutEventAttributes ??
    event.childWorkflowExecutionTerminatedEventAttributes;
  if (!gone) return null;
  const how = event.childWorkflowExecutionTimedOutEventAttributes
    ? { message: 'timeout', timeoutFailureInfo: {} }
    : { message: 'terminated', terminatedFailureInfo: {} };
  return { kind: 'failed', of: 'child', id: gone.workflowExecution?.workflowId ?? '', error: toError(how) };
}

function toError(failure: Failure): Error {
  return defaultFailureConverter.failureToError(failure, defaultPayloadConverter);
}

function fromPayloads<T>(payloads: Payloads | null | undefined): T {
  const payload = payloads?.payloads?.[0];
  if (!payload) return null as T;
  return defaultPayloadConverter.fromPayload<T>(payload);
}

function timeOf(event: Event): number {
  const { seconds, nanos } = event.eventTime ?? {};
  return Number(seconds ?? 0) * 1000 + Math.floor((nanos ?? 0) / 1e6);
}
