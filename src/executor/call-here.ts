/** Agents' calls in this process, for direct mode: the same path as a worker's, without Temporal around it. */
import { EngineError } from '../contract/errors';
import type { Envelope } from '../contract/trace';
import type { CallOptions } from '../contract/call-options';
import type { RequestContext } from '../contract/request-context';
import { AttemptFailure } from '../local/attempts';
import type { CallHere } from './direct-runs';

/** One capability, as `activities/capability-call.ts` makes it. */
export type Callee = (
  args: unknown,
  ctx: RequestContext,
  options: CallOptions,
  attempt: { attempt: number; limitMs: number; signal: AbortSignal },
) => Promise<Envelope>;

/** @param log is told of what nobody foresaw; the caller is not */
export function callHere(
  callees: ReadonlyMap<string, Callee>,
  log: { error(fields: object, message: string): void },
): CallHere {
  return async ({ callable, args, effect_key, cache }, input, attempt, signal) => {
    const { capability, agent, policy } = callable;
    const callee = callees.get(capability);
    if (!callee) throw failure('CAPABILITY_UNKNOWN', `no agent here answers ${capability}`, false, attempt);
    const options = { execution_id: input.execution_id, effect_key, cache };
    try {
      const { result, meta } = await callee(args, input.ctx, options, {
        attempt,
        limitMs: policy.startToCloseMs,
        signal,
      });
      // As it would be after a wire: no member that JSON leaves out, and nothing shared with the memory.
      return { result: JSON.parse(JSON.stringify(result)) as unknown, meta };
    } catch (error) {
      if (error instanceof EngineError) throw toFailure(error, attempt);
      if (signal.aborted) throw error;
      log.error(
        { err: error, capability, attempt, trace_id: input.ctx.trace_id },
        'a capability failed unexpectedly',
      );
      const message = `${capability} failed unexpectedly; the API's log has the cause`;
      throw new AttemptFailure({ code: 'INTERNAL', message, details: { attempt, agent }, retryable: true });
    }
  };
}

function toFailure(error: EngineError, attempt: number): AttemptFailure {
  const { code, message, details, retryable } = error;
  const retryAfter = details['retry_after_seconds'];
  return new AttemptFailure(
    { code, message, details: { ...details, attempt }, retryable },
    typeof retryAfter === 'number' ? retryAfter * 1000 : null,
  );
}

function failure(code: string, message: string, retryable: boolean, attempt: number): AttemptFailure {
  return new AttemptFailure({ code, message, details: { attempt }, retryable });
}
