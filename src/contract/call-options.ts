/** What a run tells an activity of one call, besides its arguments and the request context. */

export interface CallOptions {
  execution_id: string;
  /** The same for each attempt of a step that writes; `null` for a call that only reads. */
  effect_key: string | null;
  /** Whether a remembered result may be given, and this one be remembered. */
  cache: boolean;
}
