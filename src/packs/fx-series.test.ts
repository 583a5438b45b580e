/** What is known of a series of rates on a day. */
import { fxSeries } from './fx-series';

const series = fxSeries([
  { date: '2020-01-06', rates: { USD: '1.20', CAD: '1.56' } },
  { date: '2020-01-02', rates: { USD: '1.10', CAD: '1.54' } },
  { date: '2020-01-07', rates: { USD: '1.25' } },
]);

it('gives the quote of the day', () => {
  expect(series.quotesAt('2020-01-02')).toEqual([
    { base_ccy: 'EUR', quote_ccy: 'CAD', rate: '1.54', quote_date: '2020-01-02' },
    { base_ccy: 'EUR', quote_ccy: 'USD', rate: '1.10', quote_date: '2020-01-02' },
  ]);
});

it('gives the last earlier quote with its own date, each currency by itself', () => {
  expect(series.quotesAt('2020-01-05').map(({ quote_date }) => quote_date)).toEqual([
    '2020-01-02',
    '2020-01-02',
  ]);
  expect(series.quotesAt('2020-01-09').map(({ quote_date }) => quote_date)).toEqual([
    '2020-01-06',
    '2020-01-07',
  ]);
});

it('knows nothing before the first quote', () => {
  expect(series.quotesAt('2020-01-01')).toEqual([]);
  expect(series.crossAt('USD', 'CAD', '2020-01-01')).toBeNull();
});

it('crosses over the euro, and the euro itself', () => {
  expect(series.crossAt('USD', 'CAD', '2020-01-02')?.toString()).toBe('1.4');
  expect(series.crossAt('EUR', 'CAD', '2020-01-02')?.toString()).toBe('1.54');
  expect(series.crossAt('CHF', 'CAD', '2020-01-02')).toBeNull();
});
