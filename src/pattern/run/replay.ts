/**
 * The results that an earlier run of the same execution handed on, given out in the order in which they came.
 *
 * 1. What a result sets off, a failure above all, decides what may start after it. So around each failure everything
 *    that came before has its effect first, and a stop that came between two results comes between them again.
 * 2. Nothing new starts before all of them are given out.
 */
import type { Journal } from '../plan';
import type { Leaf } from './step-run';
import type { StopReason } from './stop';

export interface Replay {
  /** Resolves when it is this result's turn. */
  turnOf(leaf: Leaf): Promise<void>;
  /** What a new call, timer or question has to wait for; `null` when nothing is left to give out. */
  unfinished(): Promise<void> | null;
  /** How many results there were: new ones count on from here. */
  count: number;
}

/** So many promises may lie between a result and the next one's being asked for; then it is passed over. */
const patience = 2000;

interface State {
  /** In the order in which they came. */
  leaves: Leaf[];
  given: number;
  asked: Map<number, () => void>;
}

/**
 * @param stop is called where the earlier run was stopped
 * @param paused what steps wait for that may not begin in this turn; `null` when none do
 */
export function openReplay(
  journal: Journal | undefined,
  stop: (reason: StopReason) => void,
  paused: () => Promise<void> | null,
): Replay {
  const leaves = Object.values(journal?.leaves ?? {}).sort((a, b) => a.order - b.order);
  const state: State = { leaves, given: 0, asked: new Map() };
  let finished: Promise<void> | null = null;
  const { stopped } = journal ?? {};
  if (leaves.length > 0 || stopped) {
    const giveAll = async (): Promise<void> => {
      for (;;) {
        if (stopped?.after === state.given) {
          await settled(paused);
          stop(stopped.reason);
          await settled(paused);
        }
        const next = await nextOf(state, paused);
        if (next === null) break;
        await give(state, next, paused);
      }
      finished = null;
      // Whatever is asked for after all is known all the same.
      for (const resolve of state.asked.values()) resolve();
    };
    finished = giveAll();
  }
  return {
    count: (leaves.at(-1)?.order ?? -1) + 1,
    unfinished: () => finished,
    turnOf: ({ order }) =>
      finished === null
        ? Promise.resolve()
        : new Promise((resolve) => {
            state.asked.set(order, resolve);
          }),
  };
}

async function give(state: State, leaf: Leaf, paused: () => Promise<void> | null): Promise<void> {
  const isDecisive = leaf.failure !== undefined || leaf.stopped === true;
  if (isDecisive) await settled(paused);
  state.asked.get(leaf.order)?.();
  state.asked.delete(leaf.order);
  state.leaves.splice(state.leaves.indexOf(leaf), 1);
  state.given += 1;
  if (isDecisive) await settled(paused);
}

/** The next one in order; one that nobody asks for, though its turn has come, is passed over rather than waited for. */
async function nextOf({ leaves, asked }: State, paused: () => Promise<void> | null): Promise<Leaf | null> {
  const [due] = leaves;
  if (due === undefined) return null;
  for (let turns = 0; turns < patience && !asked.has(due.order); turns += 1) {
    await (paused() ?? Promise.resolve());
  }
  return asked.has(due.order) ? due : (leaves.find(({ order }) => asked.has(order)) ?? null);
}

/** Lets everything that is set off run on to where it waits for something from outside. */
export async function sameTurn(): Promise<void> {
  for (let i = 0; i < 50; i += 1) await Promise.resolve();
}

async function settled(paused: () => Promise<void> | null): Promise<void> {
  await sameTurn();
  for (let pause = paused(); pause !== null; pause = paused()) {
    await pause;
    await sameTurn();
  }
}
