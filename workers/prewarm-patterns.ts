/** Prewarming: runs the first pattern a user opens, in this process, so that the agents' memory has its answers. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { CapabilityCall } from '../activities/capability-call';
import type { PortfolioContext, PortfolioWork } from '../activities/nightly-portfolios';
import { EngineError, isErrorCode } from '../src/contract/errors';
import { callHere } from '../src/executor/call-here';
import { type LoadedPatterns, loadPatterns, type PatternStore } from '../src/executor/pattern-store';
import { requireInputs } from '../src/executor/request-checks';
import { realClock } from '../src/local/clock';
import { localPort } from '../src/local/port';
import { reasonsAgainstDirect } from '../src/pattern/direct-mode';
import { interpret } from '../src/pattern/interpret';
import type { RunPatternInput } from '../src/pattern/plan';
import { openStop } from '../src/pattern/run/stop';
import type { Signatures } from '../src/pattern/signatures';

export interface PrewarmDependencies {
  patternsDir: string;
  signatures: Signatures;
  calls: ReadonlyMap<string, CapabilityCall>;
  log: Logger;
}

/** What a user sees first; a folder of patterns without it has nothing to prewarm. */
const prewarmed: readonly string[] = ['portfolio_overview'];
const timeBudgetMs = 60_000;

/** Returns the function that prewarms a portfolio; it throws EngineError with the code a run ended with. */
export function patternPrewarmer(dependencies: PrewarmDependencies): PortfolioWork {
  const { patternsDir, signatures, calls, log } = dependencies;
  const call = callHere(calls, log);
  // A worker that never prewarms needs no patterns.
  let loading: Promise<LoadedPatterns> | null = null;
  return async (ctx, runId) => {
    const { patterns } = await (loading ??= loadPatterns(patternsDir, signatures));
    for (const id of prewarmed) {
      const input = inputOf(patterns, id, ctx, runId);
      if (input) await run(input, call);
    }
  };
}

/** As a request that names nothing but pattern and portfolio. Nothing of an effect, or that waits, is run unasked. */
function inputOf(
  patterns: PatternStore,
  pattern_id: string,
  ctx: PortfolioContext,
  runId: string,
): RunPatternInput | null {
  const { pattern, plan } = patterns.get(pattern_id) ?? { pattern: null, plan: null };
  if (pattern === null || plan === null || reasonsAgainstDirect(plan).length > 0) return null;
  const { inputs } = requireInputs(pattern, { pattern_id, portfolio_id: ctx.portfolio_id });
  return { execution_id: runId, plan, ctx, inputs };
}

async function run(input: RunPatternInput, call: ReturnType<typeof callHere>): Promise<void> {
  const world = {
    clock: realClock,
    deadline: Date.now() + Math.min(input.plan.executionTimeoutMs, timeBudgetMs),
    invoke: (...[one, attempt, signal]: Parameters<Parameters<typeof localPort>[2]['invoke']>) =>
      call(one, input, attempt, signal),
    turn: () => turn(),
    answer: () => Promise.reject(new Error('prewarming asked a person')),
  };
  const workflowId = `prewarm-${input.execution_id}`;
  const identity = { workflow_id: workflowId, run_id: input.execution_id, mode: 'direct' } as const;
  const outcome = await interpret(
    input,
    identity,
    localPort(input, workflowId, world, openStop(null)),
    () => undefined,
  );
  if (outcome.status === 'continue' || outcome.error === null) return;
  const { code, message } = outcome.error;
  throw new EngineError(isErrorCode(code) ? code : 'INTERNAL', message);
}
