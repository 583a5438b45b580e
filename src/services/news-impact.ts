/** What news could mean for a portfolio: sentiment × relevance × weight, for each holding that an article is about. */

export interface ImpactItem {
  title: string;
  url: string;
  published_at: string;
  /** −1 to 1; `null`: not known. */
  sentiment: number | null;
  matches: readonly { symbol: string; relevance: number }[];
}

export interface ImpactPosition {
  symbol: string;
  /** Fraction of the portfolio. */
  weight: number | null;
}

export interface HoldingImpact {
  symbol: string;
  weight: number;
  relevance: number;
  /** sentiment × relevance × weight; its sign is the sentiment's. */
  impact: number;
}

export interface ItemImpact extends Pick<ImpactItem, 'title' | 'url' | 'published_at'> {
  sentiment: number;
  /** Σ |sentiment| × relevance × weight. */
  impact: number;
  /** The same with the sentiment's sign. */
  signed_impact: number;
  holdings: HoldingImpact[];
}

export interface Mention {
  symbol: string;
  /** Articles about it. */
  mentions: number;
  /** `null`: NOT_HELD, or MISSING_INPUT where it is held and nobody knows how much of the portfolio it is. */
  weight: number | null;
  weightReason: 'NOT_HELD' | 'MISSING_INPUT' | null;
  /** Mean of the articles' sentiments by relevance; `null`: none has one. */
  sentiment: number | null;
}

export interface NewsImpact {
  /** At least `minThreshold`, the largest first. */
  items: ItemImpact[];
  /** Of all articles, also of those below the threshold. */
  entity_mentions: Mention[];
  /** These three are `null` where an article with a sentiment is about a holding whose weight is not known. */
  total_impact: number | null;
  net_impact: number | null;
  /** Weights of the holdings that those items are about, together. */
  exposed_fraction: number | null;
  /** Mean of all sentiments by relevance × weight; `null`: nothing can be weighted, or a weight is not known. */
  overall_sentiment: number | null;
  /** Why the four are not there; left out: they are. */
  withoutTotals?: 'MISSING_INPUT';
  withoutSentiment?: 'MISSING_INPUT' | 'NO_NEWS' | 'NO_OPINION_WORDS';
  without_sentiment: number;
}

export const impactConvention = {
  formula: '|sentiment| × relevance × weight, summed over the holdings that an article is about',
  weight: 'fraction of the portfolio’s value',
  unit: 'fraction: 1 would be the clearest news about the only holding',
} as const;

export function newsImpact(
  items: readonly ImpactItem[],
  positions: readonly ImpactPosition[],
  minThreshold: number,
): NewsImpact {
  const weights = weightsOf(positions);
  const all = items.flatMap((item) => impactOf(item, weights));
  const kept = all
    .filter(({ impact }) => impact >= minThreshold && impact > 0)
    .sort((a, b) => b.impact - a.impact || compare(a.url, b.url));
  const exposed = new Set(kept.flatMap(({ holdings }) => holdings.map(({ symbol }) => symbol)));
  const isHeld = ({ matches }: ImpactItem): boolean => matches.some(({ symbol }) => weights.has(symbol));
  const isIncomplete = items.some(
    ({ sentiment, matches }) =>
      sentiment !== null && matches.some(({ symbol }) => weights.get(symbol) === null),
  );
  const of = (total: () => number): number | null => (isIncomplete ? null : total());
  const overall_sentiment = isIncomplete
    ? null
    : weightedMean(
        all.flatMap(({ sentiment, holdings }) =>
          holdings.map(({ relevance, weight }) => ({ value: sentiment, by: relevance * weight })),
        ),
      );
  const none = items.some(isHeld) ? 'NO_OPINION_WORDS' : 'NO_NEWS';
  return {
    items: kept,
    entity_mentions: mentionsOf(items, weights),
    total_impact: of(() => sum(kept.map(({ impact }) => impact))),
    net_impact: of(() => sum(kept.map(({ signed_impact }) => signed_impact))),
    exposed_fraction: of(() => sum([...exposed].map((symbol) => Math.abs(weights.get(symbol) ?? 0)))),
    overall_sentiment,
    ...(isIncomplete && { withoutTotals: 'MISSING_INPUT' }),
    ...(overall_sentiment === null && { withoutSentiment: isIncomplete ? 'MISSING_INPUT' : none }),
    without_sentiment: items.filter(({ sentiment }) => sentiment === null).length,
  };
}

type Weights = ReadonlyMap<string, number | null>;

/** Lots of one symbol together; `null`: it is held, and of one of them nobody knows. */
function weightsOf(positions: readonly ImpactPosition[]): Weights {
  const weights = new Map<string, number | null>();
  for (const { symbol, weight } of positions) {
    const before = weights.get(symbol);
    weights.set(symbol, weight === null || before === null ? null : (before ?? 0) + weight);
  }
  return weights;
}

function impactOf(
  { title, url, published_at, sentiment, matches }: ImpactItem,
  weights: Weights,
): ItemImpact[] {
  if (sentiment === null) return [];
  const holdings = matches.flatMap(({ symbol, relevance }): HoldingImpact[] => {
    const weight = weights.get(symbol);
    return weight === undefined || weight === null
      ? []
      : [{ symbol, weight, relevance, impact: sentiment * relevance * weight }];
  });
  if (holdings.length === 0) return [];
  const impact = sum(holdings.map((holding) => Math.abs(holding.impact)));
  const signed_impact = sum(holdings.map((holding) => holding.impact));
  return [{ title, url, published_at, sentiment, impact, signed_impact, holdings }];
}

function mentionsOf(items: readonly ImpactItem[], weights: Weights): Mention[] {
  const about = new Map<string, { relevance: number; sentiment: number | null }[]>();
  for (const { sentiment, matches } of items) {
    for (const { symbol, relevance } of matches)
      about.set(symbol, [...(about.get(symbol) ?? []), { relevance, sentiment }]);
  }
  return [...about]
    .map(([symbol, articles]) => ({
      symbol,
      mentions: articles.length,
      weight: weights.get(symbol) ?? null,
      weightReason: reasonOf(weights.get(symbol)),
      sentiment: weightedMean(
        articles.flatMap(({ sentiment, relevance }) =>
          sentiment === null ? [] : [{ value: sentiment, by: relevance }],
        ),
      ),
    }))
    .sort((a, b) => b.mentions - a.mentions || compare(a.symbol, b.symbol));
}

function reasonOf(weight: number | null | undefined): Mention['weightReason'] {
  if (weight === undefined) return 'NOT_HELD';
  return weight === null ? 'MISSING_INPUT' : null;
}

function weightedMean(parts: readonly { value: number; by: number }[]): number | null {
  const total = sum(parts.map(({ by }) => Math.abs(by)));
  return total === 0 ? null : sum(parts.map(({ value, by }) => value * Math.abs(by))) / total;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
