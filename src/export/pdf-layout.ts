/** Sections laid out for pdfmake: cover, headings, tables whose head repeats on every page, charts as vectors, a footer. */
import type { Content, PdfDefinition } from './pdf-nodes';
import type { PdfCover, PdfRequest, PdfSection } from './pdf-sections';
import { tableContent } from './pdf-table';

/** A section whose chart has been drawn already, or could not be. */
export type DrawnSection =
  Exclude<PdfSection, { kind: 'chart' }> | { kind: 'drawing'; title: string; svg: string };

const grey = '#555555';
const figuresAcross = 4;
/** Points that a drawing may take. */
const upright = { width: 523, height: 230 };
const across = { width: 770, height: 330 };

export function layOut(request: PdfRequest, sections: readonly DrawnSection[]): PdfDefinition {
  // The day of the figures and not the day of the printing: the same run gives the same file.
  const day = new Date(`${request.asof_date}T00:00:00Z`);
  const { cover, title, subtitle } = request;
  return {
    pageSize: 'A4',
    pageOrientation: cover ? 'portrait' : 'landscape',
    pageMargins: [36, 36, 36, 54],
    info: { title: `${title}, ${subtitle}`, creator: 'DawsOS Engine', producer: 'DawsOS Engine', creationDate: day, modDate: day },
    content: [
      ...(cover ? coverContent(title, subtitle, cover) : [{ text: title, style: 'title' }, { text: subtitle, style: 'subtitle' }]),
      ...sections.flatMap((section) => contentOf(section, cover ? upright : across)),
    ],
    footer: (page: number, pages: number) => ({
      margin: [36, 8, 36, 0],
      fontSize: 6.5,
      color: grey,
      columns: [
        { width: '*', stack: request.footer },
        { width: 'auto', text: `page ${String(page)} of ${String(pages)}`, alignment: 'right' },
      ],
    }),
    styles: {
      title: { fontSize: 18, bold: true },
      subtitle: { fontSize: 11, color: grey, margin: [0, 2, 0, 8] },
      coverTitle: { fontSize: 28, bold: true, margin: [0, 110, 0, 4] },
      coverSubtitle: { fontSize: 15, color: grey, margin: [0, 0, 0, 14] },
      coverLine: { fontSize: 9.5, color: grey, margin: [0, 1, 0, 1] },
      contents: { fontSize: 13, bold: true, margin: [0, 34, 0, 8] },
      chapter: { fontSize: 18, bold: true, margin: [0, 0, 0, 6] },
      heading: { fontSize: 11, bold: true, margin: [0, 12, 0, 4] },
      figureName: { fontSize: 7.5, color: grey, margin: [0, 5, 0, 0] },
      figureValue: { fontSize: 12, bold: true },
      head: { bold: true, fillColor: '#eeeeee' },
      total: { bold: true },
      note: { italics: true, color: grey, margin: [0, 2, 0, 0] },
    },
    defaultStyle: { font: 'Roboto', fontSize: 7.5 },
  };
} // prettier-ignore

function coverContent(title: string, subtitle: string, { lines, figures }: PdfCover): Content[] {
  return [
    { text: title, style: 'coverTitle' },
    { text: subtitle, style: 'coverSubtitle' },
    ...lines.map((text): Content => ({ text, style: 'coverLine' })),
    ...(figures.length === 0 ? [] : [{ ...figuresContent(figures), margin: [0, 24, 0, 0] } as Content]),
    { fontSize: 10, toc: { title: { text: 'Contents', style: 'contents' } } },
  ];
}

function contentOf(section: DrawnSection, room: { width: number; height: number }): Content[] {
  if (section.kind === 'chapter') {
    return [{ text: section.title, style: 'chapter', headlineLevel: 1, tocItem: true, pageBreak: 'before' }];
  }
  if (section.kind === 'figures') return [figuresContent(section.figures)];
  const heading: Content = { text: section.title, style: 'heading', headlineLevel: 2 };
  if (section.kind === 'drawing') {
    return [{ stack: [heading, { svg: section.svg, fit: [room.width, room.height] }], unbreakable: true }];
  }
  if (section.kind === 'note') {
    return [{ stack: [heading, { text: section.text, style: 'note' }], unbreakable: true }];
  }
  return tableContent(heading, section);
}

/** Names above values, four in a row. */
function figuresContent(figures: readonly { name: string; value: string }[]): Content {
  const rows = Array.from({ length: Math.ceil(figures.length / figuresAcross) }, (_, at) =>
    figures.slice(at * figuresAcross, (at + 1) * figuresAcross),
  );
  const body = rows.map((row) =>
    Array.from({ length: figuresAcross }, (_, at): Content => {
      const figure = row[at];
      return figure
        ? { stack: [{ text: figure.name, style: 'figureName' }, valueOf(figure.value)] }
        : { text: '' };
    }),
  );
  return {
    layout: 'noBorders',
    table: { headerRows: 0, dontBreakRows: true, widths: Array<string>(figuresAcross).fill('*'), body },
  };
}

/** What is missing is told in small print, so that a reason has room. */
function valueOf(text: string): Content {
  const isMissing = text.startsWith('n/a');
  return { text, style: 'figureValue', ...(isMissing && { fontSize: 8, bold: false, color: grey }) };
}
