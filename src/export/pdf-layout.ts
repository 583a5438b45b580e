/** Sections laid out for pdfmake: headings, tables whose head repeats on every page, charts as vectors, a footer. */
import type { Content, PdfDefinition } from './pdf-nodes';
import type { PdfRequest, PdfSection } from './pdf-sections';

/** A section whose chart has been drawn already, or could not be. */
export type DrawnSection =
  Exclude<PdfSection, { kind: 'chart' }> | { kind: 'drawing'; title: string; svg: string };

const pageWidth = 770;

export function layOut(request: PdfRequest, sections: readonly DrawnSection[]): PdfDefinition {
  // The day of the figures and not the day of the printing: the same run gives the same file.
  const day = new Date(`${request.asof_date}T00:00:00Z`);
  return {
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [36, 36, 36, 54],
    info: { title: `${request.title}, ${request.subtitle}`, creator: 'DawsOS Engine', producer: 'DawsOS Engine', creationDate: day, modDate: day },
    content: [
      { text: request.title, style: 'title' },
      { text: request.subtitle, style: 'subtitle' },
      ...sections.flatMap(contentOf),
    ],
    footer: (page: number, pages: number) => ({
      margin: [36, 8, 36, 0],
      fontSize: 6.5,
      color: '#555555',
      columns: [
        { width: '*', stack: request.footer },
        { width: 'auto', text: `page ${String(page)} of ${String(pages)}`, alignment: 'right' },
      ],
    }),
    styles: {
      title: { fontSize: 18, bold: true },
      subtitle: { fontSize: 11, color: '#555555', margin: [0, 2, 0, 8] },
      heading: { fontSize: 12, bold: true, margin: [0, 12, 0, 4] },
      head: { bold: true, fillColor: '#eeeeee' },
      note: { italics: true, color: '#555555' },
    },
    defaultStyle: { font: 'Roboto', fontSize: 7.5 },
  };
} // prettier-ignore

function contentOf(section: DrawnSection): Content[] {
  const heading: Content = { text: section.title, style: 'heading', headlineLevel: 1 };
  if (section.kind === 'drawing') {
    return [{ stack: [heading, { svg: section.svg, fit: [pageWidth, 330] }], unbreakable: true }];
  }
  if (section.kind === 'note') return [heading, { text: section.text, style: 'note' }];
  const { columns, rows, note } = section;
  const head = columns.map((text): Content => ({ text, style: 'head' }));
  return [
    heading,
    {
      layout: 'lightHorizontalLines',
      table: {
        headerRows: 1,
        dontBreakRows: true,
        widths: columns.map(() => 'auto'),
        body: [head, ...rows.map((row) => row.map((text): Content => cellOf(text)))],
      },
    },
    ...(note === null ? [] : [{ text: note, style: 'note' } satisfies Content]),
  ];
}

function cellOf(text: string): Content {
  return { text, ...(/^-?[0-9.]+$/.test(text) && { alignment: 'right' as const }) };
}
