/** For tests of the language: a small catalogue, and a port that answers from a script on a virtual clock. */
import { testContext } from './request-context';
import { digest } from '../../src/canonical';
import type { Envelope } from '../../src/contract/trace';
import type { Outcome } from '../../src/contract/execution';
import { toPlan } from '../../src/pattern/compile';
import { type LocalWorld, localPort } from '../../src/local/port';
import { AttemptFailure } from '../../src/local/attempts';
import { type Clock, virtualClock } from '../../src/local/clock';
import { lookupOf } from '../../src/pattern/check-context';
import { interpret } from '../../src/pattern/interpret';
import type { Journal, RunPatternInput } from '../../src/pattern/plan';
import type { ApprovalAnswer, CapabilityCall, Port } from '../../src/pattern/run/port';
import { openStop } from '../../src/pattern/run/stop';
import type { Pattern } from '../../src/pattern/schema';
import { type Signatures, signaturesOf } from '../../src/pattern/signatures';

const policy = {
  startToCloseTimeout: '10s',
  maximumAttempts: 3,
  initialInterval: '200ms',
  backoffCoefficient: 2,
  maximumInterval: '5s',
};

function entry(name: string, args: object, result: object, effect: 'none' | 'write' = 'none') {
  return { name, agent: 'tester', version: '1', args, result, effect, displayTtlSeconds: 300, policy };
}

const closed = { additionalProperties: false } as const;
const anything = { type: 'object', properties: {}, additionalProperties: true };
const numberList = { type: 'array', items: { type: 'number' } };

/** `list.make` → numbers, `list.sum` takes them, `note.take` takes what it gets, `book.write` has an effect. */
export const testSignatures: Signatures = signaturesOf(
  {
    'list.make': entry(
      'list.make',
      { type: 'object', properties: { size: { type: 'integer', minimum: 0 } }, required: [], ...closed },
      {
        type: 'object',
        properties: {
          items: numberList,
          label: { type: 'string' },
          note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
        },
        required: ['items', 'label', 'note'],
        ...closed,
      },
    ),
    'list.sum': entry(
      'list.sum',
      {
        type: 'object',
        properties: { items: numberList, scale: { type: 'number' } },
        required: ['items'],
        ...closed,
      },
      { type: 'object', properties: { sum: { type: 'number' } }, required: ['sum'], ...closed },
    ),
    'note.take': entry(
      'note.take',
      {
        type: 'object',
        properties: {
          a: { anyOf: [{ type: 'number' }, { type: 'null' }] },
          text: { type: 'string' },
          open: anything,
        },
        required: ['a'],
        ...closed,
      },
      anything,
    ),
    'book.write': entry('book.write', anything, anything, 'write'),
  },
  [{ name: 'sum.list', alias_of: 'list.sum' }],
);

/** What a scripted call does: answers, fails with a code, or takes its time first. */
export type Script = Record<string, (args: Record<string, unknown>, call: ScriptedCall) => unknown>;
export type ScriptedCall = CapabilityCall & { attempt: number; clock: Clock; signal: AbortSignal };

/** @param retryable unlike most codes of the table, a script says so itself */
export function failWith(code: string, retryable = false): never {
  throw new AttemptFailure({ code, message: `scripted ${code}`, details: null, retryable });
}

export interface Scripted {
  outcome: Outcome;
  /** Paths of the capability calls in the order of their start, each attempt once. */
  calls: string[];
  /** How often the run began again. */
  continued: number;
  /** New turns that it took. */
  turns: number;
}

export interface ScriptedOptions {
  inputs?: Record<string, unknown>;
  answers?: Record<string, ApprovalAnswer>;
  /** Virtual milliseconds after which the run is cancelled. */
  cancelAfterMs?: number;
  patterns?: object[];
  /** Asks to continue as new after so many calls, timers and answers. */
  continueEvery?: number;
  /** It takes a new turn after much work, a millisecond later, as in a workflow. */
  turns?: true;
  change?: (input: RunPatternInput) => void;
}

/** Compiles and runs a pattern in memory, on a virtual clock. A call takes 10 ms unless the script sleeps itself. */
export async function runScripted(
  pattern: object,
  script: Script,
  options: ScriptedOptions = {},
): Promise<Scripted> {
  const patterns = lookupOf((options.patterns ?? []) as Pattern[]);
  const context = { signatures: testSignatures, patterns };
  const plan = toPlan({ id: 'p', name: 'P', ...pattern } as Pattern, context);
  const calls: string[] = [];
  const clock = virtualClock(Date.parse('2026-01-01T00:00:00Z'));
  let turns = 0;
  const turn = (): Promise<void> => {
    turns += 1;
    return clock.sleep(1, new AbortController().signal);
  };
  const world: LocalWorld = {
    clock,
    ...(options.turns && { turn }),
    deadline: clock.now() + plan.executionTimeoutMs,
    invoke: async (call, attempt, signal) => {
      calls.push(call.path);
      const result = await script[call.callable.capability]?.(call.args, { ...call, attempt, clock, signal });
      await clock.sleep(10, signal);
      return envelopeOf(call, result, attempt);
    },
    answer: async ({ path }, signal) => {
      const answer = options.answers?.[path];
      if (answer) return answer;
      await clock.sleep(Number.POSITIVE_INFINITY, signal);
      throw new Error('unreachable');
    },
  };
  const stop = openStop(null);
  const input: RunPatternInput = { execution_id: 'e', plan, ctx: testContext, inputs: options.inputs ?? {} };
  options.change?.(input);
  const { cancelAfterMs } = options;
  if (cancelAfterMs !== undefined) {
    void clock.sleep(cancelAfterMs, new AbortController().signal).then(() => {
      stop.stop('cancel');
    });
  }
  const identity = { workflow_id: 'w', run_id: 'r', mode: 'durable' } as const;
  let continued = 0;
  for (;;) {
    const port = continuing(localPort(input, 'w', world, stop), options.continueEvery);
    const end = await clock.run(interpret(input, identity, port));
    if (end.status !== 'continue') return { outcome: end, calls, continued, turns };
    // As it is after a wire.
    input.journal = JSON.parse(JSON.stringify(end.journal)) as Journal;
    continued += 1;
  }
}

/** A port under which a run continues as new, as in a workflow whose history grows. */
function continuing(port: Port, every: number | undefined): Port {
  if (every === undefined) return port;
  let asked = 0;
  return {
    ...port,
    shouldContinue: () => {
      asked += 1;
      return asked >= every;
    },
  };
}

function envelopeOf({ path, callable, args }: CapabilityCall, result: unknown, attempt: number): Envelope {
  return {
    result,
    meta: {
      agent: callable.agent,
      source: `test:${path}`,
      asof_date: '2013-02-28',
      ttl: 300,
      confidence: null,
      attempt,
      cache: 'off',
      args_digest: digest(args),
      result_digest: digest(result),
      source_execution_id: null,
    },
  };
}
