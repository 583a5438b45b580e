import { allocationChart, currencyAttributionChart, navChart } from './charts';

const row = (symbol: string, weight: number | null) => ({
  symbol,
  asset_class: 'equity',
  currency: 'USD',
  weight,
});

describe('charts', () => {
  it('of the allocation name their day, and what has no weight', () => {
    expect(allocationChart([row('AAPL', 0.6), row('IBM', 0.4)], '2013-02-28')).toMatchObject({
      $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
      title: { text: 'Allocation, as of 2013-02-28' },
      data: { values: [{ symbol: 'AAPL', weight: 0.6 }, { symbol: 'IBM' }] },
      mark: { type: 'bar' },
    });
    expect(allocationChart([row('AAPL', null)], null)).toMatchObject({
      title: { text: 'Allocation, date not available', subtitle: 'without a weight: AAPL' },
      data: { values: [] },
    });
  });

  it('of the currency attribution show the effects there are', () => {
    const effects = {
      from: '2012-02-28',
      to: '2013-02-28',
      by_currency: [{ currency: 'USD', local_return: 0.1, fx_return: -0.02, interaction: null }],
    };
    expect(currencyAttributionChart(effects, 0.0812)).toMatchObject({
      title: {
        text: 'Currency attribution, 2012-02-28 to 2013-02-28',
        subtitle: 'time-weighted return 8.12 %',
      },
      data: {
        values: [
          { currency: 'USD', effect: 'local', value: 0.1 },
          { currency: 'USD', effect: 'currency', value: -0.02 },
        ],
      },
    });
    expect(currencyAttributionChart({ ...effects, from: null }, null)).toMatchObject({
      title: {
        text: 'Currency attribution, as of 2013-02-28',
        subtitle: 'time-weighted return not available',
      },
    });
  });

  it('of the value read their points by name', () => {
    expect(navChart('2012-02-28', '2013-02-28', 'CAD')).toMatchObject({
      title: { text: 'Value over time, 2012-02-28 to 2013-02-28' },
      data: { name: 'nav' },
      encoding: { y: { title: 'CAD' } },
    });
  });
});
