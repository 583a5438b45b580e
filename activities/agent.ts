/** `defineAgent`: binds handlers to contracts so that a missing, unknown or mistyped handler does not compile. */
import type {
  ArgsOf,
  CapabilityName,
  Catalogue,
  ReadableMember,
  ReadsOf,
  ResultOf,
  VisibleContext,
} from '../src/capabilities';

/** What a handler may know of the call besides its arguments. */
export interface Call<Reads extends ReadableMember = ReadableMember> {
  /** Pack, ledger commit, and what the contract says that the handler reads; any other member throws. */
  ctx: VisibleContext<Reads>;
  /** Of a capability that writes: the same for each attempt, see `withEffect` in src/db/effects.ts. Else `null`. */
  effect_key: string | null;
  /** 1 for the first. */
  attempt: number;
  /** Aborted when the call is cancelled or out of time. */
  signal: AbortSignal;
}

/** A result and what its agent says of it. */
export interface Answer<R> {
  result: R;
  /** e.g. `ledger:sha256:…`, `pricing_pack:PP_2013-02-28`. */
  source?: string | null;
  /** The day the newest of its data is of. */
  asof_date?: string | null;
  /** 0 to 1; left out where the notion makes no sense. */
  confidence?: number | null;
}

export type Handler<N extends CapabilityName> = (
  args: ArgsOf<Catalogue[N]>,
  call: Call<ReadsOf<Catalogue[N]>>,
) => Promise<Answer<ResultOf<Catalogue[N]>>>;

/** Handlers of some capabilities, by name: none missing, none too many. */
export type HandlersOf<N extends CapabilityName> = { [K in N]: Handler<K> };

/** A handler whose types are forgotten: `invoke.ts` checks values against the schemas instead. */
export type UntypedHandler = (args: unknown, call: Call) => Promise<Answer<unknown>>;

export interface Agent<Services> {
  name: string;
  capabilities: readonly CapabilityName[];
  handlers(services: Services): Readonly<Record<string, UntypedHandler>>;
}

export function defineAgent<const N extends CapabilityName, Services>(
  name: string,
  capabilities: readonly N[],
  handlers: (services: Services) => HandlersOf<N>,
): Agent<Services> {
  return { name, capabilities, handlers: handlers as unknown as Agent<Services>['handlers'] };
}
