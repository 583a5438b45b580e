/**
 * The events of one run: what is new since the last look, in a numbered order.
 *
 * Every event says how its step stands now, so of each only the newest is kept: a caller that comes late or back gets what
 * it does not know yet, and never a step's past.
 */
import type { ExecutionStatus } from '../contract/execution';
import type { StepProgress } from '../contract/progress';

export interface RunEvent {
  /** `<log>-<number>`, the last one's with `-end` behind it. */
  id: string;
  event: 'step' | 'status' | 'end';
  data: unknown;
}

export interface EventLog {
  /** Each of these notes how things stand and returns the events that are new. */
  steps(lines: readonly StepProgress[]): RunEvent[];
  status(status: ExecutionStatus): RunEvent[];
  end(status: ExecutionStatus, links: Record<string, string>): RunEvent[];
  /** What came after the event with this id; all there is for `null` and for an id of another log. */
  after(id: string | null): RunEvent[];
}

/** @param name distinguishes the ids of logs of the same run, which number their events differently */
export function openEventLog(name: string): EventLog {
  const newest = new Map<string, { number: number; text: string; event: RunEvent }>();
  let count = 0;
  const note = (key: string, event: RunEvent['event'], data: unknown): RunEvent[] => {
    const text = JSON.stringify(data);
    if (newest.get(key)?.text === text) return [];
    count += 1;
    const id = `${name}-${String(count)}${event === 'end' ? '-end' : ''}`;
    const made: RunEvent = { id, event, data };
    // Again at the end of the map, which so stays in the order of the numbers.
    newest.delete(key);
    newest.set(key, { number: count, text, event: made });
    return [made];
  };
  return {
    steps: (lines) => lines.flatMap((line) => note(`step ${line.path}`, 'step', line)),
    status: (status) => note('status', 'status', { status }),
    end: (status, links) => note('end', 'end', { status, links }),
    after: (id) => {
      const known = numberIn(name, id);
      return [...newest.values()].flatMap(({ number, event }) => (number > known ? [event] : []));
    },
  };
}

/** Whether the caller has seen the end already. */
export function isEnd(id: string | null): boolean {
  return id?.endsWith('-end') ?? false;
}

function numberIn(name: string, id: string | null): number {
  if (id?.startsWith(`${name}-`) !== true) return 0;
  const number = /^(\d{1,15})(-end)?$/.exec(id.slice(name.length + 1))?.[1];
  return number === undefined ? 0 : Number(number);
}
