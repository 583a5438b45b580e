import fc from 'fast-check';
import { crossRate, packRates, type Quote } from './fx';

const quote = (quote_ccy: string, rate: string, quote_date = '2013-02-28'): Quote => ({
  base_ccy: 'EUR',
  quote_ccy,
  rate,
  quote_date,
});
const pack = [
  quote('CAD', '1.5'),
  quote('USD', '1.25'),
  quote('GBP', '0.8'),
  quote('JPY', '120', '2013-02-26'),
  quote('ZAR', '12.5'),
  quote('ILS', '5'),
];
const inCad = packRates(pack, 'CAD', '2013-02-28');
const rateOf = (lookup: ReturnType<typeof packRates>, currency: string) => {
  const found = lookup(currency);
  return 'rate' in found ? found.rate.toNumber() : found.reason;
};

describe('rates of a pricing pack', () => {
  it.each([
    ['USD', 1.2],
    ['EUR', 1.5],
    ['CAD', 1],
    ['GBP', 1.875],
    ['GBX', 0.01875],
    ['GBp', 0.01875],
    ['ZAC', 0.0012],
    ['ZAc', 0.0012],
    ['ILA', 0.003],
    ['JPY', 0.0125],
    ['SEK', 'NO_QUOTE'],
  ])('are base per 1 local: %s', (currency, rate) => {
    expect(rateOf(inCad, currency)).toBe(rate);
  });

  it.each([
    ['USD', 'cross'],
    ['EUR', 'direct'],
    ['CAD', 'same_currency'],
    ['GBX', 'cross'],
  ])('say how they came about: %s in CAD is %s', (currency, derivation) => {
    expect(inCad(currency)).toMatchObject({ derivation });
    expect(packRates(pack, 'EUR', '2013-02-28')('GBX')).toMatchObject({ derivation: 'inverse' });
  });

  it('say how old the older of their quotes is', () => {
    expect(inCad('JPY')).toMatchObject({ rate_date: '2013-02-26', rate_age_days: 2 });
    expect(inCad('CAD')).toMatchObject({ rate_date: '2013-02-28', rate_age_days: 0 });
  });

  it('do not look into the future', () => {
    const lookup = packRates([quote('CAD', '1.5'), quote('USD', '1.25', '2013-03-01')], 'CAD', '2013-02-28');
    expect(lookup('USD')).toEqual({ reason: 'BEFORE_FIRST_QUOTE' });
    expect(packRates([quote('USD', '1.25')], 'CAD', '2013-02-28')('USD')).toEqual({ reason: 'NO_QUOTE' });
  });

  it('take the later quote, and of one day the last given, and nothing that is not per euro', () => {
    const quotes = [
      quote('USD', '2', '2013-02-27'),
      quote('USD', '3'),
      quote('USD', '4'),
      quote('USD', '5', '2013-02-01'),
    ];
    const lookup = packRates([...quotes, { ...quote('USD', '9'), base_ccy: 'GBP' }], 'EUR', '2013-02-28');
    expect(rateOf(lookup, 'USD')).toBe(0.25);
  });

  it('invert each other', () => {
    expect(rateOf(packRates(pack, 'GBX', '2013-02-28'), 'GBP')).toBe(100);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 7 }), fc.integer({ min: 1, max: 10 ** 7 }), (usd, eur) => {
        const quotes = [quote('USD', String(usd / 10_000)), quote('CAD', String(eur / 10_000))];
        const there = packRates(quotes, 'CAD', '2013-02-28')('USD');
        const back = packRates(quotes, 'USD', '2013-02-28')('CAD');
        if (!('rate' in there && 'rate' in back)) throw new Error('a rate is missing');
        expect(there.rate.times(back.rate).minus(1).abs().toNumber()).toBeLessThan(1e-12);
      }),
    );
  });
});

it('crosses through the euro', () => {
  expect(crossRate('1.25', '1.5').toNumber()).toBe(1.2);
});
