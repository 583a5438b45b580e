/** A pack's hash: the same for the same facts, another when anything in it or before it changes. */
import { buildPackContent, type PackContent } from './pack-content';

const content: PackContent = {
  date: '2020-01-03',
  previous: { id: 'PP_2020-01-02', sha256: 'sha256:00' },
  prices: [
    { security_id: 'b', close: '2.50', currency: 'USD' },
    { security_id: 'a', close: '1', currency: 'USD' },
  ],
  fx: [{ base_ccy: 'EUR', quote_ccy: 'USD', rate: '1.10', quote_date: '2020-01-02' }],
};

it('is named after its day', () => {
  expect(buildPackContent(content).id).toBe('PP_2020-01-03');
});

it('gives one hash whatever the order and the trailing zeros', () => {
  const other = {
    ...content,
    prices: content.prices.toReversed().map((price) => ({ ...price, close: `${Number(price.close)}` })),
  };
  expect(buildPackContent(other).sha256).toBe(buildPackContent(content).sha256);
});

it.each<[string, Partial<PackContent>]>([
  ['a price', { prices: [{ security_id: 'a', close: '1.01', currency: 'USD' }] }],
  ['a rate', { fx: [] }],
  [
    'the age of a rate',
    { fx: [{ base_ccy: 'EUR', quote_ccy: 'USD', rate: '1.10', quote_date: '2020-01-03' }] },
  ],
  ['the pack before', { previous: { id: 'PP_2020-01-02', sha256: 'sha256:01' } }],
  ['the day', { date: '2020-01-04' }],
])('gives another hash when %s changes', (_what, change) => {
  expect(buildPackContent({ ...content, ...change }).sha256).not.toBe(buildPackContent(content).sha256);
});

it('refuses a rate from the future', () => {
  expect(() => buildPackContent({ ...content, date: '2020-01-01' })).toThrow(RangeError);
});

it('leaves out what it was not asked to hold', () => {
  const { content: built } = buildPackContent({
    ...content,
    prices: [Object.assign({ adj_close: '9' }, content.prices[1])],
  });
  expect(built.prices).toEqual([{ security_id: 'a', close: '1', currency: 'USD' }]);
});
