/**
 * Direct mode: runs of pure plans in this process, on the same interpreter.
 *
 * - A run that ends at once is one row, written when it has ended; a slower one gets its row early, so that it can be
 *   found and cancelled.
 * - Nothing has effects, so a run that is lost with its process has left nothing behind; its row says so later.
 * - Between steps the event loop gets its turn, and no more than so many runs are under way at once.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';
import type { Pool } from 'pg';
import type { BreakerStore } from '../contract/breaker';
import { EngineError } from '../contract/errors';
import type { Outcome } from '../contract/execution';
import type { StepProgress } from '../contract/progress';
import type { Envelope } from '../contract/trace';
import {
  type ExecutionRow,
  findExecution,
  insertExecution,
  insertFinished,
  type NewExecution,
  storeOutcome,
} from '../db/executions';
import { readAsUser, withUser, withUserAtOnce } from '../db/pool';
import { realClock } from '../local/clock';
import { localPort } from '../local/port';
import { interpret } from '../pattern/interpret';
import type { RunPatternInput } from '../pattern/plan';
import type { CapabilityCall } from '../pattern/run/port';
import { openStop, type Stop } from '../pattern/run/stop';
import { type DirectProgress, openProgress } from './direct-progress';
import { requireSameRequest } from './idempotency';
import type { Metrics } from './metrics';

/** One attempt of a call in this process. @throws AttemptFailure */
export type CallHere = (
  call: CapabilityCall,
  input: RunPatternInput,
  attempt: number,
  signal: AbortSignal,
) => Promise<Envelope>;

export interface DirectRun {
  wait(signal: AbortSignal): Promise<ExecutionRow>;
}

export interface DirectRuns {
  /** The breakers as these runs' calls see them. */
  breakers: Pick<BreakerStore, 'read'>;
  /** @throws EngineError RATE_LIMITED when as many are under way as this process takes */
  start(row: NewExecution, input: RunPatternInput): DirectRun;
  /** Stops one that runs here. */
  cancel(id: string): void;
  /** The steps of one that runs here, as they stand; `null` when none of this id does. */
  progress(id: string): StepProgress[] | null;
  /** Ends all that run here, and waits for it. */
  close(): Promise<void>;
}

export interface DirectDeps {
  pool: Pool;
  breakers: Pick<BreakerStore, 'read'>;
  call: CallHere;
  metrics: Pick<Metrics, 'executionStarted' | 'executionFinished'>;
}

const maximumRuns = 100;
/** All steps of a run together. */
const timeBudgetMs = 30_000;
/** A run that is slower gets its row before it has ended. */
const visibleAfterMs = 200;
/** How long steps may follow each other before others get their turn. */
const sliceMs = 10;

export function createDirectRuns(deps: DirectDeps): DirectRuns {
  const running = new Map<string, RunningHere>();
  return {
    breakers: deps.breakers,
    start: (row, input) => {
      if (running.size >= maximumRuns) {
        const message = `This server has ${String(maximumRuns)} direct runs under way, which is as many as it takes.`;
        throw new EngineError('RATE_LIMITED', message, { limit: maximumRuns, retry_after_seconds: 1 });
      }
      const stop = openStop(null);
      const progress = openProgress(input.plan);
      const run = begin(deps, row, input, { stop, progress });
      running.set(row.id, { stop, progress, ended: run.ended });
      const forget = (): void => {
        running.delete(row.id);
      };
      run.ended.then(forget, forget);
      return { wait: (signal) => endOrRow(run, signal) };
    },
    cancel: (id) => {
      running.get(id)?.stop.stop('cancel');
    },
    progress: (id) => running.get(id)?.progress.read() ?? null,
    close: async () => {
      for (const { stop } of running.values()) stop.stop('cancel');
      await Promise.allSettled([...running.values()].map(({ ended }) => ended));
    },
  };
}

/** What reaches a run from outside, and what is seen of it there. */
interface Handles {
  stop: Stop;
  progress: DirectProgress;
}

interface RunningHere extends Handles {
  ended: Promise<ExecutionRow>;
}

interface Begun {
  ended: Promise<ExecutionRow>;
  /** Writes the row if there is none yet, and reads it. */
  show(): Promise<ExecutionRow>;
}

