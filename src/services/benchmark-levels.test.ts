import { benchmarkLevels } from './benchmark-levels';

const prices = [
  ['2013-01-02', '100', 'USD'],
  ['2013-01-03', '51', 'USD'],
  ['2013-01-04', '25.5', 'USD'],
].map(([date = '', close = '', currency = '']) => ({ date, close, currency, security_id: 'x' }));
const dates = prices.map(({ date }) => date);
const rates = dates.map((date) => ({ date, quote_ccy: 'USD', rate: '2' }));

it('are the price in the base currency, on days that have price and rate', () => {
  const levels = benchmarkLevels([...dates, '2013-01-07'], prices, rates.slice(1), 'EUR');
  expect([...levels]).toEqual([
    ['2013-01-03', 25.5],
    ['2013-01-04', 12.75],
  ]);
});

it('do not fall by a split, whether or not the ex-date is a trading day', () => {
  const splits = [
    { security_id: 'x', ex_date: '2013-01-03', ratio: '2' },
    { security_id: 'x', ex_date: '2013-01-04', ratio: '2' },
    { security_id: 'y', ex_date: '2013-01-04', ratio: '7' },
  ];
  expect([...benchmarkLevels(dates, prices, rates, 'USD', splits).values()]).toEqual([100, 102, 102]);
  const early = [{ security_id: 'x', ex_date: '2012-12-29', ratio: '2' }];
  expect([...benchmarkLevels(dates, prices, rates, 'USD', early).values()]).toEqual([200, 102, 51]);
});
