import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { errorCodes } from '../../src/contract/errors';
import { anchorsOf, readPages, root, withoutFences } from './pages';

const pages = readPages();
const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

describe.each(pages.map((page) => [page.file, page.text] as const))('%s', (file, text) => {
  it('links to files and headings that there are', () => {
    const links = [...withoutFences(text).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(
      ([, to]) => to ?? '',
    );
    expect(links.filter((link) => !leads(file, link))).toEqual([]);
  });

  it('names commands, options and scripts that there are', () => {
    const calls = [
      ...text.matchAll(/(?:^|[`$ ])(?:npx dawsos|node bin\/dawsos\.js|dawsos) ([a-z][^`\n|]*)/gm),
    ];
    const unknown = calls.flatMap(([, call = '']) => unknownIn(call.split(/\s{3,}|\s+(?:#|→)/)[0] ?? ''));
    const runs = [...text.matchAll(/npm run (?:--silent )?([a-z:]+)/g)].map(([, name]) => name ?? '');
    expect([...unknown, ...runs.filter((name) => !Object.hasOwn(scripts, name))]).toEqual([]);
  });
});

function leads(from: string, link: string): boolean {
  const [to = '', anchor] = link.split('#');
  const target = to === '' ? path.join(root, from) : path.resolve(root, path.dirname(from), to);
  if (!existsSync(target)) return false;
  return (
    anchor === undefined || !target.endsWith('.md') || anchorsOf(readFileSync(target, 'utf8')).has(anchor)
  );
}

/** Long options by command, as docs/cli.md has them from the program. */
const options = new Map(
  (pages.find(({ file }) => file === 'docs/cli.md')?.text ?? '').split(/^#{2,3} /m).map((page) => {
    const [name = ''] = page.split('\n', 1);
    return [name, new Set([...page.matchAll(/--[a-z][a-z-]*/g)].map(([option]) => option))] as const;
  }),
);

/** The command, or those of its long options that it does not have. */
function unknownIn(call: string): string[] {
  const words = call.trim().split(/\s+/);
  const [first = '', second = ''] = words;
  const name = options.has(`${first} ${second}`) ? `${first} ${second}` : first;
  const known = options.get(name);
  if (!known) return isSentence(call) ? [] : [`dawsos ${first}`];
  const hasInner = [...options.keys()].some((other) => other.startsWith(`${first} `));
  if (hasInner && name === first && /^[a-z]/.test(second)) return [`dawsos ${first} ${second}`];
  return words
    .flatMap((word) => /^--[a-z][a-z-]*/.exec(word) ?? [])
    .filter((option) => !known.has(option))
    .map((option) => `dawsos ${name} ${option}`);
}

/** `dawsos` in a sentence and not in a line to type. */
function isSentence(call: string): boolean {
  return /^(is|itself|has|had|and|or|prints|answers|does|says|with|the|tells|can|will)\b/.test(call);
}

describe('the playbook', () => {
  const text = pages.find(({ file }) => file === 'docs/errors.md')?.text ?? '';
  const [, playbook = ''] = text.split('## Playbook');
  const named = new Set([...playbook.matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, code]) => code ?? ''));

  it('says of every code what to do', () => {
    expect(Object.keys(errorCodes).filter((code) => !named.has(code))).toEqual([]);
  });
});
