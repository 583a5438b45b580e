import fc from 'fast-check';
import { EngineError } from '../contract/errors';
import { lookUpRates, type RateRequest } from './fx-lookup';
import type { PairQuote } from './pair-rates';

const one = (request: Omit<RateRequest, 'dates'>, date = '2020-01-10') =>
  lookUpRates({ ...request, dates: [date] })[0];
const quote = (from: string, to: string, rate: number | string, date = '2020-01-10'): PairQuote => ({
  from,
  to,
  rate,
  date,
});
const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return error instanceof EngineError ? `${error.code} ${error.message}` : String(error);
  }
  return '';
};

describe('a series', () => {
  const series = [
    { date: '2020-01-08', rate: 4 },
    { date: '2020-01-06', rate: 2 },
    { date: '2020-01-08', rate: 5 },
  ];

  it('is read at the last quote on or before the day, of one day the one entered last', () => {
    const dates = ['2020-01-12', '2020-01-08', '2020-01-07', '2020-01-12'];
    expect(lookUpRates({ series, dates })).toEqual([
      { date: '2020-01-12', rate: '5', quote_date: '2020-01-08', age_days: 4 },
      { date: '2020-01-08', rate: '5', quote_date: '2020-01-08', age_days: 0 },
      { date: '2020-01-07', rate: '2', quote_date: '2020-01-06', age_days: 1 },
      { date: '2020-01-12', rate: '5', quote_date: '2020-01-08', age_days: 4 },
    ]);
  });

  it('does not look into the future, unless that is asked for', () => {
    expect(one({ series }, '2020-01-05')).toEqual({
      date: '2020-01-05',
      rate: null,
      quote_date: null,
      age_days: null,
      reason: 'BEFORE_FIRST_QUOTE',
    });
    expect(one({ series, before_first: 'earliest' }, '2020-01-05')).toMatchObject({
      rate: '2',
      age_days: -1,
    });
    expect(one({ series: [], before_first: 'earliest' })).toMatchObject({ rate: null, reason: 'NO_QUOTE' });
    expect(lookUpRates({ series, dates: [] })).toEqual([]);
  });

  it('is carried forward from day to day, whatever the order of its rows', () => {
    const unordered = [
      { date: '2014-12-03', rate: 3 },
      { date: '2014-12-01', rate: 1 },
      { date: '2014-12-01', rate: 2 },
    ];
    expect(
      lookUpRates({ series: unordered, dates: ['2014-12-02', '2014-12-05'] }).map((found) => [
        Number(found.rate),
        found.quote_date,
        found.age_days,
      ]),
    ).toEqual([
      [2, '2014-12-01', 1],
      [3, '2014-12-03', 2],
    ]);
    const early = { date: '2014-11-30', rate: null, quote_date: null, age_days: null };
    expect(one({ series: unordered }, '2014-11-30')).toEqual({ ...early, reason: 'BEFORE_FIRST_QUOTE' });
    expect(one({ series: unordered, before_first: 'earliest' }, '2014-11-30')).toMatchObject({
      quote_date: '2014-12-01',
      age_days: -1,
    });
    expect(one({ series: [], before_first: 'earliest' }, '2014-11-30')).toEqual({
      ...early,
      reason: 'NO_QUOTE',
    });
    expect(one({ series: [{ date: '2014-11-30', rate: '4' }], inverse: true })).toMatchObject({
      rate: '0.25',
    });
  });

  it('inverted first, then times cross; the older quote dates it', () => {
    const cross = [{ date: '2020-01-07', rate: '1.5' }];
    expect(one({ series, inverse: true })).toMatchObject({ rate: '0.2' });
    expect(one({ series, cross })).toMatchObject({ rate: '7.5', quote_date: '2020-01-07', age_days: 3 });
    expect(one({ series, inverse: true, cross })).toMatchObject({ rate: '0.3' });
    expect(one({ series, cross }, '2020-01-06')).toMatchObject({ rate: null, reason: 'BEFORE_FIRST_QUOTE' });
    expect(one({ series, cross: [] })).toMatchObject({ rate: null, reason: 'NO_QUOTE' });
  });

  it.each<[Omit<RateRequest, 'dates'>, string]>([
    [{}, '/series'],
    [{ series, quotes: [] }, '/series'],
    [{ quotes: [], to: 'EUR' }, '/from'],
    [{ quotes: [], from: 'EUR' }, '/to'],
    [{ series: [{ date: '2020-01-01', rate: 0 }] }, '/series/0/rate'],
    [{ series, cross: [{ date: '2020-01-01', rate: '-1' }] }, '/cross/0/rate'],
    [{ quotes: [quote('EUR', 'USD', 0)], from: 'EUR', to: 'USD' }, '/quotes/0/rate'],
  ])('%j is refused', (request, pointer) => {
    expect(codeOf(() => one(request))).toContain(`ARGS_INVALID ${pointer}`);
  });
});

