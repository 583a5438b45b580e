/** What the model keeps of a run: its lines, its undos, its failures. */
import { type ModelClock, modelClock, openStop, type Stop } from './clock';
import type { JsonPattern, JsonStep, Kind, Program } from './program';
import type { Ended, Frame } from './references';
import { type Ledger, latencyOf, openLedger } from './world';

/** A call's attempt, as a schedule is asked for it. */
export interface Timed {
  /** Path in the trace. */
  whole: string;
  capability: string;
  args: Record<string, unknown>;
  attempt: number;
  /** What one attempt may take. */
  limitMs: number;
  now: number;
}

/** How long things take; the language says nothing of it, so the model is asked for each schedule that may have been. */
export interface Schedule {
  /** What ends so soon after a stop has ended by itself: in one turn of a workflow the stop is told last. */
  grace: number;
  /** One attempt of a call, and whether its time limit ends it; infinite for one that was cut off. */
  call(timed: Timed): { ms: number; isLate: boolean };
  /** Until a step begins that may: no time, but what takes none comes in any order. */
  begin(at: { whole: string; now: number }): number;
  /** Until a timer or a sub-pattern that has ended is known to have. */
  end(at: { whole: string; now: number }): number;
  /** Between the rounds of a loop, after the one at `index`; no sooner than it says. */
  pause(at: { whole: string; index: number; ms: number; now: number }): number;
  /** Until the time limit of a step that holds steps is known to be over, which is no sooner than it says. */
  limit(at: { whole: string; ms: number; now: number }): number;
}

/** As the runs in memory have it. */
export const exactSchedule: Schedule = {
  grace: 0,
  call: ({ whole, args, attempt, limitMs }) => {
    const ms = latencyOf(whole, args, attempt);
    return { ms: Math.min(ms, limitMs), isLate: ms >= limitMs };
  },
  begin: () => 0,
  end: () => 0,
  limit: ({ ms }) => ms,
  pause: ({ ms }) => ms,
};

/** A failure of a step, as those around it see it. */
export class Failure extends Error {
  constructor(
    readonly code: string,
    /** Path of the step in its own workflow. */
    readonly step: string,
    readonly attempts: number,
    /** The agent said that it did nothing, or nothing was asked of it. */
    readonly didNothing: boolean,
    readonly details: unknown = null,
  ) {
    super(code);
  }
}

const mistakes = ['REFERENCE_UNRESOLVED', 'CONDITION_INVALID', 'ARGS_INVALID', 'RESULT_INVALID'];

export function isMistake(code: string): boolean {
  return mistakes.includes(code);
}

export interface Line {
  path: string;
  name: string;
  kind: Kind;
  status: 'running' | 'success' | 'skipped' | 'degraded' | 'error';
  attempts: number;
  code: string | null;
  /** Why it was skipped. */
  reason: string | null;
  details: unknown;
  startedAt: number;
  endedAt: number | null;
  /** It went on, or was cut off, when the list around it had already failed or the run was cancelled. */
  isStopped: boolean;
  /** A write that was cut off: whether it was done is anybody's guess. */
  mayHaveWritten: boolean;
  undo: 'success' | 'error' | null;
}

export interface Undo {
  /** Places in the order of starts, one for each workflow around. */
  place: number[];
  run(): Promise<void>;
}

export interface Run {
  program: Program;
  /** Runs a step: here, so that lists need not know what knows all kinds. */
  step: StepRunner;
  schedule: Schedule;
  clock: ModelClock;
  stop: Stop;
  ledger: Ledger;
  lines: Map<string, Line>;
  /** By path of a map or a loop: how many items or rounds there are. */
  counts: Map<string, number>;
  /** How many lists are failing or undoing at the moment. */
  failing: number;
  /** Cancelled while something else was failing: the language does not say which of the two wins. */
  isAmbiguous: boolean;
}

export function openRun(program: Program, schedule: Schedule, step: StepRunner): Run {
  return {
    program,
    step,
    schedule,
    clock: modelClock(),
    stop: openStop(),
    ledger: openLedger(),
    lines: new Map(),
    counts: new Map(),
    failing: 0,
    isAmbiguous: false,
  };
}

/** One workflow: the run itself, or a sub-pattern. */
export interface Workflow {
  run: Run;
  others: JsonPattern[];
  inputs: Record<string, unknown>;
  id: string;
  /** What stands before its paths in the trace. */
  prefix: string;
  /** Where it stands itself in the order of starts. */
  place: number[];
  starts: number;
  isPatient: boolean;
  slots: { free: number; queue: (() => void)[] };
}

export function openWorkflow(
  run: Run,
  parts: Pick<Workflow, 'inputs' | 'id' | 'prefix' | 'place' | 'isPatient'>,
): Workflow {
  return { run, others: run.program.others, ...parts, starts: 0, slots: { free: 50, queue: [] } };
}

/** A step, and where it is. */
export interface At {
  step: JsonStep;
  rel: string;
  name: string;
  line: Line;
  place: number[];
}

export type StepRunner = (
  step: JsonStep,
  rel: string,
  name: string,
  scope: Scope,
  workflow: Workflow,
) => Promise<Ended>;

/** A list of steps, an item or a round, as the steps in it know it. */
export interface Scope {
  frame: Frame;
  stop: Stop;
  /** What was registered, in any order. */
  undos: Undo[];
}

export function openLine(workflow: Workflow, rel: string, name: string, kind: Kind): Line {
  const path = `${workflow.prefix}${rel}`;
  const line: Line = {
    ...{ path, name, kind, status: 'running', attempts: 0, code: null, reason: null, details: null },
    ...{
      startedAt: workflow.run.clock.now(),
      endedAt: null,
      isStopped: false,
      mayHaveWritten: false,
      undo: null,
    },
  };
  workflow.run.lines.set(path, line);
  return line;
}

export function closeLine(workflow: Workflow, line: Line, ended: Ended): Ended {
  line.status = ended.status;
  line.attempts = ended.attempts;
  line.code = ended.error?.code ?? null;
  line.details = ended.error?.details ?? null;
  line.endedAt = workflow.run.clock.now();
  return ended;
}

/** One at a time, what started last first. */
export async function undoAll(undos: Undo[]): Promise<void> {
  for (const undo of [...undos].sort((a, b) => comparePlaces(b.place, a.place))) await undo.run();
}

function comparePlaces(a: number[], b: number[]): number {
  for (const [i, place] of a.entries()) {
    const other = b[i];
    if (other === undefined) return 1;
    if (place !== other) return place - other;
  }
  return a.length - b.length;
}
