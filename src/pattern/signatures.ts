/** What the checker and compiler need to know of each capability; made from a catalogue, so the language imports none. */
import type { StepPolicy } from './plan';
import { toMilliseconds } from './duration';

export interface JsonSchema {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  enum?: unknown[];
  additionalProperties?: boolean | JsonSchema;
  patternProperties?: Record<string, JsonSchema>;
  [keyword: string]: unknown;
}

export interface Signature {
  capability: string;
  version: string;
  agent: string;
  task_queue: string;
  args: JsonSchema;
  result: JsonSchema;
  effect: 'none' | 'write';
  /** Its result depends on arguments, pricing pack and ledger commit alone, so it may be remembered. */
  pure: boolean;
  /** Codes that it declares beside those of the table of errors. */
  errors: readonly string[];
  /** `own`: an agent of this project answers it; `external`: one that a file describes. */
  source: 'own' | 'external';
  displayTtlSeconds: number | null;
  policy: Omit<StepPolicy, 'nonRetryable'>;
}

/** By every name a pattern may use, aliases included. */
export type Signatures = ReadonlyMap<string, Signature>;

/** One capability as a catalogue or an agent's file describes it. Durations are Temporal's (`'30s'`) or ISO 8601. */
export interface SignatureEntry {
  name: string;
  version: string;
  agent: string;
  /** Without it: the queue that belongs to the agent's name. */
  task_queue?: string;
  args: object;
  result: object;
  effect: 'none' | 'write';
  /** Without it nothing is assumed, so nothing is remembered. */
  pure?: boolean;
  errors?: readonly string[];
  source?: 'own' | 'external';
  displayTtlSeconds: number | null;
  policy: {
    startToCloseTimeout: string;
    maximumAttempts: number;
    initialInterval: string;
    backoffCoefficient: number;
    maximumInterval: string;
  };
}

/** @throws Error when an alias names no capability or hides one */
export function signaturesOf(
  catalogue: Readonly<Record<string, SignatureEntry>>,
  aliases: readonly { name: string; alias_of: string }[],
): Signatures {
  const signatures = new Map(Object.entries(catalogue).map(([name, entry]) => [name, toSignature(entry)]));
  for (const alias of aliases) {
    const target = signatures.get(alias.alias_of);
    if (!target) throw new Error(`the alias ${alias.name} names ${alias.alias_of}, which is no capability`);
    if (signatures.has(alias.name))
      throw new Error(`the alias ${alias.name} hides a capability of that name`);
    signatures.set(alias.name, target);
  }
  return signatures;
}

function toSignature(entry: SignatureEntry): Signature {
  const { policy } = entry;
  return {
    capability: entry.name,
    version: entry.version,
    agent: entry.agent,
    task_queue: entry.task_queue ?? `agent-${entry.agent}`,
    args: entry.args as JsonSchema,
    result: entry.result as JsonSchema,
    effect: entry.effect,
    pure: entry.pure ?? false,
    errors: entry.errors ?? [],
    source: entry.source ?? 'own',
    displayTtlSeconds: entry.displayTtlSeconds,
    policy: {
      startToCloseMs: toMilliseconds(policy.startToCloseTimeout),
      maximumAttempts: policy.maximumAttempts,
      initialIntervalMs: toMilliseconds(policy.initialInterval),
      backoffCoefficient: policy.backoffCoefficient,
      maximumIntervalMs: toMilliseconds(policy.maximumInterval),
    },
  };
}