describe('quotes of pairs', () => {
  const rate = (quotes: PairQuote[], from: string, to: string, date?: string) =>
    one({ quotes, from, to }, date);

  it('both directions are one series', () => {
    const quotes = [quote('EUR', 'USD', '1.25', '2020-01-06'), quote('USD', 'EUR', '0.5', '2020-01-08')];
    expect(rate(quotes, 'EUR', 'USD')).toMatchObject({ rate: '2', quote_date: '2020-01-08' });
    expect(rate(quotes, 'USD', 'EUR', '2020-01-07')).toMatchObject({ rate: '0.8', quote_date: '2020-01-06' });
    expect(rate([quote('EUR', 'USD', 2), quote('USD', 'EUR', 4)], 'EUR', 'USD')).toMatchObject({
      rate: '0.25',
    });
  });

  it('a missing pair goes through a common currency, and is as old as the older quote', () => {
    const quotes = [quote('EUR', 'USD', '1.25'), quote('EUR', 'CAD', '1.5', '2020-01-07')];
    expect(rate(quotes, 'USD', 'CAD')).toMatchObject({ rate: '1.2', quote_date: '2020-01-07', age_days: 3 });
    expect(rate(quotes, 'USD', 'CAD', '2020-01-08')).toMatchObject({
      rate: null,
      reason: 'BEFORE_FIRST_QUOTE',
    });
    expect(rate(quotes, 'USD', 'SEK')).toMatchObject({ rate: null, reason: 'NO_QUOTE' });
  });

  it('a pair’s own quote wins; of two ways round the fresher one', () => {
    const ways = [
      quote('USD', 'EUR', 1, '2020-01-02'),
      quote('EUR', 'CAD', 1),
      quote('USD', 'GBP', 2, '2020-01-09'),
      quote('GBP', 'CAD', 2),
    ];
    expect(rate(ways, 'USD', 'CAD')).toMatchObject({ rate: '4', quote_date: '2020-01-09' });
    expect(rate([...ways, quote('USD', 'CAD', 7, '2020-01-01')], 'USD', 'CAD')).toMatchObject({ rate: '7' });
  });

  it('goes through several currencies where one is not enough', () => {
    const quotes = [quote('SEK', 'EUR', '0.1'), quote('EUR', 'USD', 2), quote('USD', 'CAD', '1.5')];
    expect(rate(quotes, 'SEK', 'CAD')).toMatchObject({ rate: '0.3' });
  });

  it('pence, agorot and cents are hundredths, also in quotes', () => {
    expect(rate([], 'GBX', 'GBP')).toMatchObject({ rate: '0.01', age_days: 0 });
    expect(rate([], 'GBP', 'GBX')).toMatchObject({ rate: '100' });
    expect(rate([], 'ILA', 'ILS')).toMatchObject({ rate: '0.01' });
    expect(rate([], 'ZAR', 'ZAC')).toMatchObject({ rate: '100' });
    expect(rate([], 'SEK', 'SEK')).toMatchObject({ rate: '1', quote_date: '2020-01-10' });
    expect(rate([quote('GBP', 'USD', '1.5')], 'GBX', 'USD')).toMatchObject({ rate: '0.015' });
    expect(rate([quote('GBX', 'USD', '0.015')], 'GBP', 'USD')).toMatchObject({ rate: '1.5' });
  });

  it('the earliest quote only where nothing older is there, whatever way', () => {
    const quotes = [
      quote('EUR', 'USD', 2, '2020-01-01'),
      quote('EUR', 'CAD', 4, '2020-01-01'),
      quote('USD', 'CAD', 9),
    ];
    const request = { quotes, from: 'USD', to: 'CAD', before_first: 'earliest' } as const;
    expect(one(request, '2020-01-05')).toMatchObject({ rate: '2' });
    expect(one(request, '2019-12-31')).toMatchObject({ rate: '9', age_days: -10 });
  });

  it('there and back is 1', () => {
    const size = fc.integer({ min: 1, max: 10 ** 7 });
    fc.assert(
      fc.property(size, size, (usd, cad) => {
        const quotes = [quote('EUR', 'USD', usd / 10 ** 4), quote('EUR', 'CAD', cad / 10 ** 4)];
        const there = Number(rate(quotes, 'USD', 'CAD')?.rate);
        const back = Number(rate(quotes, 'CAD', 'USD')?.rate);
        expect(there * back).toBeCloseTo(1, 10);
        expect(Number(one({ quotes, from: 'USD', to: 'CAD', inverse: true })?.rate)).toBeCloseTo(back, 12);
      }),
    );
  });
});
