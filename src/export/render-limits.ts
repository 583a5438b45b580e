/** How long, how large and how many: limits of making PDFs, and what is said beyond them. */
import { EngineError } from '../contract/errors';

export interface RenderLimits {
  /** Of one document, from its turn on. */
  milliseconds: number;
  bytes: number;
  memoryMegabytes: number;
  /** Documents at once, and so processes. */
  atOnce: number;
  /** Documents that may wait for their turn. */
  waiting: number;
  /** Documents after which a process is replaced. */
  served: number;
  /** How long a process is kept that has nothing to do. */
  idleMilliseconds: number;
}

export const renderLimits: RenderLimits = {
  milliseconds: 45_000,
  bytes: 20 * 1024 * 1024,
  memoryMegabytes: 512,
  atOnce: 2,
  waiting: 50,
  served: 100,
  idleMilliseconds: 15 * 60_000,
};

export function tooMany(waiting: number): EngineError {
  const message = `${String(waiting)} PDF files wait to be made here already; ask again in a moment.`;
  return new EngineError('RATE_LIMITED', message, { retry_after_seconds: 5 });
}

export function cancelled(): EngineError {
  return new EngineError('EXECUTION_CANCELLED', 'Nobody waits for the PDF any more.');
}

export function tooLarge(why: string): EngineError {
  return new EngineError(
    'EXPORT_TOO_LARGE',
    `The PDF ${why}; take fewer outputs with \`outputs=\`, or CSV or JSON.`,
  );
}
