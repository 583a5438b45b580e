/** The least that a trace can pass through: a workflow that calls one activity. */
import { proxyActivities } from '@temporalio/workflow';

export interface TracedActivities {
  greet(name: string): Promise<string>;
}

export async function traced(name: string): Promise<string> {
  return proxyActivities<TracedActivities>({ startToCloseTimeout: '10s' }).greet(name);
}
