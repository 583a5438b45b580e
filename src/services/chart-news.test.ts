/** The chart of news draws every holding that is in them. */
import { chartSvg } from '../export/chart-svg';
import { newsMentionsChart } from './chart-news';

it('draws a bar for a holding whose articles have no sentiment, in a colour of its own', async () => {
  const mention = { weight: 0.4, weightReason: null };
  const chart = newsMentionsChart(
    [
      { ...mention, symbol: 'AAPL', mentions: 3, sentiment: null },
      { ...mention, symbol: 'IBM', mentions: 2, sentiment: 0.5 },
      { ...mention, symbol: 'MSFT', mentions: 1, sentiment: 0 },
    ],
    '2013-02-28',
  );
  const svg = await chartSvg(chart);
  const fills = [...svg.matchAll(/aria-roledescription="bar"[^>]*fill="([^"]+)"/g)].map(([, fill]) => fill);
  expect(fills).toHaveLength(3);
  expect(fills[0]).toBe('#b0b0b0');
  expect(new Set(fills).size).toBe(3);
});
