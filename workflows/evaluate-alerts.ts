/**
 * `evaluateAlerts`: the alerts of all users as of a fresh pack, once, and those that failed again when their time has come.
 *
 * - It is no part of the nightly order: a pack is fresh whatever becomes of the alerts.
 * - Each activity may run twice; what was told is not told again, which the table of notifications sees to.
 * - A failed evaluation is a dead letter. It is retried after 1 and 5 minutes, a quarter of an hour, 1 and 6 hours; after
 *   that only when its owner asks.
 */
import { type ActivityOptions, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { AlertActivities, AlertCounts, EvaluateAlertsInput } from '../src/contract/alert';

const options = (activityId: string): ActivityOptions => ({
  summary: activityId,
  // Behind everything that somebody waits for.
  priority: { priorityKey: 5 },
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '5s',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '5 minutes', maximumAttempts: 10 },
});
const { 'alerts.evaluate_all': evaluateAll } = proxyActivities<AlertActivities>(options('evaluate'));
const { 'alerts.retry': retry } = proxyActivities<AlertActivities>(options('retry'));
const { 'alerts.next_retry': nextRetry } = proxyActivities<AlertActivities>(options('next retry'));

/** Five retries of one alert are five rounds; failures that come at other times add some. */
const mostRounds = 50;

export async function evaluateAlerts({ pack_id, only }: EvaluateAlertsInput): Promise<AlertCounts> {
  const given = { pack_id, run_id: workflowInfo().runId };
  if (only) return retry({ ...given, only });
  const counts = await evaluateAll(given);
  for (let round = 0; round < mostRounds; round += 1) {
    const seconds = await nextRetry(given);
    if (seconds === null) break;
    await sleep(seconds * 1000);
    const again = await retry(given);
    for (const [name, count] of Object.entries(again)) {
      if (name !== 'alerts' && name !== 'failed') counts[name] = (counts[name] ?? 0) + count;
    }
    counts.failed = again.failed;
  }
  return counts;
}
