/**
 * Rebuilds a run's outcome from its Temporal history alone: the interpreter runs again, with the events as its answers
 * and the workflow's own clock. For runs that were terminated or timed out before they could store anything, and as
 * the proof that a stored trace says what the history says. Of a run that continued as new the last history is enough.
 */
import type { temporal } from '@temporalio/proto';
import type { Outcome } from '../contract/execution';
import { interpret } from '../pattern/interpret';
import { readHistory } from './history';
import { type Ending, historyPort } from './history-port';

/** How often what a cut set off may set off something else, undos above all: each is cut in its turn. */
const maximumCuts = 10_000;

/** @param ending what to call it when the history stops before the run did */
export async function rebuildOutcome(
  history: temporal.api.history.v1.IHistory,
  identity: { workflow_id: string; run_id: string },
  ending: Ending,
): Promise<Outcome> {
  const { input, activations } = readHistory(history);
  const { port, apply, cut } = historyPort(identity.workflow_id, activations[0]?.now ?? 0, ending);
  let outcome: Outcome | null = null;
  const run = interpret(input, { ...identity, mode: 'durable' }, port).then((end) => {
    // Without `shouldContinue` a run never asks to continue as new.
    if (end.status !== 'continue') outcome = end;
  });
  for (const { now, resolutions } of activations) {
    apply(now, resolutions);
    await turn();
  }
  let wasCut = false;
  for (let cuts = 0; outcome === null && cuts < maximumCuts; cuts += 1) {
    wasCut = cut() || wasCut;
    await turn();
  }
  await run;
  const known = outcome as Outcome | null;
  if (known === null) throw new Error('the history gave no outcome');
  return wasCut ? { ...known, status: ending.status, data: {}, charts: [] } : known;
}

/** Lets everything that an activation set off run to its next wait, as one turn of the workflow does. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
