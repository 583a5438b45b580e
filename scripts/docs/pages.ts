/** The pages of the documentation, as tests read them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(__dirname, '../..');

export interface Page {
  /** From the root: `docs/errors.md`. */
  file: string;
  text: string;
}

/** README, CONTRIBUTING, and what lies in docs/ and examples/. */
export function readPages(): Page[] {
  const files = [
    'README.md',
    'CONTRIBUTING.md',
    ...markdownIn('docs'),
    ...markdownIn('docs/decisions'),
    ...markdownIn('examples/agents/python'),
  ];
  return files.map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));
}

function markdownIn(folder: string): string[] {
  return readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);
}

/** Anchors of a page's headings, as GitHub makes them. */
export function anchorsOf(text: string): Set<string> {
  const headings = [...withoutFences(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => heading ?? '');
  return new Set(
    headings.map((heading) =>
      heading
        .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );
}

export function withoutFences(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```/gm, '');
}
