/** What must come before what, whatever the schedule: checked on the trace and on the ledger of effects. */
import type { StepTrace } from '../../src/contract/trace';
import { orderOf, patternOf } from './order';
import { handlersOf, isStep, type JsonPattern, type JsonStep, nameOf } from './program';
import type { LedgerEntry } from './world';

interface Pair {
  before: string;
  after: string;
}

/** By path, the pairs of each list of which one waits for the other; items and rounds each have lists of their own. */
function pairsOf(
  steps: JsonStep[],
  prefix: string,
  others: JsonPattern[],
  counts: Map<string, number>,
): Pair[] {
  const own = [...orderOf(steps, others)].flatMap(([name, names]) =>
    [...names].map((before) => ({ before: `${prefix}${before}`, after: `${prefix}${name}` })),
  );
  return [
    ...own,
    ...steps.flatMap((step) => pairsIn(step, `${prefix}${nameOf(step) ?? ''}`, others, counts)),
  ];
}

function pairsIn(step: JsonStep, path: string, others: JsonPattern[], counts: Map<string, number>): Pair[] {
  const each = step.map?.do ?? step.repeat?.do;
  const count = each ? (counts.get(path) ?? 0) : 0;
  const rounds = step.repeat ? Math.max(count - 1, 0) : 0;
  return [
    ...(step.steps ? pairsOf(step.steps, `${path}.`, others, counts) : []),
    ...(step.pattern === undefined
      ? []
      : pairsOf(patternOf(step.pattern, others).steps, `${path}.`, others, counts)),
    ...Array.from({ length: count }, (_, i) =>
      pairsIn(each ?? {}, `${path}.${String(i)}`, others, counts),
    ).flat(),
    ...Array.from({ length: rounds }, (_, i) => ({
      before: `${path}.${String(i)}`,
      after: `${path}.${String(i + 1)}`,
    })),
    ...handlersOf(step).flatMap(({ use, label }) =>
      isStep(use) ? pairsIn(use, `${path}:${label}`, others, counts) : [],
    ),
  ];
}

/** In words, what came in the wrong order. */
export function disorder(
  { pattern, others }: { pattern: JsonPattern; others: JsonPattern[] },
  counts: Map<string, number>,
  trace: StepTrace[],
  effects: LedgerEntry[],
): string[] {
  const steps = new Map(trace.map((step) => [step.path, step]));
  const places = placesOf(effects);
  return pairsOf(pattern.steps, '', others, counts).flatMap(({ before, after }) => [
    ...disorderInTrace(steps.get(before), steps.get(after)),
    ...disorderOfEffects(before, after, places),
  ]);
}

function disorderInTrace(a: StepTrace | undefined, b: StepTrace | undefined): string[] {
  if (a?.started_at == null || b?.started_at == null || a.duration_ms === null) return [];
  // Times are told in whole milliseconds.
  const late = Date.parse(a.started_at) + Math.floor(a.duration_ms) - Date.parse(b.started_at);
  return late > 1 ? [`${b.path} started ${String(late)} ms before ${a.path} ended`] : [];
}

interface Places {
  write: Map<string, number>;
  undo: Map<string, number>;
}

function placesOf(effects: LedgerEntry[]): Places {
  const places: Places = { write: new Map(), undo: new Map() };
  for (const [i, { key, action }] of effects.entries()) {
    const path = key.replace(/^[^/]*\//, '').replaceAll('/', '.');
    places[action].set(path.replace(/:undo$/, ''), i);
  }
  return places;
}

function disorderOfEffects(before: string, after: string, { write, undo }: Places): string[] {
  const under = (top: string): string[] =>
    [...write.keys()].filter(
      (path) => path === top || path.startsWith(`${top}.`) || path.startsWith(`${top}:`),
    );
  return under(before).flatMap((a) =>
    under(after).flatMap((b) => {
      const [wroteA = 0, wroteB = 0] = [write.get(a), write.get(b)];
      const [undidA, undidB] = [undo.get(a), undo.get(b)];
      const wrong = wroteA > wroteB ? [`${b} wrote before ${a}`] : [];
      // Where the first was still done when the second was, they are undone in the reverse order.
      const isTurned = undidA !== undefined && undidB !== undefined && wroteB < undidA && undidA < undidB;
      return isTurned ? [...wrong, `${a} was undone before ${b}`] : wrong;
    }),
  );
}
