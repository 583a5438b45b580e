/** The orders in time that a run may have had: the language says what follows from each, not which it is. */
import type { StepTrace } from '../../src/contract/trace';
import { exactSchedule, type Schedule } from './model-state';
import type { Observed } from './run-local';

/** Calls take what they take in memory; what takes no time comes in the order of starts, then in any. */
export function* schedulesInMemory(count: number, random: () => number): Generator<Schedule> {
  yield exactSchedule;
  // Of very different lengths, so that one may come after many others.
  for (let i = 0; i < count; i += 1) yield { ...exactSchedule, moment: () => 10 ** (-4 - 6 * random()) };
}

/** Calls take about what the trace says that they took; then less and less so. */
export function* schedulesOf(
  { outcome }: Observed,
  count: number,
  random: () => number,
): Generator<Schedule> {
  const steps = new Map(outcome.trace.steps.map((step) => [step.path, step]));
  const guess = new Map<string, number>();
  for (const [path, step] of steps) {
    guess.set(path, perAttempt(step.duration_ms, step.attempts));
    if (step.compensation)
      guess.set(`${path}:undo`, perAttempt(step.compensation.duration_ms, step.compensation.attempts));
  }
  for (let i = 0; i < count; i += 1) {
    const spread = i === 0 ? 0 : Math.min(i / 20, 3);
    const vary = (ms: number): number => ms * Math.exp(spread * (random() - 0.5) * 2);
    yield {
      // One that hangs takes its time limit, which says nothing of its other attempts.
      call: ({ whole, args }) => vary(isHanging(args) ? 15 : (guess.get(whole) ?? 15)),
      moment: () => (i === 0 ? 0 : 10 ** (-4 + 5 * random())),
    };
  }
}

function isHanging({ script }: Record<string, unknown>): boolean {
  return Array.isArray(script) && script.some((deed) => String(deed).startsWith('hang'));
}

/** Without the pauses between attempts, 20 and 40 ms and then 50. */
function perAttempt(duration: StepTrace['duration_ms'], attempts: number): number {
  if (duration === null) return 15;
  const pauses =
    [20, 40].slice(0, Math.max(attempts - 1, 0)).reduce((sum, pause) => sum + pause, 0) +
    50 * Math.max(attempts - 3, 0);
  return Math.max((duration - pauses) / Math.max(attempts, 1), 1);
}
