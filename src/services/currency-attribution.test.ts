import fc from 'fast-check';
import { type CurrencyAttribution, attributeByCurrency } from './currency-attribution';
import { dailyValues, type DailyValue } from './daily-values';
import { addDays } from './dates';
import { moneyPlaces } from './decimal';
import { fixedNumber } from './fixed';
import { timeWeightedReturn } from './returns';

const day = (index: number) => addDays('2013-01-07', index);

interface Scenario {
  /** Per day: close of the share in USD, USD per EUR, CAD per EUR. */
  market: [close: string, usd: string, cad: string][];
  shares?: [day: number, quantity: string][];
  cash?: [day: number, currency: string, amount: string, external: string][];
  conversions?: [day: number, currency: string, amount: string][];
}

function valuesOf({ market, shares = [], cash = [], conversions = [] }: Scenario): DailyValue[] {
  return dailyValues({
    base_currency: 'CAD',
    dates: market.map((_, index) => day(index)),
    holding_changes: shares.map(([at, quantity_change]) => ({
      date: day(at),
      security_id: 'A',
      quantity_change,
    })),
    cash_changes: cash.map(([at, currency, amount, external_amount]) => ({
      date: day(at),
      currency,
      amount,
      external_amount,
    })),
    conversions: conversions.map(([at, currency, amount]) => ({ date: day(at), currency, amount })),
    prices: market.map(([close], index) => ({ date: day(index), security_id: 'A', close, currency: 'USD' })),
    rates: market.flatMap(([, usd, cad], index) => [
      { date: day(index), quote_ccy: 'USD', rate: usd },
      { date: day(index), quote_ccy: 'CAD', rate: cad },
    ]),
  }).values;
}

function attribute(values: DailyValue[]): CurrencyAttribution {
  const result = attributeByCurrency(values, 'CAD');
  if ('reason' in result) throw new Error(result.reason);
  return result;
}

/** The chain of base values, computed without any bucket. */
function actual(values: DailyValue[]): number {
  const number = (amount: bigint) => fixedNumber(amount, moneyPlaces);
  const rows = values.map(({ date, value, external_flow }) => ({
    date,
    value: number(value),
    inflow: number(external_flow),
  }));
  return timeWeightedReturn(rows).cumulative as number;
}

const usd = (attribution: CurrencyAttribution) =>
  attribution.by_currency.find(({ currency }) => currency === 'USD');

