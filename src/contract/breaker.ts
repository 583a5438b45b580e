/** What is known of an agent's circuit breaker, and the port through which processes share it. */

/** Times are ms since the epoch on the store's own clock; 0 means none. */
export interface BreakerState {
  /** Failures in a row. */
  fails: number;
  /** Calls are refused until then; stays set while a probe runs. */
  open_until: number;
  /** Until then one caller holds the probe. */
  probe_until: number;
  /** Grows with each opening, probe and closing; a report stamped with an older one says nothing any more. */
  generation: number;
}

export type BreakerAnswer =
  { decision: 'allow' | 'probe'; generation: number } | { decision: 'reject'; retryAfterMs: number };

/** Who shares the state: all processes through Redis or PostgreSQL, or only this one. */
export type BreakerScope = 'redis' | 'postgres' | 'local';

export interface BreakerLimits {
  /** Failures in a row that open the breaker. */
  failures: number;
  /** How long an open breaker refuses. */
  openMs: number;
  /** How long a probe may take before another caller is let through. */
  probeMs: number;
}

/** One breaker per agent. Whoever is let through reports once, with the stamp it was given. */
export interface BreakerStore {
  /** What the state is shared through at this moment. */
  readonly scope: BreakerScope;
  ask(agent: string): Promise<BreakerAnswer>;
  succeeded(agent: string, generation: number, wasProbe: boolean): Promise<void>;
  failed(agent: string, generation: number, wasProbe: boolean): Promise<void>;
  /** The state of each agent named; an agent never asked for is closed. */
  read(agents: readonly string[]): Promise<Record<string, BreakerState>>;
}

export interface BreakerStoreOptions {
  limits?: BreakerLimits;
  /** Told once of each opening and closing that this process brought about. */
  onChange?: (agent: string, breaker: 'open' | 'closed') => void;
}

/** `half_open`: the time of rest is over, and the next call decides. */
export function phaseOf(state: BreakerState, now: number): 'closed' | 'open' | 'half_open' {
  if (state.open_until === 0) return 'closed';
  return state.open_until > now ? 'open' : 'half_open';
}

/** Whole seconds until a call may be let through; 0 when it may be now. */
export function retryAfterSeconds(state: BreakerState, now: number): number {
  return Math.max(0, Math.ceil((Math.max(state.open_until, state.probe_until) - now) / 1000));
}
