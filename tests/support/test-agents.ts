/** Two agents for tests of the engine itself: what they do is told by their arguments. */
import { appendFileSync } from 'node:fs';
import { Type } from '@sinclair/typebox';
import type { Agent, Answer, Call } from '../../activities/agent';
import { type Capability, capabilitiesOf } from '../../src/capabilities';
import { EngineError, type ErrorCode } from '../../src/contract/errors';
import type { Services } from '../../activities/shipped-agents';
import { effectAgent, effectCatalogue } from './effect-agent';

const closed = { additionalProperties: false } as const;
const Value = Type.Object({ value: Type.Unknown() }, closed);
const probe = capabilitiesOf('probe');
const other = capabilitiesOf('other');
/** An agent of its own, so that its failures open no breaker that other tests need closed. */
const flaky = capabilitiesOf('flaky');
const quick = { initialInterval: '20ms', maximumInterval: '50ms' };

const sleepArgs = Type.Object(
  {
    ms: Type.Integer(),
    log: Type.String({ description: 'a file; one line a call' }),
    name: Type.String(),
    after: Type.Optional(Type.Unknown()),
  },
  closed,
);
const failArgs = Type.Object(
  {
    code: Type.String(),
    times: Type.Integer({ description: 'attempts that fail before one succeeds' }),
    key: Type.String(),
  },
  closed,
);

export const testCatalogue: Record<string, Capability> = {
  ...effectCatalogue,
  'probe.echo': probe({ name: 'probe.echo', summary: 'Answers its argument.', args: Value, result: Value }),
  'probe.sleep': probe({
    name: 'probe.sleep',
    summary: 'Notes its call in a file, waits, answers its name.',
    args: sleepArgs,
    result: Type.Object({ name: Type.String() }, closed),
    // It notes its calls, and a remembered one would not.
    pure: false,
    // Short, so that a killed worker's step is given to another one soon.
    policy: { ...quick, startToCloseTimeout: '4s' },
  }),
  'probe.fail': flaky({
    name: 'probe.fail',
    summary: 'Fails with a code as often as it is told.',
    args: failArgs,
    result: Type.Object({ attempts: Type.Integer() }, closed),
    pure: false,
    policy: quick,
  }),
  'probe.drift': probe({
    name: 'probe.drift',
    summary: 'Says that it is pure, and counts its calls.',
    args: Type.Object({ key: Type.String() }, closed),
    result: Type.Object({ calls: Type.Integer() }, closed),
  }),
  'probe.wrong': probe({
    name: 'probe.wrong',
    summary: 'Breaks its own contract.',
    args: Type.Object({}, closed),
    result: Value,
  }),
  'probe.make': probe({
    name: 'probe.make',
    summary: 'Answers a text of so many characters, or so many positions.',
    args: Type.Object(
      { characters: Type.Optional(Type.Integer()), positions: Type.Optional(Type.Integer()) },
      closed,
    ),
    result: Value,
    policy: { ...quick, maximumAttempts: 2 },
  }),
  'other.echo': other({ name: 'other.echo', summary: 'Answers its argument.', args: Value, result: Value }),
};

type Untyped = (args: never, call: Call) => Promise<Answer<unknown>>;

function agent(name: string, handlers: Record<string, Untyped>): Agent<Services> {
  return {
    name,
    capabilities: Object.keys(handlers) as unknown as Agent<Services>['capabilities'],
    handlers: () => handlers as unknown as ReturnType<Agent<Services>['handlers']>,
  };
}

function makePositions(count: number): object[] {
  return Array.from({ length: count }, (_, i) => ({
    symbol: `S${String(i)}`,
    quantity: `${String(i)}.50`,
    price: '441.4',
    currency: 'USD',
  }));
}

const echo: Untyped = ({ value }: { value: unknown }) =>
  Promise.resolve({ result: { value }, source: 'test', asof_date: '2013-02-28' });
const calls = new Map<string, number>();

/** How many calls of `probe.fail` or `probe.drift` with this key reached the agent, in this process. */
export function callsOf(key: string): number {
  return calls.get(key) ?? 0;
}

export const testAgents: Agent<Services>[] = [
  effectAgent,
  agent('probe', {
    'probe.echo': echo,
    'probe.sleep': async ({ ms, log, name }: { ms: number; log: string; name: string }, { signal }) => {
      appendFileSync(log, `${name}\n`);
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(resolve, ms);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          reject(signal.reason as Error);
        });
      });
      return { result: { name }, source: 'test' };
    },
    'probe.make': async ({ characters, positions = 0 }: { characters?: number; positions?: number }) => ({
      result: { value: characters === undefined ? makePositions(positions) : 'x'.repeat(characters) },
      source: 'test',
    }),
    'probe.drift': async ({ key }: { key: string }) => {
      calls.set(key, callsOf(key) + 1);
      return { result: { calls: callsOf(key) } };
    },
    'probe.wrong': async () => ({ result: { wrong: true } }),
  }),
  agent('other', { 'other.echo': echo }),
  agent('flaky', {
    'probe.fail': async ({ code, times, key }: { code: string; times: number; key: string }) => {
      const attempts = (calls.get(key) ?? 0) + 1;
      calls.set(key, attempts);
      if (attempts <= times)
        throw code === 'THROWN'
          ? new TypeError('a secret detail')
          : new EngineError(code as ErrorCode, `told to fail with ${code}`);
      return { result: { attempts } };
    },
  }),
];
