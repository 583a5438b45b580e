/** For tests of the language: a small catalogue, and a port that answers from a script on a virtual clock. */
import { digest } from '../../src/canonical';
import type { RequestContext } from '../../src/contract/request-context';
import type { Envelope } from '../../src/contract/trace';
import type { Outcome } from '../../src/contract/execution';
import { compilePattern } from '../../src/pattern/compile';
import { interpret, type CallFailure, type Port } from '../../src/pattern/interpret';
import type { PlannedStep } from '../../src/pattern/plan';
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

export const testContext: RequestContext = Object.freeze({
  trace_id: '0'.repeat(32),
  request_id: 'r',
  user_id: '00000000-0000-4000-8000-000000000001',
  portfolio_id: '00000000-0000-4000-8000-000000000002',
  pricing_pack_id: 'PP_2013-02-28',
  ledger_commit_hash: 'sha256:abc',
  asof_date: '2013-02-28',
  base_currency: 'CAD',
  benchmark_id: null,
  rights: ['portfolio_read'],
});

/** What a scripted call does: answers, fails with a code, or takes its time first. */
export type Script = Record<string, (args: Record<string, unknown>, step: PlannedStep) => unknown>;

class ScriptedFailure extends Error {
  constructor(readonly failure: CallFailure) {
    super(failure.message);
  }
}

export function failWith(code: string, attempts = 1): never {
  throw new ScriptedFailure({ code, message: `scripted ${code}`, attempts, details: null });
}

/** Compiles and runs a pattern in memory; `calls` lists the capability calls in the order of their start. */
export async function runScripted(
  pattern: object,
  script: Script,
  inputs: Record<string, unknown> = {},
): Promise<{ outcome: Outcome; calls: string[] }> {
  const { plan, problems } = compilePattern({ id: 'p', name: 'P', ...pattern }, testSignatures);
  if (!plan) throw new Error(JSON.stringify(problems));
  const calls: string[] = [];
  let clock = Date.parse('2026-01-01T00:00:00Z');
  const port: Port = {
    call: async (step, args): Promise<Envelope> => {
      calls.push(step.path);
      const result = await script[step.capability]?.(args, step);
      clock += 10;
      const meta = {
        agent: step.agent,
        source: `test:${step.as}`,
        asof_date: '2013-02-28',
        ttl: 300,
        confidence: null,
      } as const;
      return {
        result,
        meta: { ...meta, attempt: 1, cache: 'off', args_digest: digest(args), result_digest: digest(result) },
      };
    },
    now: () => clock,
    cancelReads: () => undefined,
    isCancellation: (error) => error instanceof Error && error.message === 'cancelled',
    failureOf: (error) =>
      error instanceof ScriptedFailure
        ? error.failure
        : { code: 'INTERNAL', message: String(error), attempts: 1, details: null },
  };
  const identity = { workflow_id: 'w', run_id: 'r', mode: 'durable' } as const;
  const outcome = await interpret({ execution_id: 'e', plan, ctx: testContext, inputs }, identity, port);
  return { outcome, calls };
}
