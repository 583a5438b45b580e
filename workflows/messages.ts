/** Names and types of what may be asked of a running `runPattern`. */
import { defineQuery } from '@temporalio/workflow';

export interface StepProgress {
  path: string;
  status: string;
  duration_ms: number | null;
}

/** The steps that ended so far, in the order of their end. */
export const progressQuery = defineQuery<StepProgress[]>('progress');
