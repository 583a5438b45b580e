/**
 * The path of every capability call: validate arguments, ask the breaker, run the handler against its time limit,
 * validate the result, wrap it in an envelope. What goes wrong leaves as an ApplicationFailure that carries the code.
 */
import { ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import { trace } from '@opentelemetry/api';
import type { Capability } from '../src/capabilities';
import { canonicalJson, sha256Hex } from '../src/canonical';
import type { BreakerStore } from '../src/contract/breaker';
import { EngineError, errorCodes, isErrorCode, type Problem } from '../src/contract/errors';
import type { RequestContext } from '../src/contract/request-context';
import type { Envelope } from '../src/contract/trace';
import { compileSchema } from '../src/validate';
import type { UntypedHandler } from './agent';
import { guard } from './circuit-breaker';

export interface InvokeDependencies {
  breakers: BreakerStore;
  log: { error(fields: object, message: string): void };
}

export type CapabilityActivity = (args: unknown, ctx: RequestContext) => Promise<Envelope>;

/** The largest result that travels inline. */
const maximumResultBytes = 256 * 1024;
/** The handler is given up this long before Temporal would, so that the breaker learns of the time-out. */
const timeoutMarginMs = 50;
/** Most calls end sooner and never beat; a long one learns of its cancellation this way. */
const heartbeatEveryMs = 1000;

/** @throws Error when a schema of the capability does not compile */
export function capabilityActivity(
  capability: Capability,
  handler: UntypedHandler,
  { breakers, log }: InvokeDependencies,
): CapabilityActivity {
  const argumentProblems = compileSchema(capability.args);
  const resultProblems = compileSchema(capability.result);

  return async (args, ctx) => {
    const { attempt, startToCloseTimeoutMs } = Context.current().info;
    try {
      refuse('ARGS_INVALID', capability.name, argumentProblems(args));
      const limit = startToCloseTimeoutMs - timeoutMarginMs;
      const answer = await guard(breakers, capability.agent, () =>
        withinTime(capability.name, limit, (signal) => handler(args, { ctx, attempt, signal })),
      );
      refuse('RESULT_INVALID', capability.name, resultProblems(answer.result));
      const text = canonicalJson(answer.result);
      if (Buffer.byteLength(text) > maximumResultBytes) {
        throw new EngineError(
          'LIMIT_EXCEEDED',
          `${capability.name} answered ${String(text.length)} bytes, at most ${String(maximumResultBytes)} are carried`,
        );
      }
      annotateSpan(capability, ctx);
      return {
        result: answer.result,
        meta: {
          agent: capability.agent,
          source: answer.source ?? null,
          asof_date: answer.asof_date ?? null,
          ttl: capability.displayTtlSeconds,
          confidence: answer.confidence ?? null,
          attempt,
          cache: 'off',
          args_digest: `sha256:${sha256Hex(canonicalJson(args))}`,
          result_digest: `sha256:${sha256Hex(text)}`,
        },
      };
    } catch (error) {
      throw toFailure(error, capability, attempt, ctx, log);
    }
  };
}

function refuse(code: 'ARGS_INVALID' | 'RESULT_INVALID', name: string, problems: Problem[]): void {
  if (problems.length === 0) return;
  const first = problems[0];
  throw new EngineError(code, `${name}: ${first?.pointer ?? ''} ${first?.message ?? ''}`, {
    problems: problems.slice(0, 5),
  });
}

async function withinTime<T>(
  name: string,
  limitMs: number,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { cancellationSignal, cancelled } = Context.current();
  const timeout = AbortSignal.timeout(Math.max(limitMs, 1));
  const timedOut = new Promise<never>((_, reject) => {
    timeout.addEventListener('abort', () => {
      reject(new EngineError('STEP_TIMED_OUT', `${name} took longer than ${String(limitMs)} ms`));
    });
  });
  const beat = setInterval(() => {
    Context.current().heartbeat();
  }, heartbeatEveryMs);
  try {
    return await Promise.race([run(AbortSignal.any([cancellationSignal, timeout])), timedOut, cancelled]);
  } finally {
    clearInterval(beat);
  }
}

function annotateSpan(capability: Capability, ctx: RequestContext): void {
  trace.getActiveSpan()?.setAttributes({
    'dawsos.capability': capability.name,
    'dawsos.agent': capability.agent,
    'dawsos.pricing_pack_id': ctx.pricing_pack_id,
  });
}

function toFailure(
  error: unknown,
  capability: Capability,
  attempt: number,
  ctx: RequestContext,
  log: InvokeDependencies['log'],
): Error {
  if (error instanceof CancelledFailure) return error;
  if (error instanceof EngineError) return engineFailure(error, attempt);
  log.error(
    { err: error, capability: capability.name, attempt, trace_id: ctx.trace_id },
    'a capability failed unexpectedly',
  );
  // The cause is kept for the Web UI; the message is what an API caller sees, so it tells nothing internal.
  return ApplicationFailure.create({
    type: 'INTERNAL',
    message: `${capability.name} failed unexpectedly; the worker's log has the cause`,
    details: [{ attempt, agent: capability.agent }],
    cause: error instanceof Error ? error : new Error(String(error)),
  });
}

function engineFailure(error: EngineError, attempt: number): ApplicationFailure {
  const retryAfter = error.details['retry_after_seconds'];
  return ApplicationFailure.create({
    type: error.code,
    message: error.message,
    nonRetryable: !(isErrorCode(error.code) && errorCodes[error.code].retryable),
    details: [{ ...error.details, attempt }],
    ...(error.code === 'CIRCUIT_OPEN' && { category: ApplicationFailureCategory.BENIGN }),
    ...(typeof retryAfter === 'number' && { nextRetryDelay: retryAfter * 1000 }),
  });
}
