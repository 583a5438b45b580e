/** What this project says to pdfmake. Its published types bring the browser's along, which would change those of Node. */

export interface Style {
  style?: string;
  fontSize?: number;
  bold?: boolean;
  italics?: boolean;
  color?: string;
  fillColor?: string;
  alignment?: 'left' | 'right' | 'center';
  margin?: [left: number, top: number, right: number, bottom: number];
}

export type Content = Style &
  (
    | { text: string; headlineLevel?: number; width?: '*' | 'auto'; tocItem?: boolean; pageBreak?: 'before' }
    | { toc: { title: Content } }
    | { stack: (Content | string)[]; unbreakable?: boolean; width?: '*' | 'auto' }
    | { columns: Content[] }
    | { svg: string; fit: [width: number, height: number] }
    | { layout: string; table: { headerRows: number; dontBreakRows: boolean; keepWithHeaderRows?: number; widths: string[]; body: Content[][] } }
  ); // prettier-ignore

export interface PdfDefinition {
  pageSize: string;
  pageOrientation: 'landscape' | 'portrait';
  pageMargins: [number, number, number, number];
  info: Record<string, string | Date>;
  content: Content[];
  footer: (page: number, pages: number) => Content;
  styles: Record<string, Style>;
  defaultStyle: Style & { font: string };
}