describe('currency attribution', () => {
  it('of one share on one day is local, currency and interaction', () => {
    const values = valuesOf({
      market: [
        ['100', '1', '1'],
        ['110', '1', '1.05'],
      ],
      shares: [[0, '1']],
    });
    const { total, local_return, fx_return, interaction, by_currency } = attribute(values);
    expect([local_return, fx_return, interaction, total].map((value) => Number(value.toFixed(12)))).toEqual([
      0.1, 0.05, 0.005, 0.155,
    ]);
    expect(by_currency).toHaveLength(1);
    expect(by_currency[0]?.average_weight).toBeCloseTo(1, 15);
  });

  it('gives cash in a foreign currency to the currency alone', () => {
    const values = valuesOf({
      market: [
        ['1', '1.25', '1.5'],
        ['1', '1.2', '1.5'],
      ],
      cash: [[0, 'USD', '100', '100']],
    });
    expect(attribute(values)).toMatchObject({ local_return: 0, interaction: 0 });
    expect(attribute(values).fx_return).toBeCloseTo(1.25 / 1.2 - 1, 12);
  });

  it('takes a dividend and a fee for local returns, a purchase for none', () => {
    const values = valuesOf({
      market: [
        ['100', '1', '1'],
        ['100', '1', '1'],
      ],
      shares: [
        [0, '1'],
        [1, '1'],
      ],
      cash: [
        [0, 'USD', '100', '100'],
        [1, 'USD', '-96', '0'],
      ],
    });
    expect(usd(attribute(values))?.local_return).toBeCloseTo(4 / 200, 12);
  });

  it('takes a conversion for no return, and what it cost against the day’s rate for local in base', () => {
    const values = valuesOf({
      market: [
        ['1', '1', '1'],
        ['1', '1', '1'],
      ],
      cash: [
        [0, 'CAD', '200', '200'],
        [1, 'CAD', '-100', '0'],
        [1, 'USD', '98', '0'],
      ],
      conversions: [
        [1, 'CAD', '-100'],
        [1, 'USD', '98'],
      ],
    });
    const { by_currency, total } = attribute(values);
    expect(by_currency).toMatchObject([
      { currency: 'CAD', local_return: -0.01, fx_return: 0 },
      { currency: 'USD', local_return: 0, fx_return: 0, average_weight: 0 },
    ]);
    expect(total).toBeCloseTo(actual(values), 12);
  });

  it('counts the first day from nothing, and days without capital as nothing', () => {
    const values = valuesOf({
      market: [
        ['100', '1', '1'],
        ['100', '1', '1'],
        ['120', '1', '1'],
        ['120', '1', '1'],
      ],
      shares: [
        [1, '1'],
        [3, '-1'],
      ],
      cash: [
        [1, 'USD', '-1', '100'],
        [3, 'USD', '1', '-120'],
      ],
    });
    expect(attribute(values).total).toBeCloseTo(actual(values), 12);
    expect(actual(values)).toBeCloseTo(0.99 * (119 / 99) * (120 / 119) - 1, 12);
  });

  it('is not available from one value, nor over a total loss', () => {
    expect(attributeByCurrency([], 'CAD')).toEqual({ reason: 'TOO_FEW_OBSERVATIONS' });
    const lost = valuesOf({
      market: [
        ['1', '1', '1'],
        ['1', '1', '1'],
      ],
      cash: [
        [0, 'CAD', '10', '10'],
        [1, 'CAD', '-10', '0'],
      ],
    });
    expect(attributeByCurrency(lost, 'CAD')).toEqual({ reason: 'TOTAL_LOSS' });
  });

  it('adds up, over any days with flows, trades and conversions, to the return of the base values', () => {
    const scaled = (min: number, max: number) =>
      fc.integer({ min: min * 100, max: max * 100 }).map((n) => (n / 100).toFixed(2));
    const row = fc.record({
      market: fc.tuple(scaled(80, 120), scaled(1, 1.5), scaled(1.2, 1.6)),
      buy: fc.integer({ min: 0, max: 5 }),
      fee: fc.integer({ min: 0, max: 3 }),
      flow: fc.integer({ min: -50, max: 200 }),
      convert: fc.integer({ min: -100, max: 100 }),
      bought: fc.integer({ min: 0, max: 80 }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
        const opening = {
          market: ['100', '1.25', '1.5'] as [string, string, string],
          buy: 100,
          fee: 0,
          flow: 10_000,
          convert: 0,
          bought: 0,
        };
        const all = [opening, ...rows];
        const text = String;
        const values = valuesOf({
          market: all.map(({ market }) => market),
          shares: all.map(({ buy }, at) => [at, text(buy)]),
          cash: all.flatMap(({ buy, fee, flow, convert, bought, market }, at) => [
            [at, 'CAD', text(flow - convert), text(flow)] as [number, string, string, string],
            [at, 'USD', (Math.sign(convert) * bought - fee - buy * Number(market[0])).toFixed(2), '0'] as [
              number,
              string,
              string,
              string,
            ],
          ]),
          conversions: all.flatMap(({ convert, bought }, at) => [
            [at, 'CAD', text(-convert)] as [number, string, string],
            [at, 'USD', text(Math.sign(convert) * bought)] as [number, string, string],
          ]),
        });
        const { total, local_return, fx_return, interaction, by_currency } = attribute(values);
        expect(Math.abs(total - actual(values))).toBeLessThan(1e-11);
        expect(local_return + fx_return + interaction).toBeCloseTo(total, 12);
        expect(by_currency.reduce((sum, one) => sum + one.average_weight, 0)).toBeCloseTo(1, 9);
        expect(by_currency.find(({ currency }) => currency === 'CAD')).toMatchObject({
          fx_return: 0,
          interaction: 0,
        });
      }),
    );
  });
});
