/** A table for pdfmake: its head repeats on every page, columns of figures stand to the right, totals are bold. */
import type { Content } from './pdf-nodes';
import type { PdfSection } from './pdf-sections';

type Table = Extract<PdfSection, { kind: 'table' }>;

/** `-1,234.50`, `12.3 %`, `7 days`; with them what is missing, if anything else is a figure. */
const figure = /^[-+]?[0-9][0-9,.]*([eE][-+]?[0-9]+)?( (%|bp|days))?$/;
const missing = /^(n\/a\b.*|)$/;

export function tableContent(heading: Content, { columns, rows, note, totals = 0 }: Table): Content[] {
  const toTheRight = columns.map((_, at) => isOfFigures(rows.map((row) => row[at] ?? '')));
  const place = (at: number): { alignment?: 'right' } => (toTheRight[at] === true ? { alignment: 'right' } : {});
  const head = columns.map((text, at): Content => ({ text, style: 'head', ...place(at) }));
  const body = rows.map((row, line) =>
    row.map((text, at): Content => ({ text, ...place(at), ...(line >= rows.length - totals && { style: 'total' }) })),
  );
  return [
    heading,
    {
      layout: 'lightHorizontalLines',
      table: {
        headerRows: 1,
        // A heading is not left alone at the end of a page.
        keepWithHeaderRows: 1,
        dontBreakRows: true,
        widths: columns.map(() => 'auto'),
        body: [head, ...body],
      },
    },
    ...(note === null ? [] : [{ text: note, style: 'note' } satisfies Content]),
  ];
} // prettier-ignore

function isOfFigures(texts: readonly string[]): boolean {
  return texts.some((text) => figure.test(text)) && texts.every((text) => figure.test(text) || missing.test(text));
} // prettier-ignore
