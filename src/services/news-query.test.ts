/** Questions fit into what the provider takes. */
import { newsQueries } from './news-query';

it('asks for symbols and names in quotation marks', () => {
  expect(
    newsQueries([
      { symbol: 'AAPL', name: 'Apple Inc.' },
      { symbol: 'IBM', name: null },
    ]),
  ).toEqual(['"AAPL" OR "Apple" OR "IBM"']);
});

it('asks several times where one question would be too long, and for each term once', () => {
  const entities = Array.from({ length: 40 }, (_, at) => ({
    symbol: `SYM${String(at)}`,
    name: `Company number ${String(at)} Inc.`,
  }));
  const queries = newsQueries(entities);
  expect(queries.length).toBeGreaterThan(1);
  expect(Math.max(...queries.map(({ length }) => length))).toBeLessThanOrEqual(500);
  const terms = queries.flatMap((query) => query.split(' OR '));
  expect(terms).toHaveLength(80);
  expect(new Set(terms).size).toBe(80);
});

it('asks by the name alone where the symbol is a word of its own, and not for what cannot be asked', () => {
  const visa = { symbol: 'V', name: 'Visa Inc.' };
  expect(newsQueries([visa, { symbol: 'F', name: null }])).toEqual(['"Visa" OR "F"']);
  expect(
    newsQueries([
      { symbol: 'LONG', name: 'x'.repeat(500) },
      { symbol: '"', name: ' ' },
    ]),
  ).toEqual(['"LONG"']);
});

it('asks nothing for nobody', () => {
  expect(newsQueries([])).toEqual([]);
});
