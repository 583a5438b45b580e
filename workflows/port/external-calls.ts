/**
 * A call that a worker of another project answers, as three activities: the engine checks and asks its memory, the worker
 * answers on its own queue, the engine checks what came back. Sent on only when the call was let through.
 */
import { CancellationScope, isCancellation, proxyActivities } from '@temporalio/workflow';
import type { CallOptions } from '../../src/contract/call-options';
import type {
  AnsweredCall,
  ExternalCall,
  FailedExternalCall,
  LetThrough,
  PreparedCall,
} from '../../src/contract/external-call';
import type { RequestContext } from '../../src/contract/request-context';
import type { Envelope } from '../../src/contract/trace';
import type { RunPatternInput } from '../../src/pattern/plan';
import type { CapabilityCall } from '../../src/pattern/run/port';
import { externalCallId } from '../../src/temporal/external-ids';
import { failureOf } from '../../src/temporal/failure';
import { isStopped } from '../../src/temporal/is-stopped';
import { activityOf, optionsOf, retryOf, stoppable, timeFor } from './calls';

interface EngineActivities {
  'engine.prepare_call': (call: ExternalCall) => Promise<PreparedCall>;
  'engine.accept_result': (answered: unknown, call: AnsweredCall) => Promise<Envelope>;
  'engine.report_failure': (call: FailedExternalCall) => Promise<void>;
}

type WorkerActivity = (
  args: Record<string, unknown>,
  ctx: Partial<RequestContext>,
  options: Pick<CallOptions, 'execution_id' | 'effect_key' | 'cache'>,
) => Promise<unknown>;

export interface ExternalCalls {
  call(call: CapabilityCall): Promise<Envelope>;
  /** Resolves when breakers know of every failure. */
  settled(): Promise<void>;
}

/** @param deadline milliseconds since the epoch at which the plan's time is up */
export function openExternalCalls(input: RunPatternInput, deadline: number): ExternalCalls {
  let reports: Promise<unknown> = Promise.resolve();
  const report = (call: CapabilityCall, { stamp }: LetThrough, error: unknown): void => {
    const { capability } = call.callable;
    const { code } = failureOf(error, call.callable);
    const told = CancellationScope.nonCancellable(() =>
      engine(call, 'report')['engine.report_failure']({ capability, stamp, code }),
    ).catch(() => undefined);
    // Nobody waits for it but the end of the run: what the step is told does not depend on it.
    reports = Promise.all([reports, told]);
  };
  return {
    call: async (call) => {
      const { execution_id } = input;
      const { effect_key, cache } = call;
      const options = optionsOf(input, call);
      const ctx = contextFor(call, input.ctx);
      const isWrite = call.callable.effect === 'write';
      const prepared = await stoppable(call.onStop, always, () => {
        const { capability } = call.callable;
        const request = { capability, args: call.args, ctx: input.ctx, options };
        return timed(input, deadline, call)['engine.prepare_call'](request);
      });
      if ('hit' in prepared) return prepared.hit;
      // Like a write of ours it is awaited, unless it was stopped before it began.
      const isSafe = isWrite && !isStopped(call.onStop);
      let answered: unknown;
      try {
        answered = await stoppable(
          call.onStop,
          (reason) => reason === 'cancel' || !isSafe,
          () =>
            activityOf<WorkerActivity>(input, deadline, call)(call.args, ctx, {
              execution_id,
              effect_key,
              cache,
            }),
        );
      } catch (error) {
        if (!isCancellation(error)) report(call, prepared.go, error);
        throw error;
      }
      const answer: AnsweredCall = {
        ...prepared.go,
        capability: call.callable.capability,
        execution_id,
      };
      return stoppable(
        call.onStop,
        () => !isWrite,
        () => engine(call, 'accept')['engine.accept_result'](answered, answer),
      );
    },
    settled: async () => {
      await reports;
    },
  };
}

const always = (): boolean => true;

/** Of a pure capability only what its remembered results are told apart by: it could not keep to the rest. */
function contextFor({ callable }: CapabilityCall, ctx: RequestContext): Partial<RequestContext> {
  if (!callable.pure) return ctx;
  const { trace_id, pricing_pack_id, ledger_commit_hash } = ctx;
  return { trace_id, pricing_pack_id, ledger_commit_hash };
}

/** As patient as the step: an open breaker is waited for where the plan may wait. */
function timed(input: RunPatternInput, deadline: number, { path, callable }: CapabilityCall) {
  return proxyActivities<Pick<EngineActivities, 'engine.prepare_call'>>({
    activityId: externalCallId('prepare', path),
    summary: `prepare ${path}`,
    startToCloseTimeout: '10s',
    scheduleToCloseTimeout: timeFor(path, input.plan.patience, deadline - Date.now()),
    retry: retryOf(callable.policy),
  });
}

function engine({ path }: CapabilityCall, what: 'accept' | 'report') {
  return proxyActivities<Pick<EngineActivities, 'engine.accept_result' | 'engine.report_failure'>>({
    activityId: externalCallId(what, path),
    summary: `${what} ${path}`,
    startToCloseTimeout: '10s',
    retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '5s', maximumAttempts: 20 },
  });
}
