import { EngineError } from '../contract/errors';
import { lookUpPrices } from './price-lookup';

const quotes = [
  { date: '2020-01-10', price: '11' },
  { date: '2020-01-06', price: 10 },
  { date: '2020-01-10', price: '12.50' },
];
const trades = [
  { date: '2020-01-02', quantity: 4, amount: '36' },
  { date: '2020-01-12', quantity: -2, amount: 30 },
];
const pricesOf = (...args: Parameters<typeof lookUpPrices>) =>
  lookUpPrices(...args).map(({ price }) => price);

describe('prices on days', () => {
  it('are those of the last quote on or before, of one day the one entered last', () => {
    expect(lookUpPrices(quotes, [], ['2020-01-12', '2020-01-06'])).toEqual([
      { date: '2020-01-12', price: '12.5', quote_date: '2020-01-10', age_days: 2, source: 'quote' },
      { date: '2020-01-06', price: '10', quote_date: '2020-01-06', age_days: 0, source: 'quote' },
    ]);
  });

  it('are those of the last trade where there is no quote, flagged', () => {
    expect(lookUpPrices(quotes, trades, ['2020-01-03'])).toEqual([
      { date: '2020-01-03', price: '9', quote_date: '2020-01-02', age_days: 1, source: 'trade' },
    ]);
    expect(pricesOf([], trades, ['2020-01-12'])).toEqual(['15']);
    // An older quote is still a quote.
    expect(pricesOf(quotes, trades, ['2020-01-12'])).toEqual(['12.5']);
  });

  it('are not available before both, or without either', () => {
    const missing = { price: null, quote_date: null, age_days: null, source: null };
    expect(lookUpPrices(quotes, trades, ['2020-01-01'])).toEqual([
      { date: '2020-01-01', ...missing, reason: 'BEFORE_FIRST_QUOTE' },
    ]);
    expect(lookUpPrices([], [], ['2020-01-01'])).toEqual([
      { date: '2020-01-01', ...missing, reason: 'NO_QUOTE' },
    ]);
    expect(lookUpPrices(quotes, trades, [])).toEqual([]);
  });

  it('may be 0, never below; a trade of no shares has none', () => {
    const date = '2020-01-01';
    expect(pricesOf([{ date, price: 0 }], [], [date])).toEqual(['0']);
    expect(() => lookUpPrices([{ date, price: -1 }], [], [])).toThrow(EngineError);
    expect(() => lookUpPrices([], [{ date, quantity: 0, amount: 1 }], [])).toThrow('/trades/0/quantity');
  });
});
