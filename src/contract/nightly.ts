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
  /**
   * `already_fresh`: it was there with the same content; `no_trading_day`: nothing has a price of that day; `under_way`:
   * another order was at it.
   */
  outcome: 'fresh' | 'already_fresh' | 'no_trading_day' | 'under_way';
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

/** What a stage after that is given. */
export interface StageInput {
  pack_id: string;
  /** Of the workflow; what is remembered names it as its origin. */
  run_id: string;
}

/** What a stage answers; everybody may see it. */
export interface StageOutcome {
  detail: Record<string, unknown>;
}

/** The stages as activities; each may be done twice. */
export interface NightlyActivities {
  /** The day before `at` (RFC 3339), as the zone counts days. */
  'nightly.date': (input: { at: string; zone: string }) => Promise<string>;
  'nightly.build': (input: { date: string; source: PackSourceSpec }) => Promise<BuiltPack>;
  'nightly.reconcile': (input: StageInput) => Promise<StageOutcome>;
  'nightly.metrics': (input: StageInput) => Promise<StageOutcome>;
  'nightly.prewarm': (input: StageInput) => Promise<StageOutcome>;
  'nightly.fresh': (input: StageInput) => Promise<StageOutcome>;
  /** Notes on a pack why it will not be fresh. */
  'nightly.give_up': (input: { pack_id: string; stage: PackStage; reason: string }) => Promise<void>;
}
