/**
 * The results that an earlier run of the same execution handed on, given out in the order in which they came.
 *
 * What a result sets off, a failure above all, decides what may start after it. So each is given only when all before it
 * have been, and have had their effect; a stop that came between two of them comes between them again.
 */
import type { Journal } from '../plan';
import type { Leaf } from './step-run';
import type { StopReason } from './stop';

export interface Replay {
  /** Resolves when it is this result's turn. */
  turnOf(leaf: Leaf): Promise<void>;
  /** How many results there were: new ones count on from here. */
  count: number;
}

/** A result that nobody has asked for by now, though its turn has come, is passed over rather than waited for. */
const patience = 20;

/** @param stop is called where the earlier run was stopped */
export function openReplay(journal: Journal | undefined, stop: (reason: StopReason) => void): Replay {
  const leaves = Object.values(journal?.leaves ?? {});
  const orders = leaves.map(({ order }) => order).sort((a, b) => a - b);
  const asked = new Map<number, () => void>();
  let isRunning = false;

  const stopIfDue = async (given: number): Promise<void> => {
    if (journal?.stopped?.after !== given) return;
    stop(journal.stopped.reason);
    await sameTurn();
  };
  const give = async (): Promise<void> => {
    await stopIfDue(0);
    let given = 0;
    while (orders.length > 0) {
      const next = await nextOf(orders, asked);
      if (next === null) break;
      orders.splice(orders.indexOf(next), 1);
      asked.get(next)?.();
      asked.delete(next);
      given += 1;
      await sameTurn();
      await stopIfDue(given);
    }
    isRunning = false;
  };
  const start = (): void => {
    if (isRunning) return;
    isRunning = true;
    void give();
  };
  // A run that was stopped before anything ended is stopped again at once.
  if (journal?.stopped) start();
  return {
    count: (orders.at(-1) ?? -1) + 1,
    turnOf: ({ order }) =>
      new Promise((resolve) => {
        asked.set(order, resolve);
        start();
      }),
  };
}

async function nextOf(
  orders: readonly number[],
  asked: ReadonlyMap<number, unknown>,
): Promise<number | null> {
  const [due] = orders;
  for (let turns = 0; turns < patience; turns += 1) {
    if (due !== undefined && asked.has(due)) return due;
    await sameTurn();
  }
  return orders.find((order) => asked.has(order)) ?? null;
}

/** Lets everything that is set off run on to where it waits for something from outside. */
export async function sameTurn(): Promise<void> {
  for (let i = 0; i < 50; i += 1) await Promise.resolve();
}
