/** The nightly order: what it is started with, what it tells while it runs, how it ends. */

export type PackStage = 'build' | 'reconcile' | 'metrics' | 'prewarm' | 'fresh';

/** Where prices and rates come from: files in a folder that the worker can read, or the configured HTTP providers. */
export type PackSourceSpec = { kind: 'folder'; path: string } | { kind: 'providers' };

export interface NightlyPackInput {
  /** The trading day; `null`: the day before the one on which it is started, in `zone`. */
  date: string | null;
  /** IANA name, such as `America/Toronto`. */
  zone: string;
  source: PackSourceSpec;
}

export interface StageProgress {
  stage: PackStage;
  status: 'pending' | 'running' | 'done' | 'failed';
  /** What was found; nothing of any one user. */
  detail: Record<string, unknown>;
}

export interface NightlyProgress {
  pack_id: string | null;
  date: string | null;
  stages: StageProgress[];
}

export interface NightlyPackResult {
  /** `already_fresh`: it was there with the same content; `no_trading_day`: nothing has a price of that day. */
  outcome: 'fresh' | 'already_fresh' | 'no_trading_day';
  pack_id: string | null;
  date: string;
}

/** What building a pack comes to. `warming`: the other stages have to follow. */
export interface BuiltPack {
  outcome: 'warming' | 'already_fresh' | 'no_trading_day';
  pack_id: string;
  date: string;
  detail: Record<string, unknown>;
}
