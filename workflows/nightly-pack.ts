/**
 * `nightlyPack`: the nightly order of one day's pack. Build, reconcile, metrics, prewarm, fresh, one after the other.
 *
 * - Each stage is an activity that may run twice, so the order goes on wherever a worker died.
 * - A pack that was not reconciled, or lacks measures, is never fresh: the order ends failed, the pack in the state `error`.
 * - What was not prewarmed is only slower, so the order goes on without it.
 * - It may be started again for the same day at any time; what is there with the same content is taken as it is.
 * - When the pack is fresh the alerts are evaluated, by a workflow of their own.
 * - A day has one order at a time, by the workflow's id: one that was told no day finds it out and hands it to that one.
 */
import {
  ActivityCancellationType,
  ActivityFailure,
  type ActivityOptions,
  ApplicationFailure,
  CancellationScope,
  isCancellation,
  ParentClosePolicy,
  patched,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { EvaluateAlertsInput } from '../src/contract/alert';
import type {
  NightlyActivities,
  NightlyPackInput,
  NightlyPackResult,
  NightlyProgress,
  PackStage,
  StageInput,
  StageOutcome,
  StageProgress,
} from '../src/contract/nightly';
import { evaluateAlerts } from './evaluate-alerts';
import { nightlyProgressQuery } from './messages';

const order = ['build', 'reconcile', 'metrics', 'prewarm', 'fresh'] as const satisfies readonly PackStage[];

/** Behind everything that somebody waits for. */
const priority = { priorityKey: 5 };
/** Codes of what another attempt cannot mend come as not retryable; the rest is tried for about a quarter of an hour. */
const options = (
  stage: PackStage,
  startToCloseTimeout: '1 minute' | '10 minutes' | '1 hour',
): ActivityOptions => ({
  activityId: stage,
  summary: stage,
  priority,
  startToCloseTimeout,
  heartbeatTimeout: '5s',
  // So that what the stage notes of its end stands before the order has ended.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '5 minutes', maximumAttempts: 10 },
});

const { 'nightly.date': dayOf } = proxyActivities<NightlyActivities>({
  activityId: 'date',
  summary: 'which day',
  priority,
  startToCloseTimeout: '10s',
});
const { 'nightly.build': build } = proxyActivities<NightlyActivities>(options('build', '10 minutes'));
const { 'nightly.reconcile': reconcile } = proxyActivities<NightlyActivities>(options('reconcile', '1 hour'));
const { 'nightly.metrics': metrics } = proxyActivities<NightlyActivities>({
  ...options('metrics', '1 hour'),
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumAttempts: 3 },
});
const { 'nightly.prewarm': prewarm } = proxyActivities<NightlyActivities>({
  ...options('prewarm', '1 hour'),
  retry: { maximumAttempts: 2 },
});
const { 'nightly.fresh': publish } = proxyActivities<NightlyActivities>(options('fresh', '1 minute'));
const { 'nightly.give_up': giveUp } = proxyActivities<NightlyActivities>({
  activityId: 'give_up',
  summary: 'note why the pack is not fresh',
  priority,
  startToCloseTimeout: '1 minute',
});

export async function nightlyPack(input: NightlyPackInput): Promise<NightlyPackResult> {
  const { date: asked } = input;
  if (asked === null) return handOver(input, await dayOf({ at: startedAt(), zone: input.zone }));
  const seen = watch(asked);
  const built = await seen.stage('build', () => build({ date: asked, source: input.source }));
  const { pack_id, date, outcome } = built;
  if (outcome === 'no_trading_day') return { outcome, pack_id: null, date };
  seen.name(pack_id, date);
  if (outcome === 'already_fresh') return { outcome, pack_id, date };
  const given = { pack_id, run_id: workflowInfo().runId };
  await blocking(seen, 'reconcile', reconcile, given);
  await blocking(seen, 'metrics', metrics, given);
  await seen
    .stage('prewarm', () => prewarm(given))
    .catch(async (error: unknown) => {
      if (isCancellation(error)) await giveUpOn(given, 'prewarm', error);
    });
  await blocking(seen, 'fresh', publish, given);
  // Orders that began before there were alerts replay without them.
  if (patched('alerts')) await handToAlerts(pack_id);
  return { outcome: 'fresh', pack_id, date };
}

