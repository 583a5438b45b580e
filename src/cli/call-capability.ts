/** One capability, called in this process as the only step of a pattern: checked, tried again and traced like any other. */
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { capabilityCalls } from '../../activities';
import { createMemo } from '../../activities/memo';
import { shippedAgents } from '../../activities/shipped-agents';
import { localBreakerStore } from '../cache/local-breaker-store';
import { localMemoStore } from '../cache/local-memo-store';
import type { RequestContext } from '../contract/request-context';
import type { AgentMetadata, StepError } from '../contract/trace';
import { readProviders } from '../config';
import { withUser } from '../db/pool';
import { listPortfolios } from '../db/portfolios';
import { buildContext } from '../executor/build-context';
import { callHere } from '../executor/call-here';
import { realClock } from '../local/clock';
import { localPort } from '../local/port';
import { compilePattern } from '../pattern/compile';
import { interpret } from '../pattern/interpret';
import type { Plan, RunPatternInput } from '../pattern/plan';
import { openStop } from '../pattern/run/stop';
import type { Signature, Signatures } from '../pattern/signatures';
import { createProviders } from '../providers/providers';
import { CliError, usageError } from './cli-error';
import { exitCodes } from './exit-codes';

export interface CallRequest {
  name: string;
  signature: Signature;
  signatures: Signatures;
  args: Record<string, unknown>;
  user: { id: string; rights: readonly string[] };
  portfolio: string | null;
  asof: string | null;
}

export interface CallAnswer {
  result: unknown;
  meta: AgentMetadata | null;
  error: StepError | null;
  /** What was filled in for the caller. */
  notes: string[];
}

/** @throws CliError for arguments that the capability's schema refuses, EngineError for a context that cannot be built */
export async function callCapability(pool: Pool, request: CallRequest): Promise<CallAnswer> {
  const { args, notes } = await fillArguments(pool, request);
  const plan = planOf(request, args);
  const ctx = await contextOf(pool, request, args);
  const ended = await runHere(pool, plan, ctx);
  return { ...ended, notes };
}

/** What the context knows need not be typed in: the portfolio and the pricing pack. */
async function fillArguments(
  pool: Pool,
  { signature, args, portfolio, user }: CallRequest,
): Promise<{ args: Record<string, unknown>; notes: string[] }> {
  const isMissing = (name: string): boolean =>
    signature.args.required?.includes(name) === true && !Object.hasOwn(args, name);
  const notes: string[] = [];
  const filled = { ...args };
  if (isMissing('portfolio_id')) {
    filled['portfolio_id'] = portfolio ?? (await onlyPortfolio(pool, user.id, notes));
  }
  if (isMissing('pack_id')) filled['pack_id'] = '{{ctx.pricing_pack_id}}';
  return { args: filled, notes };
}

async function onlyPortfolio(pool: Pool, userId: string, notes: string[]): Promise<string> {
  const [only, ...others] = await withUser(pool, userId, (tx) => listPortfolios(tx));
  if (only === undefined || others.length > 0) {
    const detail =
      only === undefined ? 'There is no portfolio of this user' : 'This user has several portfolios';
    throw usageError(`${detail}, and the capability needs one.`, 'Name it with --portfolio ID.');
  }
  notes.push(`portfolio: ${only.name} (${only.id}), the only one`);
  return only.id;
}

function planOf({ name, signatures }: CallRequest, args: Record<string, unknown>): Plan {
  const pattern = {
    id: 'call',
    name: 'Call',
    steps: [{ capability: name, args, as: 'result' }],
    outputs: ['result'],
  };
  const { plan, problems } = compilePattern(pattern, { signatures });
  if (plan) return plan;
  throw new CliError(exitCodes.usage, {
    code: 'ARGS_INVALID',
    detail: `${name} cannot be called so.`,
    problems: problems.map((problem) => ({
      ...problem,
      pointer: problem.pointer.replace(/^\/steps\/0/, ''),
    })),
  });
}

async function contextOf(
  pool: Pool,
  { user, portfolio, asof }: CallRequest,
  args: Record<string, unknown>,
): Promise<RequestContext> {
  const named = args['portfolio_id'];
  const { ctx } = await withUser(pool, user.id, (tx) =>
    buildContext(tx, {
      user,
      trace_id: randomUUID().replaceAll('-', ''),
      request_id: randomUUID(),
      portfolio_id: portfolio ?? (typeof named === 'string' ? named : null),
      asof_date: asof,
      today: new Date().toISOString().slice(0, 10),
    }),
  );
  return ctx;
}

async function runHere(pool: Pool, plan: Plan, ctx: RequestContext): Promise<Omit<CallAnswer, 'notes'>> {
  const memo = createMemo(localMemoStore());
  const breakers = localBreakerStore();
  const providers = createProviders({ ...readProviders(process.env), breakers });
  const callees = capabilityCalls(shippedAgents, { database: pool, providers }, { breakers, memo });
  const unforeseen: unknown[] = [];
  const call = callHere(callees, { error: (fields) => unforeseen.push((fields as { err: unknown }).err) });
  const id = randomUUID();
  const input: RunPatternInput = { execution_id: id, plan, ctx, inputs: {}, cache: false };
  const kept: { meta: AgentMetadata | null } = { meta: null };
  const world = {
    clock: realClock,
    deadline: Date.now() + plan.executionTimeoutMs,
    invoke: async (asked: Parameters<typeof call>[0], attempt: number, signal: AbortSignal) => {
      const envelope = await call(asked, input, attempt, signal);
      kept.meta = envelope.meta;
      return envelope;
    },
    answer: () => Promise.reject(new Error('a call asks nobody')),
  };
  const identity = { workflow_id: `call-${id}`, run_id: id, mode: 'direct' } as const;
  const outcome = await interpret(
    input,
    identity,
    localPort(input, identity.workflow_id, world, openStop(null)),
  );
  // Here nobody has the API's log, so what it would have said is told.
  if (unforeseen.length > 0) throw unforeseen[0];
  if (outcome.status === 'continue') throw new Error('a call continued as new');
  return { result: outcome.data['result'], meta: kept.meta, error: outcome.error };
}
