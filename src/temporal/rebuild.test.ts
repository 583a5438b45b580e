import { defaultPayloadConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import { testContext } from '../../tests/support/request-context';
import { testSignatures } from '../../tests/support/scripted-run';
import { toPlan } from '../pattern/compile';
import type { RunPatternInput } from '../pattern/plan';
import type { Pattern } from '../pattern/schema';
import { rebuildOutcome } from './rebuild';

type Event = temporal.api.history.v1.IHistoryEvent;

const steps = ['done', 'cut'].map((as) => ({ capability: 'list.make', as }));
const pattern: Pattern = { id: 'p', name: 'P', steps, outputs: ['done', 'cut'] };
const ending = { status: 'failed', code: 'EXECUTION_FAILED', message: 'cut' } as const;
const payloads = (value: unknown) => ({ payloads: [defaultPayloadConverter.toPayload(value)] });

const scheduled = (activityId: string): Event => ({
  activityTaskScheduledEventAttributes: { activityId, activityType: { name: 'list.make' } },
});
const turn: Event[] = [
  { workflowTaskScheduledEventAttributes: {} },
  { workflowTaskStartedEventAttributes: {} },
];

/** The first turn starts both steps; the second one is told of `news`, in this order. */
function historyOf(...news: Event[]): temporal.api.history.v1.IHistory {
  const plan = toPlan(pattern, { signatures: testSignatures });
  const input: RunPatternInput = { execution_id: 'e', plan, ctx: testContext, inputs: {} };
  const started = {
    workflowType: { name: 'runPattern' },
    input: payloads(input),
    originalExecutionRunId: 'r',
  };
  const completed = (startedEventId: number): Event => ({
    workflowTaskCompletedEventAttributes: { startedEventId: startedEventId as never },
  });
  const events: Event[] = [
    { workflowExecutionStartedEventAttributes: started },
    ...[...turn, completed(3), scheduled('done'), scheduled('cut'), ...news],
  ];
  events.push(...turn, completed(events.length + 2));
  return {
    events: events.map((event, i) => ({
      ...event,
      eventId: (i + 1) as never,
      eventTime: { seconds: 1 as never },
    })),
  };
}

describe('a rebuilt outcome', () => {
  const cancel: Event = { workflowExecutionCancelRequestedEventAttributes: {} };
  const done: Event = {
    activityTaskCompletedEventAttributes: {
      scheduledEventId: 5 as never,
      result: payloads({
        result: { items: [], label: 'l', note: null },
        meta: { attempt: 1, result_digest: 'd' },
      }),
    },
  };
  it.each([
    ['after', [done, cancel]],
    ['before', [cancel, done]],
  ])('has a call as ended that ended in the turn of a cancel, noted %s it', async (_, news) => {
    const outcome = await rebuildOutcome(historyOf(...news), { workflow_id: 'w', run_id: 'r' }, ending);
    expect(outcome.status).toBe('cancelled');
    expect(outcome.trace.steps.map(({ status }) => status)).toEqual(['success', 'error']);
  });
});
