/** pdfmake with the fonts of its own package, and no way to any other file or to the net. */
import path from 'node:path';
import type { PdfDefinition } from './pdf-nodes';

export interface Pdfmake {
  setFonts(fonts: Record<string, Record<string, string>>): void;
  setUrlAccessPolicy(isAllowed: (url: string) => boolean): void;
  setLocalAccessPolicy(isAllowed: (file: string) => boolean): void;
  createPdf(definition: PdfDefinition): { getBuffer(): Promise<Buffer> };
}

export function openPdfmake(fonts: string): Pdfmake {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- it has no types
  const pdfmake = require('pdfmake') as Pdfmake;
  const font = (name: string): string => path.join(fonts, 'Roboto', `Roboto-${name}.ttf`);
  pdfmake.setFonts({
    Roboto: {
      normal: font('Regular'),
      bold: font('Medium'),
      italics: font('Italic'),
      bolditalics: font('MediumItalic'),
    },
  });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((file) => path.dirname(path.resolve(file)) === path.join(fonts, 'Roboto'));
  return pdfmake;
}
