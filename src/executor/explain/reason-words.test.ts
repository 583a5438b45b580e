import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { reasonWords, wordsOf } from './reason-words';

/** Codes that the services and the analyst put beside what is missing: `reason: 'X'`, `reasons['field'] = 'X'`. */
function codesGiven(): string[] {
  const folders = ['src/services', 'activities', 'activities/analyst'];
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => readFileSync(path.join(folder, file), 'utf8')),
  );
  const given = /(?:reason: |reasons\[[^\]]+\] \??\??= )'([A-Z][A-Z0-9_]*)'/g;
  return [...new Set(files.flatMap((text) => [...text.matchAll(given)].map(([, code = '']) => code)))];
}

/** Written where something is refused or matched, not beside a figure. */
const notBesideFigures = ['AFTER_PACK', 'KEY_MISSING', 'CONDITION'];

describe('reason codes in words', () => {
  it('has words and a next action for every code that stands beside a figure', () => {
    const given = codesGiven();
    expect(given.length).toBeGreaterThan(8);
    expect(
      given.filter((code) => !Object.hasOwn(reasonWords, code) && !notBesideFigures.includes(code)),
    ).toEqual([]);
  });

  it.each(Object.entries(reasonWords))(
    'says of %s a whole sentence, and what to do',
    (_code, { words, next }) => {
      expect([words, next]).toEqual([
        expect.stringMatching(/^[A-Z].*\.$/),
        expect.stringMatching(/^[A-Z].*\.$/),
      ]);
    },
  );

  it('says of a code that it does not know what it is called, and where to look', () => {
    expect(wordsOf('OWN_CODE')).toEqual({
      words: 'The capability gives the reason OWN_CODE.',
      next: 'See what the capability says of it in docs/capabilities.md.',
    });
  });
});
