/** A text that is made from the code, and the file it belongs in. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';

/** A file made whole, or the part of one between its two marks. */
export interface Generated {
  file: string;
  part?: string;
  text: string;
}

/** The whole new content of the file. @throws Error when the file has no such marks */
export async function render(root: string, { file, part, text }: Generated): Promise<string> {
  const options = { ...(await prettier.resolveConfig(path.join(root, file))), filepath: file };
  if (part === undefined) return prettier.format(text, options);
  const present = readFileSync(path.join(root, file), 'utf8');
  const [open, close] = [`<!-- generated: ${part} -->`, `<!-- end: ${part} -->`];
  const [before, rest] = present.split(open);
  const after = rest?.split(close)[1];
  if (before === undefined || after === undefined) throw new Error(`${file} has no marks ${open} … ${close}`);
  return prettier.format(`${before}${open}\n\n${text}\n\n${close}${after}`, options);
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
