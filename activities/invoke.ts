/** A capability as a Temporal activity: its call with Temporal's clock; what goes wrong leaves as an ApplicationFailure that carries the code. */
import { types } from 'node:util';
import { ApplicationFailure, Context } from '@temporalio/activity';
import type { Capability } from '../src/capabilities';
import type { CallOptions } from '../src/contract/call-options';
import { EngineError } from '../src/contract/errors';
import type { RequestContext } from '../src/contract/request-context';
import type { Envelope } from '../src/contract/trace';
import type { UntypedHandler } from './agent';
import { type CallDependencies, capabilityCall } from './capability-call';
import { isCancellation } from './circuit-breaker';
import { engineFailure } from './engine-failure';

export interface InvokeDependencies extends CallDependencies {
  log: { error(fields: object, message: string): void };
}

export type CapabilityActivity = (
  args: unknown,
  ctx: RequestContext,
  options: CallOptions,
) => Promise<Envelope>;

/** The handler is given up this long before Temporal would, so that the breaker learns of the time-out. */
const timeoutMarginMs = 50;
/** Most calls end sooner and never beat; a long one learns of its cancellation this way. */
const heartbeatEveryMs = 1000;

/** @throws Error when a schema of the capability does not compile */
export function capabilityActivity(
  capability: Capability,
  handler: UntypedHandler,
  dependencies: InvokeDependencies,
): CapabilityActivity {
  const call = capabilityCall(capability, handler, dependencies);
  return async (args, ctx, options) => {
    const { info, cancellationSignal: signal, cancelled } = Context.current();
    const { attempt, startToCloseTimeoutMs } = info;
    const beat = setInterval(() => {
      Context.current().heartbeat();
    }, heartbeatEveryMs);
    try {
      const limitMs = startToCloseTimeoutMs - timeoutMarginMs;
      return await call(args, ctx, options, { attempt, limitMs, signal });
    } catch (error) {
      // Rejects with the SDK's own failure, which says why.
      if (signal.aborted && isCancellation(error)) return await cancelled;
      if (error instanceof EngineError) throw engineFailure(error, attempt);
      dependencies.log.error(
        { err: error, capability: capability.name, attempt, trace_id: ctx.trace_id },
        'a capability failed unexpectedly',
      );
      throw unforeseenFailure(error, capability, attempt);
    } finally {
      clearInterval(beat);
    }
  };
}

/** The cause is kept for the Web UI; the message is what an API caller sees, so it tells nothing internal. */
function unforeseenFailure(error: unknown, { name, agent }: Capability, attempt: number): ApplicationFailure {
  // By shape: errors of node itself are of another realm under test.
  const isError = types.isNativeError(error);
  const how = isError ? 'failed unexpectedly' : `threw what is no error (${typeof error})`;
  return ApplicationFailure.create({
    type: 'INTERNAL',
    message: `${name} ${how}; the worker's log has the cause`,
    details: [{ attempt, agent }],
    cause: isError ? error : new Error(textOf(error)),
  });
}

/** Even of what has no text. */
function textOf(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return typeof thrown;
  }
}
