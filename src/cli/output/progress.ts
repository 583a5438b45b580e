/** A run while it goes on: ticked off in place on a terminal, line by line elsewhere. */
import type { ExplainedStep } from '../../contract/plan-explanation';
import type { Watcher } from '../client/events';
import { liveProgress } from './live';
import { plainProgress } from './plain';

export interface ProgressView extends Watcher {
  /** A line beside the steps. */
  note(line: string): void;
  /** Leaves the last picture standing. */
  close(): void;
}

/** @param planned the steps that are to come, where they are known */
export function openProgress(
  stream: NodeJS.WriteStream,
  title: string,
  planned: readonly ExplainedStep[],
): ProgressView {
  return stream.isTTY && process.env['TERM'] !== 'dumb'
    ? liveProgress(stream, title, planned)
    : plainProgress(stream, title);
}
