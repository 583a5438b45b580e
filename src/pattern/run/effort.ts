/**
 * How much one turn of a run computes. A workflow has five seconds of processor time between two events; a run that takes
 * longer is ended together with its worker process, and then with the next one. So past a share of it the next steps begin
 * in a new turn, which also lets other runs have theirs.
 */
import type { Port } from './port';

export interface Effort {
  /** So much was done besides the steps themselves; counted, not measured, so that a replay breaks at the same steps. */
  spend(work: Partial<Record<keyof typeof costs, number>>): void;
  /** Does it at once, or in a later turn that has room, in the order of asking: a step begins so, and a value is measured. */
  inTime<T>(work: (waited: boolean) => T): T | Promise<Awaited<T>>;
  /** The pause that is under way. */
  paused(): Promise<void> | null;
}

/** A step costs about a millisecond in Temporal's sandbox, as much as these. */
const costs = { steps: 1, evaluations: 1 / 4_000, characters: 1 / 10_000 };
const share = 300;

export function openEffort({ turn }: Pick<Port, 'turn'>): Effort {
  let spent = 0;
  let under: Promise<void> | null = null;
  const begin = async (newTurn: () => Promise<void>): Promise<void> => {
    await newTurn();
    spent = 0;
    under = null;
  };
  const mustPause = (): boolean => {
    if (under === null && spent >= share && turn) under = begin(turn);
    return under !== null;
  };
  const later = async <T>(work: (waited: boolean) => T): Promise<Awaited<T>> => {
    while (mustPause()) await under;
    return await work(true);
  };
  return {
    spend: (work) => {
      for (const [kind, count] of Object.entries(work)) spent += count * costs[kind as keyof typeof costs];
    },
    inTime: (work) => (mustPause() ? later(work) : work(false)),
    paused: () => under,
  };
}
