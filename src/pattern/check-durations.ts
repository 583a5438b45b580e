/** Durations: more than nothing, and no longer than a run may take. */
import { toMilliseconds } from './duration';
import type { Checking } from './check-session';
import type { StepNode } from './check-tree';
import { executionTimeoutMs } from './time-limits';

export function checkDurations({ step, pointer }: StepNode, checking: Checking): void {
  const durations: [string, string | undefined][] = [
    ['timeout', step.timeout],
    ['wait/for', step.wait?.for],
    ['repeat/every', step.repeat?.every],
    ['retry/initial_interval', step.retry?.initial_interval],
    ['retry/maximum_interval', step.retry?.maximum_interval],
  ];
  for (const [place, text] of durations)
    if (text !== undefined) checkDuration(text, `${pointer}/${place}`, checking);
}

export function checkDuration(text: string, pointer: string, { report }: Checking): void {
  const milliseconds = millisecondsOf(text);
  if (milliseconds === null)
    report('PATTERN_INVALID', pointer, 'must be longer than nothing', 'write PT1S, say');
  else if (milliseconds > executionTimeoutMs.background)
    report('LIMIT_EXCEEDED', pointer, 'a run takes at most 7 days in all, and this is longer');
}

function millisecondsOf(text: string): number | null {
  try {
    return toMilliseconds(text);
  } catch {
    return null;
  }
}
