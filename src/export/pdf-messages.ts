/** What goes between the process that wants a PDF and the one that makes it. */
import type { PdfRequest } from './pdf-sections';

export interface PdfOrder {
  request: PdfRequest;
  maximumBytes: number;
}

export type PdfAnswer =
  | { kind: 'made'; pages: number; content: Uint8Array }
  | { kind: 'too_large'; bytes: number }
  /** `why` is for the log and no reader. */
  | { kind: 'failed'; why: string };
