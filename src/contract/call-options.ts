/** What a run tells an activity of one call, besides its arguments and the request context. */

export interface CallOptions {
  execution_id: string;
  /** The same for each attempt of a step that writes; `null` for a call that only reads. */
  effect_key: string | null;
  /** Whether a remembered result may be given, and this one be remembered. */
  cache: boolean;
  /** The step's whole path, where answers that are not pure are kept; left out: none is. */
  path?: string;
  /** An execution of the same plan whose answers are given again instead of asking outside, for `verify`. */
  recorded_from?: string;
}
