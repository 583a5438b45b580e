/** A capability's contract: one object is at once its type, its validation, its documentation and its policy. */
import type { Static, TSchema } from '@sinclair/typebox';
import type { RequestContext, unreferencableContext } from '../contract/request-context';

/** How Temporal treats calls of a capability. Durations are Temporal's (`'30s'`). */
export interface Policy {
  /** The longest one attempt may take. */
  startToCloseTimeout: string;
  maximumAttempts: number;
  initialInterval: string;
  backoffCoefficient: number;
  maximumInterval: string;
}

/** What a capability may ask of the request context: nothing that differs from run to run. */
export type ReadableMember = Exclude<keyof RequestContext, (typeof unreferencableContext)[number]>;

/** Readable by every capability without being declared: a result depends on them by definition. */
export const alwaysReadable = ['pricing_pack_id', 'ledger_commit_hash'] as const satisfies ReadableMember[];

export interface Capability<
  Name extends string = string,
  A extends TSchema = TSchema,
  R extends TSchema = TSchema,
  Reads extends ReadableMember = ReadableMember,
> {
  name: Name;
  agent: string;
  summary: string;
  args: A;
  result: R;
  policy: Policy;
  /** `none`: only reads; `write`: changes something, so order matters and a repeat needs an effect key. */
  effect: 'none' | 'write';
  /** A pure capability's result depends on arguments, pricing pack, ledger commit and `reads` alone, so it is remembered. */
  pure: boolean;
  /** Members of the request context that the handler reads, besides pack and ledger commit; it gets no others. */
  reads: readonly Reads[];
  /** Seconds a display may show a result without refreshing; `null`: it never ages. */
  displayTtlSeconds: number | null;
  /** Part of every digest of what this capability answers; raise it when the meaning of a result changes. */
  version: string;
}

/** A second name under which an older pattern may know a capability. */
export interface CapabilityAlias {
  name: string;
  alias_of: string;
  summary: string;
}

export type ArgsOf<C> = C extends Capability<string, infer A> ? Static<A> : never;
export type ResultOf<C> = C extends Capability<string, TSchema, infer R> ? Static<R> : never;
export type ReadsOf<C> = C extends Capability<string, TSchema, TSchema, infer Reads> ? Reads : never;
/** The part of the request context that a handler sees. */
export type VisibleContext<Reads extends ReadableMember> = Pick<
  RequestContext,
  Reads | (typeof alwaysReadable)[number]
>;

const interactive: Policy = {
  startToCloseTimeout: '10s',
  maximumAttempts: 3,
  initialInterval: '200ms',
  backoffCoefficient: 2,
  maximumInterval: '5s',
};

type Definition<N extends string, A extends TSchema, R extends TSchema, Reads extends ReadableMember> = Pick<
  Capability<N, A, R>,
  'name' | 'summary' | 'args' | 'result'
> &
  Partial<Pick<Capability, 'effect' | 'pure' | 'displayTtlSeconds' | 'version'>> & {
    policy?: Partial<Policy>;
    reads?: readonly Reads[];
  };

/** Returns the function that defines capabilities of one agent, with the project's defaults filled in. */
export function capabilitiesOf(agent: string) {
  return <
    const N extends string,
    A extends TSchema,
    R extends TSchema,
    const Reads extends ReadableMember = never,
  >(
    definition: Definition<N, A, R, Reads>,
  ): Capability<N, A, R, Reads> => ({
    effect: 'none',
    pure: definition.effect !== 'write',
    reads: [],
    displayTtlSeconds: null,
    version: '1',
    ...definition,
    agent,
    policy: { ...interactive, ...definition.policy },
  });
}

/** Temporal's task queue of an agent. */
export function taskQueueOf(agent: string): string {
  return `agent-${agent}`;
}
