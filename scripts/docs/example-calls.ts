/** The examples of docs/capabilities.md: calls that refer to each other's results by name, made on the demo as a run makes them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type CapabilityCall, type Attempt } from '../../activities/capability-call';
import { EngineError } from '../../src/contract/errors';
import type { RequestContext } from '../../src/contract/request-context';
import { catalogue, type CapabilityName } from '../../src/capabilities';
import { wholeReference } from '../../src/pattern/reference';

export interface ExampleCall {
  /** How other calls name its result: `{{held.positions}}`. */
  as: string;
  capability: CapabilityName;
  args: Record<string, unknown>;
}

/** What came of a call: a result, or the error that it ends with here. */
export type Outcome =
  { result: unknown; source: string | null } | { error: { code: string; message: string; details: object } };

const agents = ['financial_analyst', 'calculator', 'macro_hound', 'data_harvester', 'claude_agent', 'ratings', 'optimizer', 'alerts', 'reports']; // prettier-ignore

export const exampleCalls: readonly ExampleCall[] = agents.flatMap(
  (agent) =>
    JSON.parse(readFileSync(path.join(__dirname, 'examples', `${agent}.json`), 'utf8')) as ExampleCall[],
);

/** Names of calls whose results the arguments of this one refer to. */
export function namesIn(value: unknown): string[] {
  const found = [...JSON.stringify(value).matchAll(/\{\{([a-z_]+)/g)].map(([, name]) => name ?? '');
  return [...new Set(found)].filter((name) => name !== 'ctx');
}

/**
 * Makes the calls one after the other, in their order; what one refers to is made before it. The first call of a
 * capability is its example.
 */
export async function makeCalls(
  asked: readonly ExampleCall[],
  calls: ReadonlyMap<string, CapabilityCall>,
  ctx: RequestContext,
): Promise<Map<string, Outcome>> {
  const made = new Map<string, Outcome>();
  const make = async (example: ExampleCall): Promise<void> => {
    if (made.has(example.as)) return;
    for (const name of namesIn(example.args)) await make(callNamed(name));
    const call = calls.get(example.capability);
    if (!call) throw new Error(`no agent answers ${example.capability}`);
    const scope = {
      ctx,
      ...Object.fromEntries([...made].map(([as, outcome]) => [as, resultOf(as, outcome)])),
    };
    made.set(
      example.as,
      await outcomeOf(call(filled(example.args, scope), ctx, options(example), attempt())),
    );
  };
  for (const example of asked) await make(example);
  return made;
}

function callNamed(name: string): ExampleCall {
  const example = exampleCalls.find(({ as }) => as === name);
  if (!example) throw new Error(`no example is called "${name}"`);
  return example;
}

/** Only what somebody refers to has to have a result. */
function resultOf(as: string, outcome: Outcome): unknown {
  return 'result' in outcome ? outcome.result : `the call ${as} failed`;
}

const options = ({ as, capability }: ExampleCall) => ({
  execution_id: 'example',
  effect_key: catalogue[capability].effect === 'write' ? `example-${as}-${String(Date.now())}` : null,
  cache: false,
});

const attempt = (): Attempt => ({ attempt: 1, limitMs: 120_000, signal: new AbortController().signal });

async function outcomeOf(call: ReturnType<CapabilityCall>): Promise<Outcome> {
  try {
    const { result, meta } = await call;
    return { result, source: meta.source };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const { code, message, details } = error;
    return { error: { code, message, details } };
  }
}

function filled(value: unknown, scope: object): unknown {
  if (Array.isArray(value)) return value.map((item) => filled(item, scope));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, filled(member, scope)]));
  if (typeof value !== 'string') return value;
  const reference = wholeReference(value);
  if (!reference) return value;
  const at = reference.root === 'ctx' ? ['ctx', ...reference.path] : reference.path;
  return at.reduce<unknown>((inside, key) => (inside as Record<string, unknown>)[key], scope);
}
