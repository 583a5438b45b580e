/** |sentiment| × relevance × weight, by hand. */
import { type ImpactItem, newsImpact } from './news-impact';

const positions = [
  { symbol: 'AAPL', weight: 0.4 },
  { symbol: 'IBM', weight: 0.2 },
  { symbol: 'MSFT', weight: null },
];
const item = (url: string, sentiment: number | null, matches: ImpactItem['matches']): ImpactItem => ({
  title: url,
  url,
  published_at: '2013-02-28T12:00:00.000Z',
  sentiment,
  matches,
});

const both = item('both', -0.5, [
  { symbol: 'AAPL', relevance: 0.85 },
  { symbol: 'IBM', relevance: 0.5 },
]);
const good = item('good', 0.3, [{ symbol: 'IBM', relevance: 1 }]);

it('adds up what an article means for each holding, with a weight that is a fraction', () => {
  const { items } = newsImpact([both], positions, 0.05);
  // 0.5 × 0.85 × 0.4 + 0.5 × 0.5 × 0.2
  expect(items[0]?.impact).toBeCloseTo(0.17 + 0.05, 12);
  expect(items[0]?.signed_impact).toBeCloseTo(-0.22, 12);
  expect(items[0]?.holdings.map(({ impact }) => impact)).toEqual([-0.17, -0.05]);
});

it('leaves out what is below the threshold, and keeps what meets it', () => {
  // good: 0.3 × 1 × 0.2 = 0.06
  expect(newsImpact([good], positions, 0.06).items).toHaveLength(1);
  expect(newsImpact([good], positions, 0.061).items).toEqual([]);
  expect(newsImpact([item('none', 0, [{ symbol: 'IBM', relevance: 1 }])], positions, 0).items).toEqual([]);
});

it('totals the articles that are left, largest first, and each exposed holding once', () => {
  const impact = newsImpact([good, both, both], positions, 0.05);
  expect(impact.items.map(({ url }) => url)).toEqual(['both', 'both', 'good']);
  expect(impact.total_impact).toBeCloseTo(0.5, 12);
  expect(impact.net_impact).toBeCloseTo(-0.38, 12);
  expect(impact.exposed_fraction).toBeCloseTo(0.6, 12);
  // (−0.5 × (0.34 + 0.1) + 0.3 × 0.2) / (0.44 + 0.2), of both and good
  expect(newsImpact([good, both], positions, 1).overall_sentiment).toBeCloseTo(-0.16 / 0.64, 12);
});

it('counts mentions also of what is not held, has no weight or no sentiment', () => {
  const impact = newsImpact(
    [
      both,
      item('silent', null, [{ symbol: 'MSFT', relevance: 0.7 }]),
      item('other', 1, [{ symbol: 'GOOG', relevance: 1 }]),
    ],
    positions,
    0,
  );
  expect(impact.entity_mentions).toEqual([
    { symbol: 'AAPL', mentions: 1, weight: 0.4, weightReason: null, sentiment: -0.5 },
    { symbol: 'GOOG', mentions: 1, weight: null, weightReason: 'NOT_HELD', sentiment: 1 },
    { symbol: 'IBM', mentions: 1, weight: 0.2, weightReason: null, sentiment: -0.5 },
    { symbol: 'MSFT', mentions: 1, weight: null, weightReason: 'MISSING_INPUT', sentiment: null },
  ]);
  expect(impact.without_sentiment).toBe(1);
  expect(impact.items.map(({ url }) => url)).toEqual(['both']);
});

it('withholds every total where a holding in the news has a weight that nobody knows', () => {
  const unknown = item('unknown', -1, [{ symbol: 'MSFT', relevance: 1 }]);
  expect(newsImpact([good, unknown], positions, 0.05)).toMatchObject({
    ...{ total_impact: null, net_impact: null, exposed_fraction: null, overall_sentiment: null },
    ...{ withoutTotals: 'MISSING_INPUT', withoutSentiment: 'MISSING_INPUT' },
    items: [{ url: 'good' }],
  });
  // Without a sentiment it would add nothing, whatever its weight.
  const silent = item('silent', null, [{ symbol: 'MSFT', relevance: 1 }]);
  expect(newsImpact([good, silent], positions, 0.05).total_impact).toBeCloseTo(0.06, 12);
});

it('tells no news from news that say nothing', () => {
  const other = item('other', 1, [{ symbol: 'GOOG', relevance: 1 }]);
  const silent = item('silent', null, [{ symbol: 'IBM', relevance: 1 }]);
  expect(newsImpact([other], positions, 0.05).withoutSentiment).toBe('NO_NEWS');
  expect(newsImpact([other, silent], positions, 0.05).withoutSentiment).toBe('NO_OPINION_WORDS');
  expect(newsImpact([good], positions, 0.05)).not.toHaveProperty('withoutSentiment');
});

it('has no overall sentiment of nothing, and no impact', () => {
  expect(newsImpact([], positions, 0.05)).toMatchObject({
    items: [],
    total_impact: 0,
    exposed_fraction: 0,
    overall_sentiment: null,
  });
});

it('takes two lots of a symbol together, and good news of what is sold short as bad', () => {
  const two = newsImpact(
    [good],
    [
      { symbol: 'IBM', weight: 0.1 },
      { symbol: 'IBM', weight: 0.1 },
    ],
    0,
  );
  expect(two.items[0]?.impact).toBeCloseTo(0.06, 12);
  const short = newsImpact([good], [{ symbol: 'IBM', weight: -0.2 }], 0);
  expect(short).toMatchObject({
    overall_sentiment: expect.closeTo(0.3, 12) as number,
    exposed_fraction: 0.2,
  });
  expect(short.net_impact).toBeCloseTo(-0.06, 12);
});
