/**
 * Makes PDFs in processes that are kept between documents, within limits of time, memory and size.
 *
 * Starting one takes a second and more, a document a fraction of that. A process is asked for one document at a time; it is
 * ended when it takes too long, when nobody waits any more, after some documents, and when it had nothing to do for a while.
 */
import { EngineError } from '../contract/errors';
import type { PdfAnswer } from './pdf-messages';
import type { PdfRequest } from './pdf-sections';
import { type PdfWorker, PdfWorkerEnded, startPdfWorker } from './pdf-worker';
import { cancelled, type RenderLimits, renderLimits, tooLarge, tooMany } from './render-limits';
import { createTurns } from './turns';

export interface RenderedPdf {
  content: Buffer;
  pages: number;
}

export interface PdfRenderer {
  /**
   * @throws EngineError EXPORT_TOO_LARGE beyond a limit, RATE_LIMITED when too many wait already, EXECUTION_CANCELLED when
   *   the signal says that nobody waits, INTERNAL when it cannot be made
   */
  render(request: PdfRequest, signal?: AbortSignal): Promise<RenderedPdf>;
  /** Ends the processes; documents that are being made fail. */
  close(): void;
  /** Processes that run. */
  size(): number;
}

export function createPdfRenderer(given: Partial<RenderLimits> = {}): PdfRenderer {
  const limits = { ...renderLimits, ...given };
  const turns = createTurns({ ...limits, cancelled, full: tooMany });
  const idle = new Map<PdfWorker, NodeJS.Timeout>();
  const busy = new Set<PdfWorker>();

  const takeWorker = (isFresh: boolean): PdfWorker => {
    for (const [worker, timer] of idle) {
      clearTimeout(timer);
      idle.delete(worker);
      if (worker.isAlive() && !isFresh) return worker;
      worker.stop();
    }
    return startPdfWorker(limits.memoryMegabytes);
  };
  const putBack = (worker: PdfWorker): void => {
    if (!worker.isAlive() || worker.served >= limits.served) {
      worker.stop();
      return;
    }
    const timer = setTimeout(() => {
      idle.delete(worker);
      worker.stop();
    }, limits.idleMilliseconds);
    timer.unref();
    idle.set(worker, timer);
  };
  const make = async (request: PdfRequest, signal: AbortSignal | undefined, isFresh = false): Promise<PdfAnswer> => {
    const worker = takeWorker(isFresh);
    const wasUsed = worker.served > 0;
    busy.add(worker);
    try {
      return await within(limits, signal, worker.make({ request, maximumBytes: limits.bytes }), () => { worker.stop(); });
    } catch (error) {
      // What earlier documents left behind in it is no fault of this one.
      if (error instanceof PdfWorkerEnded && wasUsed) return await make(request, signal, true);
      throw error;
    } finally {
      busy.delete(worker);
      putBack(worker);
    }
  };

  return {
    size: () => idle.size + busy.size,
    close: () => {
      for (const timer of idle.values()) clearTimeout(timer);
      for (const worker of [...idle.keys(), ...busy]) worker.stop();
      idle.clear();
    },
    render: async (request, signal) => {
      const pass = await turns.take(signal);
      try {
        return renderedFrom(await make(request, signal), limits);
      } catch (error) {
        throw told(error, limits);
      } finally {
        pass();
      }
    },
  };
} // prettier-ignore

/** One for the whole process: what its API and its agents export stands in one line. */
const shared = createPdfRenderer();

/** As `PdfRenderer.render`. */
export function renderPdf(
  request: PdfRequest,
  { signal }: { signal?: AbortSignal } = {},
): Promise<RenderedPdf> {
  return shared.render(request, signal);
}

/** The work, or the error of what came first: the time limit or the caller's going, at which the work is stopped. */
async function within<T>(
  { milliseconds }: RenderLimits,
  signal: AbortSignal | undefined,
  work: Promise<T>,
  stop: () => void,
): Promise<T> {
  let [end, abort] = [(_error: EngineError): void => undefined, (): void => undefined];
  const over = new Promise<never>((_, reject) => {
    end = (error) => {
      reject(error);
      stop();
    };
    abort = () => {
      end(cancelled());
    };
  });
  const timer = setTimeout(() => {
    end(tooLarge(`takes longer than ${String(milliseconds / 1000)} s`));
  }, milliseconds);
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    // A stopped process ends after the limit was told.
    work.catch(() => undefined);
  }
}

function renderedFrom(answer: PdfAnswer, { bytes }: RenderLimits): RenderedPdf {
  if (answer.kind === 'too_large') throw tooLarge(`has ${String(answer.bytes)} bytes, more than ${String(bytes)}`);
  if (answer.kind === 'failed') throw new EngineError('INTERNAL', 'The PDF could not be made.', {}, new Error(answer.why));
  return { pages: answer.pages, content: Buffer.from(answer.content) };
} // prettier-ignore

function told(error: unknown, { memoryMegabytes }: RenderLimits): unknown {
  if (error instanceof EngineError) return error;
  if (error instanceof PdfWorkerEnded && error.isOutOfMemory) return tooLarge(`needs more than ${String(memoryMegabytes)} MB of memory`);
  const cause = error instanceof PdfWorkerEnded ? new Error(error.said) : error;
  return new EngineError('INTERNAL', 'The PDF could not be made.', {}, cause);
} // prettier-ignore
