import fc from 'fast-check';
import { type DailyInputs, dailyValues } from './daily-values';
import { addDays } from './dates';
import { moneyPlaces } from './decimal';
import { fixedText } from './fixed';
import { packRates } from './fx';
import { aggregateHoldings } from './holdings';
import { applyPack } from './valuation';

const monday = '2013-02-25';
const day = (index: number) => addDays(monday, index);
const rates = (date: string, usd = '1.25', cad = '1.5') => [
  { date, quote_ccy: 'CAD', rate: cad },
  { date, quote_ccy: 'USD', rate: usd },
];
const inputs = (given: Partial<DailyInputs>): DailyInputs => ({
  base_currency: 'CAD',
  dates: [day(0), day(1)],
  holding_changes: [],
  cash_changes: [],
  conversions: [],
  prices: [],
  rates: [...rates(day(0)), ...rates(day(1))],
  ...given,
});
const cash = (date: string, currency: string, amount: string, external_amount = amount) => ({
  date,
  currency,
  amount,
  external_amount,
});
const texts = ({ values }: ReturnType<typeof dailyValues>) =>
  values.map(({ date, value, external_flow }) => [
    date,
    fixedText(value, moneyPlaces),
    fixedText(external_flow, moneyPlaces),
  ]);

describe('daily values', () => {
  it('are shares at the day’s close and cash, at the day’s rates', () => {
    const result = dailyValues(
      inputs({
        holding_changes: [{ date: day(0), security_id: 'A', quantity_change: '10' }],
        cash_changes: [cash(day(0), 'USD', '-100', '0'), cash(day(0), 'CAD', '500')],
        prices: [
          { date: day(0), security_id: 'A', close: '10', currency: 'USD' },
          { date: day(1), security_id: 'A', close: '11.5', currency: 'USD' },
        ],
        rates: [...rates(day(0)), ...rates(day(1), '1.2')],
      }),
    );
    expect(texts(result)).toEqual([
      [day(0), '500', '500'],
      [day(1), '518.75', '0'],
    ]);
    expect(result.unvalued).toEqual([]);
  });

  it('take what happened on a weekend into the next valuation day, at its rates', () => {
    const saturday = day(5);
    const result = dailyValues(
      inputs({
        dates: [day(4), day(7)],
        rates: [...rates(day(4)), ...rates(day(7), '1', '1.5')],
        cash_changes: [cash(day(0), 'CAD', '10'), cash(saturday, 'USD', '100'), cash(day(6), 'USD', '-20')],
      }),
    );
    expect(texts(result)).toEqual([
      [day(4), '10', '10'],
      [day(7), '130', '120'],
    ]);
  });

  it('leave out a day without a price or a rate, and keep its flows for the next', () => {
    const result = dailyValues(
      inputs({
        dates: [day(0), day(1), day(2)],
        holding_changes: [{ date: day(0), security_id: 'A', quantity_change: '1' }],
        cash_changes: [cash(day(1), 'USD', '12')],
        prices: [day(0), day(2)].map((date) => ({ date, security_id: 'A', close: '100', currency: 'CAD' })),
        rates: [...rates(day(0)), ...rates(day(2))],
      }),
    );
    expect(texts(result)).toEqual([
      [day(0), '100', '0'],
      [day(2), '114.4', '14.4'],
    ]);
    expect(result.unvalued).toEqual([{ date: day(1), reasons: { A: 'NO_QUOTE', USD: 'NO_QUOTE' } }]);
  });

  it('keep a currency that was emptied for one more day, and know pence', () => {
    const result = dailyValues(
      inputs({
        dates: [day(0), day(1), day(2)],
        rates: [day(0), day(1), day(2)].flatMap((date) => rates(date)),
        cash_changes: [cash(day(0), 'USD', '100'), cash(day(1), 'USD', '-100')],
      }),
    );
    expect(result.values.map(({ buckets }) => [...buckets.keys()])).toEqual([['USD'], ['USD'], []]);
    const pence = dailyValues(
      inputs({
        base_currency: 'GBX',
        dates: [day(0)],
        holding_changes: [{ date: day(0), security_id: 'A', quantity_change: '2' }],
        cash_changes: [cash(day(0), 'GBP', '1'), cash(day(0), 'EUR', '1')],
        prices: [{ date: day(0), security_id: 'A', close: '150', currency: 'GBX' }],
        rates: [{ date: day(0), quote_ccy: 'GBP', rate: '0.8' }],
      }),
    );
    expect(texts(pence)).toEqual([[day(0), '480', '180']]);
  });

  it('are known though money passed through a currency that is never quoted, and not while it is held', () => {
    const passing = inputs({
      dates: [day(0), day(1)],
      cash_changes: [cash(day(0), 'CAD', '100'), { ...cash(day(1), 'CAD', '10'), external_amount: '0' }],
      conversions: [
        { date: day(1), currency: 'CAD', amount: '10' },
        { date: day(1), currency: 'NOK', amount: '-60' },
      ],
    });
    expect(dailyValues(passing)).toMatchObject({
      values: [{ date: day(0) }, { date: day(1) }],
      unvalued: [],
    });
    const kept = { ...passing, cash_changes: [...passing.cash_changes, cash(day(1), 'NOK', '1')] };
    expect(dailyValues(kept).unvalued).toMatchObject([{ date: day(1), reasons: { NOK: 'NO_QUOTE' } }]);
  });

  it('of an older pack do not change with what is known later', () => {
    const older = inputs({
      cash_changes: [cash(day(0), 'USD', '100')],
      dates: [day(0), day(1)],
    });
    const newer = {
      ...older,
      dates: [...older.dates, day(2)],
      rates: [...older.rates, ...rates(day(2), '9')],
    };
    expect(dailyValues(newer).values.slice(0, 2)).toEqual(dailyValues(older).values);
    expect(dailyValues({ ...newer, dates: older.dates })).toEqual(dailyValues(older));
  });

  it('arrive at the total of the pack’s own valuation', () => {
    const amount = fc.integer({ min: 1, max: 10 ** 9 }).map((n) => String(n / 10_000));
    const held = fc.array(fc.tuple(amount, amount, fc.constantFrom('USD', 'CAD', 'EUR', 'JPY')), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(held, amount, amount, amount, (rows, usd, cad, jpy) => {
        const quotes = Object.entries({ USD: usd, CAD: cad, JPY: jpy }).map(([quote_ccy, rate]) => ({
          quote_ccy,
          rate,
        }));
        const prices = rows.map(([, close, currency], index) => ({
          security_id: String(index),
          close,
          currency,
        }));
        const { values } = dailyValues({
          base_currency: 'CAD',
          dates: [monday],
          holding_changes: rows.map(([quantity_change], index) => ({
            date: monday,
            security_id: String(index),
            quantity_change,
          })),
          cash_changes: [cash(monday, 'JPY', '12.5')],
          conversions: [],
          prices: prices.map((price) => ({ date: monday, ...price })),
          rates: quotes.map((quote) => ({ date: monday, ...quote })),
        });
        const lots = rows.map(([quantity_open, , currency], index) => ({
          security_id: String(index),
          symbol: String(index),
          name: '',
          asset_class: 'equity' as const,
          currency,
          quantity_open,
          unit_cost_local: '1',
          unit_cost_base: null,
        }));
        const { total_value } = applyPack(aggregateHoldings(lots, [{ currency: 'JPY', amount: '12.5' }]), {
          asof_date: monday,
          prices,
          rates: packRates(
            quotes.map((quote) => ({ base_ccy: 'EUR', quote_date: monday, ...quote })),
            'CAD',
            monday,
          ),
        });
        expect(fixedText(values[0]?.value ?? 0n, moneyPlaces)).toBe(total_value);
      }),
    );
  });
});
