/** The text of a PDF, page by page, as pdf.js reads it. */
import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';

/** pdf.js is an ES module, which jest does not load: a process of its own reads the file. */
const program = `
const { getDocument } = await import(process.argv[1]);
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const pdf = await getDocument({ data: new Uint8Array(Buffer.concat(chunks)), useSystemFonts: false, verbosity: 0 }).promise;
const pages = [];
for (let at = 1; at <= pdf.numPages; at += 1) {
  const { items } = await (await pdf.getPage(at)).getTextContent();
  pages.push(items.map(({ str, hasEOL }) => str + (hasEOL ? '\\n' : '')).join(''));
}
const { info } = await pdf.getMetadata();
process.stdout.write(JSON.stringify({ pages, info }));
`;

export interface PdfText {
  pages: string[];
  info: Record<string, unknown>;
}

export function readPdf(content: Buffer): Promise<PdfText> {
  const module = pathToFileURL(require.resolve('pdfjs-dist/legacy/build/pdf.mjs')).href;
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      ['--input-type=module', '--eval', program, module],
      { maxBuffer: 32 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error) reject(new Error(`${error.message}\n${stderr}`));
        else resolve(JSON.parse(stdout.slice(stdout.indexOf('{"pages"'))) as PdfText);
      },
    );
    child.stdin?.end(content);
  });
}
