/** Words are counted as whole words, by where they stand. */
import { negativeWords, positiveWords } from './news-lexicon';
import { sentimentOf } from './news-sentiment';

const of = (title: string, description: string | null = null) => sentimentOf({ title, description });

it.each([
  ['Apple profit rises', 0.3],
  ['Apple profit rises, shares fall', 0.15],
  ['IBM misses and falls', -0.3],
  ['Apple announces a date', null],
])('counts 0.15 for each word of a title: %s', (title, score) => {
  expect(of(title).score).toBe(score);
});

it('counts 0.05 for each word of a description', () => {
  expect(of('Apple gains', 'Record profit, but weak margins').score).toBe(0.2);
});

it('finds no word within another: group has no up, loser no lose', () => {
  expect(of('Group of upstarts lines up a warningless gainsay of losers')).toEqual({
    score: null,
    positive: [],
    negative: [],
  });
});

it('turns a word that is negated within three words before it', () => {
  expect(of('Apple did not gain')).toEqual({ score: -0.15, positive: [], negative: ['not gain'] });
  expect(of('Apple avoids a big loss')).toEqual({ score: 0.15, positive: ['not loss'], negative: [] });
  expect(of('Apple doesn’t fall')).toMatchObject({ score: 0.15 });
  expect(of('No news today but Apple shares gain').score).toBe(0.15);
});

it('never goes beyond −1 and 1', () => {
  expect(of('gain gain gain gain gain gain gain gain').score).toBe(1);
  expect(of('loss loss loss loss loss loss loss loss').score).toBe(-1);
});

it('cancels to 0 where both sides are equal, which is not the same as nothing', () => {
  expect(of('Profit and loss')).toEqual({ score: 0, positive: ['profit'], negative: ['loss'] });
});

it('has no word on both sides', () => {
  expect([...positiveWords].filter((word) => negativeWords.has(word))).toEqual([]);
  expect(Math.min(positiveWords.size, negativeWords.size)).toBeGreaterThan(50);
});
