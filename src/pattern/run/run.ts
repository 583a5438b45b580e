/** One run of a plan: what all its steps share, and the leaves from which it could be begun again. */
import type { PlannedStep, RunPatternInput } from '../plan';
import type { Scope, Frame } from '../scope';
import { type Budget, openBudget } from './budget';
import { type Effort, openEffort } from './effort';
import type { StepEnd } from './ends';
import { openPlaces, type Places } from './places';
import type { Port } from './port';
import { openReplay, type Replay } from './replay';
import type { Leaf, Mark, StepRun } from './step-run';
import type { Stop } from './stop';
import type { Undo } from './undo';

export interface Run {
  input: RunPatternInput;
  workflowId: string;
  port: Port;
  places: Places;
  budget: Budget;
  effort: Effort;
  /** By path, in the order of starts. */
  runs: Map<string, StepRun>;
  leaves: Map<string, Leaf>;
  marks: Map<string, Mark>;
  /** What an earlier run of the same execution left. */
  earlier: { leaves: Readonly<Record<string, Leaf>>; marks: Readonly<Record<string, Mark>> };
  /** Gives them out in the order in which they came. */
  replay: Replay;
  /** Leaves that ended so far, those of earlier runs included. */
  ended: number;
  /** Undos done so far. */
  undone: number;
  started: number;
  watch(): void;
  /** Runs a step: here, so that kinds that hold steps need not know the file that knows all kinds. */
  step(step: PlannedStep, place: Place): Promise<StepEnd>;
}

/** Where a step runs. */
export interface Place {
  path: string;
  frame: Frame;
  stop: Stop;
  /** What would have to be undone if the list around it failed. */
  undo: Undo[];
}

/** What was stopped while it waited for its turn. */
const stopped = Promise.resolve<StepEnd>({ kind: 'stopped' });

/** Calls under way at once. */
const concurrency = 50;
/** Steps of every kind over the whole execution: each is a line of its trace. */
export const maximumStepRuns = 20_000;

export interface RunParts {
  input: RunPatternInput;
  workflowId: string;
  port: Port;
  watch: (run: Run) => void;
  step: (run: Run, step: PlannedStep, place: Place) => Promise<StepEnd>;
  /** Stops the whole run. */
  stop: Stop;
}

export function openRun({ input, workflowId, port, watch, step, stop }: RunParts): Run {
  const { journal } = input;
  const effort = openEffort(port);
  const replay = openReplay(journal, stop.stop, effort.paused);
  const run: Run = {
    input,
    workflowId,
    port,
    places: openPlaces(concurrency),
    budget: openBudget(port),
    effort,
    runs: new Map(),
    leaves: new Map(),
    marks: new Map(),
    earlier: { leaves: journal?.leaves ?? {}, marks: journal?.marks ?? {} },
    replay,
    ended: replay.count,
    undone: 0,
    started: 0,
    watch: () => {
      watch(run);
    },
    step: (planned, place) =>
      effort.inTime((waited) =>
        waited && place.stop.reason() !== null ? stopped : step(run, planned, place),
      ),
  };
  return run;
}

export function scopeAt(run: Run, frame: Frame): Scope {
  const evaluated = (evaluations: number): void => {
    run.effort.spend({ evaluations });
  };
  return { ctx: run.input.ctx, inputs: run.input.inputs, frame, evaluated };
}

/** Begins a step's line in the trace; one that an earlier run began keeps its moment and its order. */
export function beginStep(run: Run, path: string): StepRun {
  run.effort.spend({ steps: 1 });
  const mark = run.earlier.marks[path];
  const order = mark?.order ?? run.started;
  run.started = Math.max(run.started, order) + 1;
  const begun: StepRun = {
    status: 'running',
    order,
    started_at: mark?.started_at ?? run.port.now(),
    ended_at: null,
    attempts: 0,
    args: null,
    args_digest: null,
    result_digest: null,
    meta: null,
  };
  run.marks.set(path, { ...mark, started_at: begun.started_at ?? 0, order });
  run.runs.set(path, begun);
  run.watch();
  return begun;
}