/** A workflow of its own, which outlives this one: nothing that becomes of it is said of the pack. */
async function handToAlerts(pack_id: string): Promise<void> {
  const input: EvaluateAlertsInput = { pack_id };
  await startChild(evaluateAlerts, {
    workflowId: `alerts-${pack_id}`,
    args: [input],
    priority,
    parentClosePolicy: ParentClosePolicy.ABANDON,
    staticSummary: `alerts as of ${pack_id}`,
  }).catch((error: unknown) => {
    // The pack is fresh already, so neither a cancel nor alerts under way can be a failure of the order.
    if (!isCancellation(error) && !(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  });
}

/** To the order of this day, unless one is under way. */
async function handOver(input: NightlyPackInput, date: string): Promise<NightlyPackResult> {
  try {
    const order = await startChild(nightlyPack, {
      workflowId: `pack-${date}`,
      args: [{ ...input, date }],
      priority,
      staticSummary: `pricing pack of ${date}`,
    });
    return await order.result();
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return { outcome: 'under_way', pack_id: null, date };
  }
}

type Seen = ReturnType<typeof watch>;

/** Without it the pack is not fresh, and says why. */
async function blocking(
  seen: Seen,
  stage: PackStage,
  work: (given: StageInput) => Promise<StageOutcome>,
  given: StageInput,
): Promise<void> {
  await seen.stage(stage, () => work(given)).catch((error: unknown) => giveUpOn(given, stage, error));
}

async function giveUpOn({ pack_id }: StageInput, stage: PackStage, error: unknown): Promise<never> {
  const reason = isCancellation(error) ? 'the nightly order was cancelled' : causeOf(error).message;
  await CancellationScope.nonCancellable(() => giveUp({ pack_id, stage, reason }));
  throw error;
}

/** When the schedule meant it to start, even if it came later. */
function startedAt(): string {
  const { searchAttributes, startTime } = workflowInfo();
  const scheduled = searchAttributes['TemporalScheduledStartTime']?.[0];
  return (scheduled instanceof Date ? scheduled : startTime).toISOString();
}

/** Keeps what the query tells, and what Temporal's Web UI shows of the run. */
function watch(asked: string) {
  const stages: StageProgress[] = order.map((stage) => ({ stage, status: 'pending', detail: {} }));
  const progress: NightlyProgress = { pack_id: null, date: asked, stages };
  setHandler(nightlyProgressQuery, () => progress);
  const show = (): void => {
    setCurrentDetails(stages.map(({ stage, status }) => `- ${stage}: ${status}`).join('\n'));
  };
  const note = (stage: PackStage, status: StageProgress['status'], detail: Record<string, unknown>): void => {
    stages[order.indexOf(stage)] = { stage, status, detail };
    show();
  };
  show();
  return {
    name: (pack_id: string, date: string): void => {
      Object.assign(progress, { pack_id, date });
    },
    /** @throws ApplicationFailure with the code of what went wrong; CancelledFailure */
    stage: async <T extends StageOutcome>(stage: PackStage, work: () => Promise<T>): Promise<T> => {
      note(stage, 'running', {});
      try {
        const answer = await work();
        note(stage, 'done', answer.detail);
        return answer;
      } catch (error) {
        const { code, message } = causeOf(error);
        note(stage, 'failed', { code, message });
        if (isCancellation(error)) throw error;
        throw failureOf(stage, error);
      }
    },
  };
}

/** The workflow's own failure: which stage, which code, and the details that an operator needs. */
function failureOf(stage: PackStage, error: unknown): ApplicationFailure {
  const { code, message, details } = causeOf(error);
  return ApplicationFailure.create({
    type: code,
    message,
    nonRetryable: true,
    details: [{ stage, ...details }],
  });
}

function causeOf(error: unknown): { code: string; message: string; details: Record<string, unknown> } {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure) {
    const [details = {}] = (cause.details ?? []) as Record<string, unknown>[];
    return { code: cause.type ?? 'INTERNAL', message: cause.message, details };
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return { code: isCancellation(error) ? 'EXECUTION_CANCELLED' : 'INTERNAL', message, details: {} };
}
