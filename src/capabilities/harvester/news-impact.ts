/** `news.compute_portfolio_impact`. */
import { Type } from '@sinclair/typebox';
import { Nullable, Reasons } from '../../contract/scalars';
import { closed, define, Instant } from './define';
import { newsSearch } from './news';

const Fraction = (description: string) => Type.Union([Type.Number(), Type.Null()], { description });
const Sentiment = (description: string) =>
  Type.Union([Type.Number({ minimum: -1, maximum: 1 }), Type.Null()], { description });

const Position = Type.Object(
  {
    symbol: Type.String(),
    weight: Type.Union([Type.Number(), Type.Null()], { description: 'fraction of the portfolio' }),
  },
  { description: 'of a portfolio; its other members are left alone' },
);

export const newsComputePortfolioImpact = define({
  name: 'news.compute_portfolio_impact',
  summary:
    'What news could mean for a portfolio: |sentiment| × relevance × weight for each holding that an article is about. A measure of attention, no forecast of prices.',
  args: Type.Object(
    {
      news_items: newsSearch.result.properties.news_items,
      positions: Type.Array(Position),
      min_threshold: Type.Optional(
        Type.Number({
          minimum: 0,
          maximum: 1,
          description: 'articles with less impact are left out, a fraction; left out: 0.05',
        }),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      news_with_impact: Type.Union(
        [
          Type.Array(
            Type.Object(
              {
                title: Type.String(),
                url: Type.String(),
                published_at: Instant('UTC'),
                sentiment: Type.Number({
                  minimum: -1,
                  maximum: 1,
                  description: '−1 to 1, by counting words',
                }),
                impact: Type.Number({ minimum: 0, description: 'Σ |sentiment| × relevance × |weight|' }),
                signed_impact: Type.Number({ description: 'Σ sentiment × relevance × weight' }),
                holdings: Type.Array(
                  Type.Object(
                    {
                      symbol: Type.String(),
                      weight: Type.Number({ description: 'fraction of the portfolio' }),
                      relevance: Type.Number({
                        minimum: 0,
                        maximum: 1,
                        description: '0 to 1, by where the company is named',
                      }),
                      impact: Type.Number({ description: 'sentiment × relevance × weight' }),
                    },
                    closed,
                  ),
                ),
              },
              closed,
            ),
          ),
          Type.Null(),
        ],
        { description: 'at least `min_threshold`, the largest impact first' },
      ),
      high_impact_count: Nullable(
        Type.Integer({ minimum: 0, description: 'articles whose impact is at least `min_threshold`' }),
      ),
      total_impact_score: Fraction('Σ impact of those articles'),
      weighted_impact: Fraction('the same with the sentiments’ signs: above 0 the good news weighs more'),
      exposed_fraction: Fraction('weights of the holdings that those articles are about, together'),
      overall_sentiment: Sentiment('mean of all articles’ sentiments by relevance × weight'),
      without_sentiment: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
        description: 'articles without a sentiment, and so without an impact',
      }),
      entity_mentions: Type.Array(
        Type.Object(
          {
            symbol: Type.String(),
            mentions: Type.Integer({ minimum: 1, description: 'articles that are about it' }),
            weight: Fraction(
              'of the portfolio; null: it is not held (NOT_HELD), or is held without a weight (MISSING_INPUT)',
            ),
            sentiment: Sentiment('mean of those articles’ sentiments by relevance'),
            reasons: Reasons,
          },
          closed,
        ),
        { description: 'of all articles, also of those below the threshold' },
      ),
      chart: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()], {
        description: 'Vega-Lite: articles by holding, coloured by sentiment',
      }),
      min_threshold: Type.Number({
        description: 'the impact from which an article is in the list: |sentiment| × relevance × weight',
      }),
      convention: Type.Object(
        {
          formula: Type.String(),
          weight: Type.String(),
          unit: Type.String(),
        },
        closed,
      ),
      reasons: Type.Unsafe<Record<string, string>>({
        ...Reasons,
        description:
          'totals: MISSING_INPUT where news are about a holding without a weight; overall_sentiment also NO_NEWS, NO_OPINION_WORDS',
      }),
    },
    closed,
  ),
  version: '2',
  reads: ['asof_date'],
  displayTtlSeconds: 300,
});
