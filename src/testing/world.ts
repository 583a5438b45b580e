/** The world of a pattern test: mocks and people answer on a virtual clock, pure capabilities run for real. */
import { digest } from '../canonical';
import { errorCodes, isErrorCode } from '../contract/errors';
import type { RequestContext } from '../contract/request-context';
import type { Envelope } from '../contract/trace';
import { AttemptFailure } from '../local/attempts';
import type { VirtualClock } from '../local/clock';
import type { LocalWorld } from '../local/port';
import { toMilliseconds } from '../pattern/duration';
import type { ApprovalAnswer, ApprovalRequest, CapabilityCall } from '../pattern/run/port';
import type { Signatures } from '../pattern/signatures';
import type { MockRule, PatternTest } from '../pattern/tests-schema';
import { type Mock, openMocks } from './mocks';
import { answerTo } from './people';
import type { Recorder } from './recorder';
import type { Mishap } from './result';
import { type SchemaProblems, schemaProblems } from './schema-problems';

/** A call that runs for real. @throws EngineError, `NeedsService`, or whatever a handler throws */
export type RealCall = (
  call: CapabilityCall,
  ctx: RequestContext,
  attempt: { attempt: number; signal: AbortSignal },
) => Promise<Envelope>;

/** What runs for real, by the catalogue's names: handlers that need nothing but their arguments. */
export type RealCalls = ReadonlyMap<string, RealCall>;

/** Thrown by a handler that asks for what a test has not: a database, say. */
export class NeedsService extends Error {}

/** One attempt of a call, in the order of attempts. */
export interface MadeCall {
  capability: string;
  path: string;
  args: Record<string, unknown>;
}

export interface TestWorld extends LocalWorld {
  calls: readonly MadeCall[];
  /** What the test lacks: the run was then not the one that it describes. */
  mishaps: readonly Mishap[];
}

export interface TestWorldParts {
  test: PatternTest;
  ctx: RequestContext;
  clock: VirtualClock;
  deadline: number;
  signatures: Signatures;
  realCalls: RealCalls;
  recorder: Recorder;
  /** Called when a person is asked who will not answer. */
  onSilence(request: ApprovalRequest): void;
}

export function openWorld(parts: TestWorldParts): TestWorld {
  const { test, clock, deadline, signatures } = parts;
  const calls: MadeCall[] = [];
  const mishaps: Mishap[] = [];
  const mocks = openMocks(test.mocks, (name) => signatures.get(name)?.capability ?? name);
  const tell = (mishap: Mishap): void => {
    if (!mishaps.some(({ at, message }) => at === mishap.at && message === mishap.message))
      mishaps.push(mishap);
  };
  return {
    clock,
    deadline,
    calls,
    mishaps,
    watchChild: parts.recorder.observe,
    invoke: async (call, attempt, signal) => {
      const { callable, args, path } = call;
      calls.push({ capability: callable.capability, path, args });
      const schemas = schemaProblems(signatures, callable.capability);
      refuseArguments(call, schemas);
      const mock = mocks.get(callable.capability);
      if (!mock) return callForReal(call, attempt, signal, parts, tell);
      return toEnvelope(call, attempt, parts, await answerOf(mock, call, { signal, clock, schemas, tell }));
    },
    answer: async (request, signal): Promise<ApprovalAnswer> => {
      const given = answerTo(request, parts, tell);
      if (given === null) {
        parts.onSilence(request);
        await clock.sleep(Number.POSITIVE_INFINITY, signal);
        throw new Error('infinity has passed');
      }
      if (given.afterMs > 0) await clock.sleep(given.afterMs, signal);
      return given.answer(clock.now());
    },
  };
}

/** As the agent would: what does not fit never reaches it. */
function refuseArguments({ callable, args }: CapabilityCall, schemas: SchemaProblems): void {
  const [first] = schemas.args(args);
  if (!first) return;
  const message = `${callable.capability}: ${first.pointer} ${first.message}`;
  throw new AttemptFailure({ code: 'ARGS_INVALID', message, details: null, retryable: false });
}

interface MockCall {
  signal: AbortSignal;
  clock: VirtualClock;
  schemas: SchemaProblems;
  tell: (mishap: Mishap) => void;
}

async function answerOf(
  mock: Mock,
  call: CapabilityCall,
  { signal, clock, schemas, tell }: MockCall,
): Promise<unknown> {
  const rule = mock.take(call.args);
  if (rule === null) {
    const message = `no rule fits the call at "${call.path}", or those that do are used up`;
    return lacking({ at: `mocks.${mock.name}`, message, received: call.args }, tell);
  }
  // Even without a delay, so that what is ready together starts before any of it ends.
  await clock.sleep(rule.delay === undefined ? 0 : toMilliseconds(rule.delay), signal);
  if (rule.error) throw failureOf(rule.error);
  const [problem] = schemas.result(rule.result);
  if (problem) {
    const message = `not a result of ${call.callable.capability}: ${problem.pointer} ${problem.message}`;
    return lacking({ at: `mocks.${mock.name}`, message, received: rule.result }, tell);
  }
  return rule.result;
}

/** Whether a failure is worth another attempt is the table's to say; an agent's own codes are refusals, which are not. */
function failureOf({ code, message, retryable, details }: NonNullable<MockRule['error']>): AttemptFailure {
  return new AttemptFailure({
    code,
    message: message ?? `mocked ${code}`,
    details: details ?? null,
    retryable: retryable ?? (isErrorCode(code) && errorCodes[code].retryable),
  });
}

async function callForReal(
  call: CapabilityCall,
  attempt: number,
  signal: AbortSignal,
  { ctx, clock, realCalls }: TestWorldParts,
  tell: (mishap: Mishap) => void,
): Promise<Envelope> {
  const { callable, path, args } = call;
  const at = `mocks.${callable.capability}`;
  const real = realCalls.get(callable.capability);
  const why = callable.pure
    ? `no agent here answers ${callable.capability}, which "${path}" calls: mock it`
    : `${callable.capability}, which "${path}" calls, is not pure: mock it`;
  if (!callable.pure || !real) return lacking({ at, message: why, received: args }, tell);
  try {
    return await clock.during(real(call, ctx, { attempt, signal }));
  } catch (error) {
    if (!(error instanceof NeedsService)) throw error;
    const message = `${callable.capability}, which "${path}" calls, needs ${error.message}, which a test has not: mock it`;
    return lacking({ at, message, received: args }, tell);
  }
}

function lacking(mishap: Mishap, tell: (mishap: Mishap) => void): never {
  tell(mishap);
  throw new AttemptFailure({ code: 'INTERNAL', message: mishap.message, details: null, retryable: false });
}

function toEnvelope(
  { callable, args }: CapabilityCall,
  attempt: number,
  { ctx, signatures }: TestWorldParts,
  result: unknown,
): Envelope {
  return {
    result,
    meta: {
      agent: callable.agent,
      source: 'test:mock',
      asof_date: ctx.asof_date,
      ttl: signatures.get(callable.capability)?.displayTtlSeconds ?? null,
      confidence: null,
      attempt,
      cache: 'off',
      source_execution_id: null,
      args_digest: digest(args),
      result_digest: digest(result),
    },
  };
}
