/**
 * A process of its own for one PDF: it reads a request as JSON, writes the number of pages on a line, then the file.
 * Laying out takes seconds of computing, which the API must not stop for; here it can be stopped, its memory has a limit,
 * and it runs in UTC, so that the axes of charts are the same everywhere.
 */
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { chartSvg } from './chart-svg';
import { type DrawnSection, layOut } from './pdf-layout';
import { openPdfmake } from './pdfmake';
import type { PdfRequest, PdfSection } from './pdf-sections';

const fonts = path.join(path.dirname(require.resolve('pdfmake/package.json')), 'fonts');

async function main(): Promise<void> {
  const request = JSON.parse(await text(process.stdin)) as PdfRequest;
  const sections: DrawnSection[] = [];
  for (const section of request.sections) sections.push(await draw(section));
  let pages = 0;
  const layout = layOut(request, sections);
  const pdf = await openPdfmake(fonts)
    .createPdf({
      ...layout,
      footer: (page, count) => {
        pages = count;
        return layout.footer(page, count);
      },
    })
    .getBuffer();
  process.stdout.write(`${String(pages)}\n`);
  process.stdout.write(pdf);
}

/** One chart that cannot be drawn is told of in its place; the rest of the report stands. */
async function draw(section: PdfSection): Promise<DrawnSection> {
  if (section.kind !== 'chart') return section;
  const { title, spec } = section;
  try {
    return { kind: 'drawing', title, svg: await chartSvg(spec) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'note', title, text: `The chart cannot be drawn: ${why}` };
  }
}

void main();
