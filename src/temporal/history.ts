/** A workflow's history, read as the interpreter lived it: activations in order, each with its time and what it resolved. */
import { defaultFailureConverter, defaultPayloadConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import type { Envelope } from '../contract/trace';
import type { RunPatternInput } from '../pattern/plan';

type History = temporal.api.history.v1.IHistory;
type Event = temporal.api.history.v1.IHistoryEvent;
type Payloads = temporal.api.common.v1.IPayloads;

/** What came back to the workflow: a call's answer or failure, or the wish that the run be cancelled. */
export type Resolution =
  | { kind: 'completed'; activityId: string; envelope: Envelope }
  | { kind: 'failed'; activityId: string; error: Error }
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

/** @throws Error when the history is not one of `runPattern` */
export function readHistory(history: History): RunHistory {
  const events = history.events ?? [];
  const started = events[0]?.workflowExecutionStartedEventAttributes;
  if (started?.workflowType?.name !== 'runPattern')
    throw new Error('this is not the history of a runPattern workflow');
  const input = fromPayloads<RunPatternInput>(started.input);
  return { input, run_id: started.originalExecutionRunId ?? '', activations: activationsOf(events) };
}

/** Activity ids by the number of the event that scheduled them. */
function scheduledActivities(events: readonly Event[]): Map<string, string> {
  const scheduled = events.filter((event) => event.activityTaskScheduledEventAttributes);
  return new Map(
    scheduled.map((event) => [
      String(event.eventId),
      event.activityTaskScheduledEventAttributes?.activityId ?? '',
    ]),
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
    const resolution = resolutionOf(event, activities);
    if (resolution) resolutions.push(resolution);
    if (!event.workflowTaskStartedEventAttributes || !effective.has(String(event.eventId))) continue;
    activations.push({ now: timeOf(event), resolutions });
    resolutions = [];
  }
  // What came back after the last turn was never seen by the workflow, but it is known, so the trace may show it.
  if (resolutions.length > 0) activations.push({ now: timeOf(events.at(-1) ?? {}), resolutions });
  return activations;
}

function resolutionOf(event: Event, activities: ReadonlyMap<string, string>): Resolution | null {
  if (event.workflowExecutionCancelRequestedEventAttributes) return { kind: 'cancel_requested' };
  const completed = event.activityTaskCompletedEventAttributes;
  if (completed) {
    const activityId = activities.get(String(completed.scheduledEventId)) ?? '';
    return { kind: 'completed', activityId, envelope: fromPayloads<Envelope>(completed.result) };
  }
  const failed = event.activityTaskFailedEventAttributes ?? event.activityTaskTimedOutEventAttributes;
  if (!failed?.failure) return null;
  const cause = defaultFailureConverter.failureToError(failed.failure, defaultPayloadConverter);
  return { kind: 'failed', activityId: activities.get(String(failed.scheduledEventId)) ?? '', error: cause };
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
