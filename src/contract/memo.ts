/** Remembered results of pure capabilities: what the stores of `src/cache` keep. */

/** Texts by key. Neither reads nor writes of a store that cannot be reached fail: it then knows nothing and keeps nothing. */
export interface MemoStore {
  /** `local`: this process alone knows them. */
  scope: 'redis' | 'local';
  get(key: string): Promise<string | null>;
  /** Of several texts for one key the first is kept. */
  put(key: string, text: string): Promise<void>;
  /** Takes back what was read and turned out to be of no use, unless another text has taken its place. */
  discard(key: string, text: string): Promise<void>;
  /** Which keys are known, in their order; reads nothing else and changes nothing, not even what is thrown out first. */
  has(keys: readonly string[]): Promise<boolean[]>;
}

/** What an agent said of a result, kept beside it. */
export interface MemoMeta {
  source: string | null;
  asof_date: string | null;
  confidence: number | null;
  result_digest: string;
  /** The execution whose call gave the result. */
  source_execution_id: string;
}

/** A result and what is known of it. */
export interface Remembered {
  result: unknown;
  meta: MemoMeta;
}
