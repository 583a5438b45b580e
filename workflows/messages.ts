/** Names and types of what may be asked of a running workflow, and told to it. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { ApprovalMessage } from '../src/contract/approval';
import type { NightlyProgress } from '../src/contract/nightly';
import type { StepProgress } from '../src/contract/progress';

/** The steps that began so far, in the order of the pattern. */
export const progressQuery = defineQuery<StepProgress[]>('progress');

/** Answers an approval; refused with `APPROVAL_CLOSED` when nothing waits at this path. Returns when it was taken, RFC 3339. */
export const approveUpdate = defineUpdate<string, [ApprovalMessage]>('approve');

/** From a parent whose list has failed: start nothing more, await writes, and hand over what may have to be undone. */
export const stopSignal = defineSignal('stop');

/** How far the nightly order has come. */
export const nightlyProgressQuery = defineQuery<NightlyProgress>('nightly_progress');
