/** From a request to the bytes of a PDF: charts drawn, sections laid out, fonts of pdfmake's own package. */
import path from 'node:path';
import { chartSvg } from './chart-svg';
import { type DrawnSection, layOut } from './pdf-layout';
import { openPdfmake } from './pdfmake';
import type { PdfRequest, PdfSection } from './pdf-sections';

const fonts = path.join(path.dirname(require.resolve('pdfmake/package.json')), 'fonts');
const pdfmake = openPdfmake(fonts);

export async function makePdf(request: PdfRequest): Promise<{ pages: number; content: Buffer }> {
  const sections: DrawnSection[] = [];
  for (const section of request.sections) sections.push(await draw(section));
  let pages = 0;
  const layout = layOut(request, sections);
  const content = await pdfmake
    .createPdf({
      ...layout,
      footer: (page, count) => {
        pages = count;
        return layout.footer(page, count);
      },
    })
    .getBuffer();
  return { pages, content };
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
