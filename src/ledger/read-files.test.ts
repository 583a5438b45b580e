/** A ledger in several files. */
import { ledgerFilesHash, ledgerCommitHash, parseLedger, type ParsedLedger } from './parse-ledger';

const deposit = '2020-01-02 * "x"\n  Assets:Cash 1.00 USD\n  Equity:Opening\n';
const opens = '2020-01-01 open Assets:Cash\n2020-01-01 open Equity:Opening\n';

/** The first of the files is the ledger's own. */
function parsed(files: Record<string, string>, name = Object.keys(files)[0] ?? ''): ParsedLedger {
  return parseLedger(Object.values(files)[0] ?? '', name, (path) => files[path] ?? null);
}
const problemsOf = (files: Record<string, string>): string[] =>
  parsed(files).problems.map(({ file, line, message }) => `${file}:${String(line)}: ${message}`);

it('reads included files, relative to the file that includes them', () => {
  const { entries, files, problems } = parsed({
    'main.beancount': `include "years/2020.beancount"\n${opens}`,
    'years/2020.beancount': `include "../banks/./own.beancount"\n`,
    'banks/own.beancount': deposit,
  });
  expect(problems).toEqual([]);
  expect(files.map(({ name }) => name)).toEqual([
    'main.beancount',
    'years/2020.beancount',
    'banks/own.beancount',
  ]);
  expect(entries.at(-1)).toMatchObject({ kind: 'transaction', file: 'banks/own.beancount', line: 1 });
});

it('names the included file and its line in every problem, file by file', () => {
  expect(
    problemsOf({
      'main.beancount': `${opens}include "a.beancount"\n2020-01-05 balance Assets:Cash 7.00 USD\n`,
      'a.beancount': `${deposit}2020-01-03 nonsense\n`,
    }),
  ).toEqual([
    'main.beancount:4: balance of Assets:Cash: 7 USD asserted, 1 USD there (difference -6)',
    expect.stringMatching(/^a\.beancount:4: "nonsense" is not a directive/),
  ]);
});

it.each([
  [
    'a file that includes itself',
    { 'm.beancount': 'include "m.beancount"' },
    'm.beancount:1: "m.beancount" was read already',
  ],
  [
    'a circle',
    { 'm.beancount': 'include "a/b.beancount"', 'a/b.beancount': 'include "../m.beancount"' },
    'a/b.beancount:1: "../m.beancount" was read already',
  ],
  [
    'a missing file',
    { 'm.beancount': '\ninclude "none.beancount"' },
    'm.beancount:2: "none.beancount" is not there',
  ],
  [
    'a wildcard',
    { 'm.beancount': 'include "*.beancount"' },
    'm.beancount:1: "*.beancount": wildcards are not read',
  ],
])('refuses %s', (_what, files, problem) => {
  expect(problemsOf(files)[0]).toContain(problem);
});

it('recognises a circle by the path of the first file, not by how it was named', () => {
  const files = { 'm.beancount': 'include "m.beancount"' };
  expect(parsed(files, '/home/me/m.beancount').problems).toMatchObject([{ file: '/home/me/m.beancount' }]);
});

it('hashes all files, and a single one as its text', () => {
  const two = (name: string, text: string) =>
    ledgerFilesHash([
      { name: 'm', text: 'x' },
      { name, text },
    ]);
  expect(ledgerFilesHash([{ name: 'anything', text: 'x' }])).toBe(ledgerCommitHash('x'));
  expect(new Set([two('a', 'y'), two('b', 'y'), two('a', 'z'), ledgerCommitHash('x')]).size).toBe(4);
  expect(
    ledgerFilesHash([
      { name: '/tmp/m', text: 'x' },
      { name: 'a', text: 'y' },
    ]),
  ).toBe(two('a', 'y'));
});
