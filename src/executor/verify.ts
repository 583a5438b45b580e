/** `POST /v1/executions/{id}/verify`: the same plan on the same snapshot again, without any memory, and whether it comes to the same. */
import { randomUUID } from 'node:crypto';
import { type Static, Type } from '@sinclair/typebox';
import { context } from '@opentelemetry/api';
import type { RequestHandler } from 'express';
import { EngineError } from '../contract/errors';
import { ExecutionHandle } from '../contract/execution';
import type { RequestContext } from '../contract/request-context';
import { Nullable, StringEnum, Uuid } from '../contract/scalars';
import type { Trace } from '../contract/trace';
import type { ExecutionRow } from '../db/executions';
import { reasonsAgainstDirect } from '../pattern/direct-mode';
import { firstDifference } from '../pattern/first-difference';
import { allSteps } from '../pattern/lines';
import { recordedSteps } from '../pattern/recorded-steps';
import type { Plan, PlannedStep } from '../pattern/plan';
import { toHandle } from './answer';
import type { ExecuteDeps } from './execute-deps';
import { requireOwn } from './executions';
import { planOfRun } from './plan-of-run';
import { parsePrefer } from './prefer';
import { scopeOf, userOf } from './request-scope';
import { start } from './submit';

const closed = { additionalProperties: false } as const;

export const FirstDifference = Type.Object(
  {
    path: Type.String({ description: 'the step’s path' }),
    what: StringEnum(['steps', 'status', 'error', 'args', 'result']),
    left: Nullable(Type.String({ description: 'a digest, a status or a code' })),
    right: Nullable(Type.String()),
  },
  { ...closed, title: 'FirstDifference' },
);
export const Verification = Type.Object(
  {
    execution_id: Uuid,
    verified: Type.Boolean({ description: 'both runs have the same fingerprint' }),
    fingerprint: Type.String(),
    recomputed: Type.String({ description: 'the fingerprint of the run that was made to verify it' }),
    first_difference: Nullable(FirstDifference),
    recorded: Type.Array(Type.String(), {
      description:
        'paths of steps that ask outside, of providers say: they were given what they were answered in the execution that is verified',
    }),
    verification: ExecutionHandle,
  },
  { ...closed, title: 'Verification' },
);
export type Verification = Static<typeof Verification>;

export function verify(deps: ExecuteDeps): RequestHandler {
  return async (req, res) => {
    const row = await requireOwn(deps, req, res);
    const { trace, ctx } = requireVerifiable(row);
    const { plan } = await planOf(deps, row, trace);
    const { trace_id, request_id } = scopeOf(res);
    const submission = {
      id: randomUUID(),
      keyed: false,
      user: userOf(res),
      request: { pattern_id: row.pattern.id },
      digest: '',
      trace_id,
      request_id,
      fresh: true,
    };
    const input = {
      execution_id: submission.id,
      plan,
      ctx: { ...ctx, trace_id, request_id },
      inputs: row.inputs,
      cache: false,
      recorded_from: row.id,
    };
    const mode =
      reasonsAgainstDirect(plan).length === 0 && plan.patience === 'interactive' ? 'direct' : 'durable';
    const prepared = { input, mode, run_key: null, title: `verify ${row.id}` } as const;
    const submitted = await context.with(scopeOf(res).otel, () => start(deps, submission, prepared));
    const { waitSeconds } = parsePrefer(req.get('Prefer'));
    const again = await deps.waiting.during(res, waitSeconds, (signal) => submitted.wait(signal));
    const verification = toHandle(again, deps.ui);
    if (again.trace === null) {
      const location = verification.links['self'] ?? '';
      res
        .status(202)
        .setHeader('Location', location)
        .setHeader('Retry-After', '1')
        .json({ execution: verification });
      return;
    }
    res.json(compare(row.id, trace, again.trace, verification));
  };
}

function compare(id: string, trace: Trace, again: Trace, verification: ExecutionHandle): Verification {
  return {
    execution_id: id,
    verified: trace.fingerprint === again.fingerprint,
    fingerprint: trace.fingerprint,
    recomputed: again.fingerprint,
    first_difference: firstDifference(trace, again),
    recorded: recordedSteps(again),
    verification,
  };
}

/** @throws EngineError EXECUTION_UNFINISHED */
function requireVerifiable({ id, trace, ctx, status }: ExecutionRow): { trace: Trace; ctx: RequestContext } {
  if (trace !== null && ctx !== null && (status === 'succeeded' || status === 'failed'))
    return { trace, ctx };
  throw new EngineError('EXECUTION_UNFINISHED', `The execution ${id} is ${status} and cannot be verified.`);
}

/**
 * The plan as the run had it.
 * @throws EngineError PATTERN_NOT_FOUND when that content is not known any more, VERIFY_REFUSED for one that had effects or asks people
 */
async function planOf(deps: ExecuteDeps, { pattern }: ExecutionRow, trace: Trace): Promise<{ plan: Plan }> {
  // Of those that did not run none runs now: in a verification the interpreter lets no step write.
  const ran = ({ as }: PlannedStep): boolean =>
    trace.steps.some((line) => line.as === as && line.status !== 'skipped' && line.status !== 'not_run');
  const plan = await planOfRun(deps.findPattern, { pattern });
  const steps = allSteps(plan.steps);
  const reasons = steps.flatMap((step) => {
    if (step.kind === 'approval') return [`step "${step.as}" asks a person`];
    return step.kind === 'capability' && step.call.effect === 'write' && ran(step)
      ? [`step "${step.as}" has an effect`]
      : [];
  });
  if (reasons.length === 0) return { plan };
  throw new EngineError('VERIFY_REFUSED', `It cannot be run again: ${reasons[0] ?? ''}.`, { reasons });
}
