/** A company is found by whole words, and the place decides how much the article is about it. */
import { relevanceTo } from './relevance-of-article';
import { type Entity, mentionOf, plainName, termsOf } from './relevance-terms';

const apple = { symbol: 'AAPL', name: 'Apple Inc.' };
const ibm = { symbol: 'IBM', name: 'International Business Machines Corp.' };
const visa = { symbol: 'V', name: 'Visa Inc.' };
const relevanceOf = (read: ReturnType<typeof article>, entities: readonly Entity[]) =>
  relevanceTo(entities)(read);
const article = (title: string, description: string | null = null, content: string | null = null) => ({
  title,
  description,
  content,
});

it.each([
  ['Apple Inc.', 'Apple'],
  ['International Business Machines Corp.', 'International Business Machines'],
  ['Berkshire Hathaway Inc. Class B', 'Berkshire Hathaway'],
  ['Facebook, Inc.', 'Facebook'],
  ['Johnson & Co.', 'Johnson'],
  ['Nestlé S.A.', 'Nestlé'],
  ['Inc.', 'Inc.'],
  ['The Boeing Company', 'Boeing'],
  ['The Gap', 'The Gap'],
  ['Apple Inc. Common Stock', 'Apple'],
  ['Incyte Corporation', 'Incyte'],
])('takes the legal form off a name: %s', (name, plain) => {
  expect(plainName(name)).toBe(plain);
});

it.each([
  ['AAPL', 'title_alone', 1, 'symbol'],
  ['Apple gains', 'title', 0.85, 'name'],
  ['Shares of AAPL', 'title', 0.85, 'symbol'],
  ['Apple’s new phone', 'title', 0.85, 'name'],
  ['APPLE SOARS', 'title', 0.85, 'name'],
  ['(NASDAQ:AAPL) up', 'title', 0.85, 'symbol'],
])('finds Apple in the title "%s"', (title, where, relevance, matched) => {
  expect(relevanceOf(article(title), [apple])).toEqual([
    expect.objectContaining({ symbol: 'AAPL', where, relevance, matched }),
  ]);
});

it.each(['Pineapple prices', 'an apple a day', 'aapl', 'XAAPLX', 'Apples and pears'])(
  'does not take "%s" for Apple',
  (title) => {
    expect(relevanceOf(article(title), [apple])).toEqual([]);
  },
);

it('takes the best place of each company, in the order asked for', () => {
  const found = relevanceOf(article('IBM gains', 'Apple and IBM', 'AAPL and IBM and Apple'), [
    apple,
    ibm,
    visa,
  ]);
  expect(found).toEqual([
    { symbol: 'AAPL', matched: 'name', term: 'Apple', where: 'description', relevance: 0.7 },
    { symbol: 'IBM', matched: 'symbol', term: 'IBM', where: 'title', relevance: 0.85 },
  ]);
  expect(relevanceOf(article('Tech', null, 'More of AAPL'), [apple])[0]?.relevance).toBe(0.5);
});

it('takes a short symbol only where it is marked as one', () => {
  const [symbol] = termsOf(visa);
  if (!symbol) throw new Error('no term');
  expect(mentionOf(symbol)('Vitamin V is no vitamin')).toBe(false);
  expect(mentionOf(symbol)('Buy $V now')).toBe(true);
  expect(mentionOf(symbol)('Visa (NYSE: V) gains')).toBe(true);
  expect(mentionOf(symbol)('NYSE: VZ gains')).toBe(false);
});

it('takes signs in a symbol as they are', () => {
  expect(relevanceOf(article('BRKxB'), [{ symbol: 'BRK.B', name: null }])).toEqual([]);
  expect(relevanceOf(article('BRK.B gains'), [{ symbol: 'BRK.B', name: null }])).toHaveLength(1);
});
