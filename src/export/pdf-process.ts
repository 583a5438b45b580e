/**
 * A process that makes PDFs, one after the other: it is sent a request, and answers the file or why there is none.
 * Laying out takes seconds of computing, which the API must not stop for; here it can be stopped, its memory has a limit,
 * and it runs in UTC, so that the axes of charts are the same everywhere. It ends with the process that started it.
 */
import { makePdf } from './make-pdf';
import type { PdfAnswer, PdfOrder } from './pdf-messages';

process.on('message', ({ request, maximumBytes }: PdfOrder) => {
  void makePdf(request)
    .then(({ pages, content }): PdfAnswer => {
      if (content.length > maximumBytes) return { kind: 'too_large', bytes: content.length };
      return { kind: 'made', pages, content };
    })
    .catch((error: unknown): PdfAnswer => {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { kind: 'failed', why: why.slice(0, 4000) };
    })
    .then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit());