function begin(deps: DirectDeps, row: NewExecution, input: RunPatternInput, handles: Handles): Begun {
  const startedAt = new Date();
  let shown: Promise<boolean> | null = null;
  const show = (): Promise<boolean> =>
    (shown ??= withUser(deps.pool, row.user_id, (tx) => insertExecution(tx, row)));
  const timer = setTimeout(() => {
    // Whoever asks for it sees the failure; the run itself goes on.
    show().catch(() => undefined);
  }, visibleAfterMs);
  deps.metrics.executionStarted(row.pattern.id);
  const ended = run(deps, row, input, handles)
    .finally(() => {
      clearTimeout(timer);
    })
    .then(async (outcome) => {
      deps.metrics.executionFinished(row.pattern.id, outcome.status, outcome.trace.degraded.length > 0);
      const isShown = shown === null ? false : await shown.catch(() => false);
      return store(deps, row, startedAt, outcome, isShown);
    });
  ended.catch(() => undefined);
  return {
    ended,
    show: async () => {
      await show();
      return read(deps.pool, row);
    },
  };
}

async function endOrRow(run: Begun, signal: AbortSignal): Promise<ExecutionRow> {
  if (signal.aborted) return run.show();
  const stopped = new Promise<null>((resolve) => {
    signal.addEventListener(
      'abort',
      () => {
        resolve(null);
      },
      { once: true },
    );
  });
  return (await Promise.race([run.ended, stopped])) ?? run.show();
}

async function run(
  deps: DirectDeps,
  row: NewExecution,
  input: RunPatternInput,
  handles: Handles,
): Promise<Outcome> {
  const { plan } = input;
  const attributes = {
    'dawsos.pattern': plan.pattern.id,
    'dawsos.pattern_sha256': plan.pattern.sha256,
    'dawsos.pricing_pack_id': input.ctx.pricing_pack_id,
    'dawsos.mode': 'direct',
  };
  return trace.getTracer('dawsos').startActiveSpan(plan.span_name, { attributes }, async (span) => {
    try {
      return await interpretHere(deps, row, input, handles);
    } finally {
      span.end();
    }
  });
}

async function interpretHere(
  deps: DirectDeps,
  { id, workflow_id }: NewExecution,
  given: RunPatternInput,
  { stop, progress }: Handles,
): Promise<Outcome> {
  const executionTimeoutMs = Math.min(given.plan.executionTimeoutMs, timeBudgetMs);
  const input = { ...given, plan: { ...given.plan, executionTimeoutMs } };
  let sliceStartedAt = performance.now();
  const world = {
    clock: realClock,
    deadline: Date.now() + executionTimeoutMs,
    invoke: async (call: CapabilityCall, attempt: number, signal: AbortSignal): Promise<Envelope> => {
      if (performance.now() - sliceStartedAt > sliceMs) {
        await turn();
        sliceStartedAt = performance.now();
      }
      return deps.call(call, input, attempt, signal);
    },
    turn: async () => {
      await turn();
      sliceStartedAt = performance.now();
    },
    answer: () => Promise.reject(new Error('a direct run asked a person')),
    watchChild: progress.watchChild,
  };
  const identity = { workflow_id, run_id: id, mode: 'direct' } as const;
  const outcome = await interpret(
    input,
    identity,
    localPort(input, workflow_id, world, stop),
    progress.watch,
  );
  if (outcome.status === 'continue') throw new Error('a direct run continued as new');
  return outcome;
}

async function store(
  { pool }: DirectDeps,
  row: NewExecution,
  startedAt: Date,
  outcome: Outcome,
  isShown: boolean,
): Promise<ExecutionRow> {
  const finished = isShown
    ? await withUser(pool, row.user_id, async (tx) => {
        await storeOutcome(tx, { execution_id: row.id, run_id: row.id, outcome });
        return null;
      })
    : await withUserAtOnce(pool, row.user_id, (tx) => insertFinished(tx, row, startedAt, outcome));
  // Under this id another request with the same key was faster, or somebody cancelled it: what is stored is what counts.
  if (finished === null) {
    const stored = await read(pool, row);
    requireSameRequest(stored, row.request_digest);
    return stored;
  }
  const { timeout_ms: _timeout, run_key: _key, ...known } = row;
  const { status, data, charts, trace: lines, error } = outcome;
  return {
    ...known, status, data, charts, trace: lines, error, run_id: row.id, degraded: lines.degraded,
    created_at: startedAt, finished_at: finished, restated_by: null,
  }; // prettier-ignore
}

async function read(pool: Pool, { id, user_id }: NewExecution): Promise<ExecutionRow> {
  const row = await readAsUser(pool, user_id, (tx) => findExecution(tx, id));
  if (!row) throw new EngineError('EXECUTION_NOT_FOUND', `The execution ${id} is gone.`);
  return row;
}
