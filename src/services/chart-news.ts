/** Charts of news, as Vega-Lite specifications. */
import type { VegaLite } from './charts';
import type { Mention } from './news-impact';

/** Of a holding whose articles have none. */
const withoutSentiment = '#b0b0b0';

/** Bars of how many articles are about each holding, coloured by their sentiment. */
export function newsMentionsChart(mentions: readonly Mention[], to: string): VegaLite {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    title: { text: 'Articles about holdings', subtitle: `up to ${to}` },
    data: {
      values: mentions.map(({ symbol, mentions: count, sentiment }) => ({ symbol, count, sentiment })),
    },
    // Vega-Lite leaves out a bar whose colour is null, or gives it that of 0, unless it is told otherwise.
    mark: { type: 'bar', tooltip: true, invalid: null },
    encoding: {
      x: { field: 'count', type: 'quantitative', title: 'Articles', axis: { tickMinStep: 1 } },
      y: { field: 'symbol', type: 'nominal', title: null, sort: '-x' },
      color: {
        condition: { test: 'datum.sentiment === null', value: withoutSentiment },
        field: 'sentiment',
        type: 'quantitative',
        title: 'Sentiment (−1 to 1)',
        scale: { scheme: 'redyellowgreen', domain: [-1, 1] },
      },
    },
  };
}
