/** What the table of errors says of a code. */

export interface ErrorCodeEntry {
  /** HTTP status when this is what the caller is told. */
  status: number;
  /** Whether the same call may succeed later: Temporal retries exactly these. */
  retryable: boolean;
  summary: string;
  /** What the reader of the error should do next. */
  action: string;
}
