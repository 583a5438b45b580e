/** The orders in time that a run may have had: the language says what follows from each, not which it is. */
import type { StepTrace } from '../../src/contract/trace';
import { exactSchedule, type Schedule, type Timed } from './model-state';
import type { Observed } from './run-local';

/** Calls take what they take in memory; what takes no time comes in the order of starts, then in any. */
export function* schedulesInMemory(count: number, random: () => number): Generator<Schedule> {
  yield exactSchedule;
  for (let i = 0; i < count; i += 1) {
    yield { ...exactSchedule, begin: () => moment(random), end: () => moment(random) };
  }
}

/** Of very different lengths, so that one may come after many others. */
function moment(random: () => number): number {
  return 10 ** (-4 - 6 * random());
}

/** It was cut off before. */
const never = Number.POSITIVE_INFINITY;

interface Times {
  start: number;
  end: number;
  attempts: number;
  isCutOff: boolean;
}

/** When things happened is told by the trace, but not which of those came first that came in one turn of the workflow. */
export function* schedulesOf(
  { outcome }: Observed,
  count: number,
  random: () => number,
): Generator<Schedule> {
  const { steps } = outcome.trace;
  const times = timesOf(steps);
  // Rounds and handlers that were not reached have no line at all.
  const seen = new Set(steps.flatMap(({ path, status }) => (status === 'not_run' ? [] : [path])));
  const cutOffs = [...times.values()].flatMap(({ isCutOff, end }) => (isCutOff ? [end] : []));
  for (let i = 0; i < count; i += 1) {
    const tie = (): number => (i === 0 ? 0 : moment(random) * 100);
    yield {
      grace: 0.1,
      pause: ({ whole, index, ms, now }) =>
        pauseOf(times.get(whole), roundsOf(whole, seen) - index - 1, ms, now),
      limit: ({ whole, ms, now }) => Math.max(ms, firstCutOff(whole, times) - now) + tie(),
      call: (timed) => {
        const { ms, isLate } = callAt(times.get(timed.whole), timed, i % 2 === 1 ? cutOffs : []);
        return { ms: ms + tie(), isLate };
      },
      begin: ({ whole, now }) => {
        if (!seen.has(whole)) return never;
        return Math.max((times.get(whole)?.start ?? 0) - now, 0) + tie();
      },
      end: ({ whole, now }) => {
        const known = times.get(whole);
        return known?.isCutOff ? never : Math.max((known?.end ?? 0) - now, 0) + tie();
      },
    };
  }
}

/** Milliseconds since the first step started. */
function timesOf(steps: StepTrace[]): Map<string, Times> {
  const times = new Map<string, Times>();
  const note = (
    path: string,
    { started_at, duration_ms, attempts }: Pick<StepTrace, 'started_at' | 'duration_ms' | 'attempts'>,
    isCutOff: boolean,
  ): void => {
    if (started_at === null) return;
    const start = Date.parse(started_at);
    times.set(path, { start, end: start + (duration_ms ?? 0), attempts, isCutOff });
  };
  for (const step of steps) {
    note(step.path, step, step.error?.code === 'EXECUTION_CANCELLED');
    if (step.compensation) note(`${step.path}:undo`, step.compensation, false);
  }
  for (const [path, { start }] of times) {
    // Where a handler took over, the step's own work had ended.
    const own = times.get(/^(.*):(?:fallback|on_error\.\d+)$/.exec(path)?.[1] ?? '');
    if (own) Object.assign(own, { end: start, isCutOff: false });
  }
  const first = Math.min(...[...times.values()].map(({ start }) => start));
  for (const time of times.values()) {
    time.start -= first;
    time.end -= first;
  }
  return times;
}

/** How many rounds of a loop have a line. */
function roundsOf(whole: string, seen: ReadonlySet<string>): number {
  let count = 0;
  while (seen.has(`${whole}.${String(count)}`)) count += 1;
  return count;
}

/** Rounds that were skipped have no times, so the pauses share what is left of the loop's time. */
function pauseOf(loop: Times | undefined, left: number, ms: number, now: number): number {
  if (left <= 0) return never;
  return Math.max(ms, ((loop?.end ?? 0) - now) / left);
}

/** When what was under way in a step was first cut off; its own time limit may have done that. */
function firstCutOff(whole: string, times: Map<string, Times>): number {
  const inside = [...times].filter(([path, { isCutOff }]) => isCutOff && path.startsWith(`${whole}.`));
  return inside.reduce((first, [, { end }]) => Math.min(first, end), inside.length > 0 ? never : 0);
}

/**
 * The last attempt ends when the call did, those before it share the time.
 * @param cutOffs moments in which a cancel that this call asks for may have come: it reaches the run first, and then
 *   the sub-pattern that the call is in
 */
function callAt(
  times: Times | undefined,
  { capability, args, attempt, limitMs, now }: Timed,
  cutOffs: number[],
): { ms: number; isLate: boolean } {
  const inTime = (ms: number): { ms: number; isLate: boolean } => ({ ms, isLate: false });
  if (!times) return inTime(15);
  const rest = Math.max(times.end - now, 0);
  // What asks for the cancel is itself cut off by it.
  if (times.isCutOff && capability !== 'model.cancel') return inTime(never);
  if (times.isCutOff)
    return inTime(cutOffs.reduce((first, at) => (at > now ? Math.min(first, at - now) : first), rest));
  const left = times.attempts - attempt;
  if (left <= 0) return inTime(rest);
  const script = Array.isArray(args['script']) ? args['script'] : [];
  const deed = String(script[attempt - 1] ?? 'ok');
  if (deed.startsWith('hang')) return inTime(1);
  // One that should have gone well and was tried again was too slow.
  return deed.startsWith('fail') ? inTime(rest / (left + 1)) : { ms: limitMs, isLate: true };
}
