/** The sentiment of an article by counting words: what it is, and no more than that. */
import {
  lexiconVersion,
  negationReach,
  negations,
  negativeWords,
  positiveWords,
  wordWeights,
} from './news-lexicon';

export interface Sentiment {
  /** −1 to 1; `null`: no word of the lexicon stands in it (NO_OPINION_WORDS). */
  score: number | null;
  /** As they stand in it, in lower case; one that is negated begins with `not `. */
  positive: string[];
  negative: string[];
}

export const sentimentConvention = {
  method: 'lexicon',
  version: lexiconVersion,
  formula: `Σ ±${String(wordWeights.title)} for each word of the title, ±${String(wordWeights.description)} for each of the description, limited to −1 … 1`,
  words:
    'whole words; a negation in the three words before one turns it; irony and context are not understood',
} as const;

type Place = keyof typeof wordWeights;

export function sentimentOf(article: { title: string; description: string | null }): Sentiment {
  const found = [
    ...opinionsIn(article.title, 'title'),
    ...opinionsIn(article.description ?? '', 'description'),
  ];
  const sum = found.reduce((total, { value }) => total + value, 0);
  return {
    // Sums of 0.15 and 0.05 have two places; the rest is how doubles add. Never a negative zero.
    score: found.length === 0 ? null : Math.min(1, Math.max(-1, Math.round(sum * 100) / 100)) + 0,
    positive: found.filter(({ value }) => value > 0).map(({ word }) => word),
    negative: found.filter(({ value }) => value < 0).map(({ word }) => word),
  };
}

function opinionsIn(text: string, place: Place): { word: string; value: number }[] {
  const tokens =
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}\p{N}]+(?:'[\p{L}]+)*/gu) ?? [];
  return tokens.flatMap((word, at) => {
    const sign = positiveWords.has(word) ? 1 : negativeWords.has(word) ? -1 : 0;
    if (sign === 0) return [];
    const before = tokens.slice(Math.max(0, at - negationReach), at);
    const isNegated = before.some((token) => negations.has(token));
    const value = wordWeights[place] * (isNegated ? -sign : sign);
    return [{ word: isNegated ? `not ${word}` : word, value }];
  });
}
