import fc from 'fast-check';
import { type CashChange, cashHistory, upTo, weekdays } from '../../tests/support/cash-history';
import { dailyValues } from './daily-values';
import { type FactorObservation, factorMonths } from './factor-months';
import { monthlyReturns } from './monthly-returns';
import { endOfMonth } from './months';

const dates = weekdays('2012-01-02', 90); // to Friday, 2012-05-04
const opening: CashChange = ['2012-01-02', '100', '100'];
const february: CashChange = ['2012-02-10', '10', '0'];

const observed = (series_id: string, ...values: [month: string, value: string][]): FactorObservation[] =>
  values.map(([month, value]) => ({
    series_id,
    period_end: endOfMonth(`${month}-01`),
    value,
    unit: 'percent',
  }));
const always = () => 1;

describe('monthly returns', () => {
  it('run from the last trading day of a month to the next one’s, over months that have ended', () => {
    const { months, partial } = monthlyReturns(cashHistory(dates, [opening, february]));
    expect(months).toEqual([
      { month: '2012-02', from: '2012-01-31', to: '2012-02-29', return: 0.10000000000000009 },
      { month: '2012-03', from: '2012-02-29', to: '2012-03-30', return: 0 },
      { month: '2012-04', from: '2012-03-30', to: '2012-04-30', return: 0 },
    ]);
    // January begins within.
    expect(partial).toEqual(['2012-01']);
  });

  it('count a month from its last calendar day, or when the next has begun', () => {
    const history = cashHistory(dates, [opening]);
    const last = (day: string) => monthlyReturns(upTo(history, day)).months.at(-1)?.month;
    expect(last('2012-02-28')).toBeUndefined();
    expect(last('2012-02-29')).toBe('2012-02');
    // The last trading day of March was the 30th: only April tells.
    expect(last('2012-03-30')).toBe('2012-02');
    expect(last('2012-04-02')).toBe('2012-03');
  });

  it('leave out months without a value at an end, without a return on a day, or with nothing at the beginning', () => {
    const unvalued = monthlyReturns(cashHistory(dates, [opening], ['2012-02-29']));
    expect(unvalued.partial).toEqual(['2012-01', '2012-02', '2012-03']);
    const overdrawn = monthlyReturns(
      cashHistory(dates, [opening, ['2012-03-05', '-200', '0'], ['2012-03-06', '300', '300']]),
    );
    expect(overdrawn.partial).toEqual(['2012-01', '2012-03']);
    const late = monthlyReturns(cashHistory(dates, [['2012-02-01', '100', '100']]));
    expect(late.partial).toEqual(['2012-02']);
    expect(monthlyReturns(cashHistory(dates, []))).toEqual({ months: [], partial: [] });
  });
});

describe('months with factors', () => {
  const all = monthlyReturns(cashHistory(dates, [opening, february]));
  const market = observed('M', ['2012-01', '5.05'], ['2012-02', '4.42'], ['2012-03', '3.11']);
  const rf = observed('RF', ['2012-01', '0.01'], ['2012-02', '0.02'], ['2012-03', '0.03']);

  it('pair returns and factors of a month, percent as fractions', () => {
    const joined = factorMonths(all, [...market, ...rf], ['M', 'RF'], always);
    expect(joined).toMatchObject({
      from: '2012-01-31',
      to: '2012-03-30',
      known_to: '2012-03',
      dropped: { portfolio: ['2012-01'], factors: ['2012-04'] },
    });
    expect(joined.returns).toEqual([0.10000000000000009, 0]);
    expect(joined.series[0]?.[0]).toBeCloseTo(0.0442, 15);
    expect(joined.series[1]?.[1]).toBeCloseTo(0.0003, 15);
  });

  it('need every factor of a month', () => {
    const joined = factorMonths(all, [...market, ...rf.slice(0, 2)], ['M', 'RF'], always);
    expect(joined).toMatchObject({ known_to: '2012-02', dropped: { factors: ['2012-03', '2012-04'] } });
    expect(joined.returns).toHaveLength(1);
    expect(factorMonths(all, market, ['M', 'RF'], always)).toMatchObject({ known_to: null, returns: [] });
  });

  it('look back from the last month that is known', () => {
    const joined = factorMonths(all, [...market, ...rf], ['M', 'RF'], always, 1);
    expect(joined).toMatchObject({ from: '2012-02-29', to: '2012-03-30', dropped: { portfolio: [] } });
  });

  it('leave out months without a rate', () => {
    const rateOn = (date: string) => (date === '2012-02-29' ? null : 1);
    const joined = factorMonths(all, [...market, ...rf], ['M', 'RF'], rateOn);
    expect(joined.returns).toEqual([]);
    expect(joined.dropped.portfolio).toEqual(['2012-01', '2012-02', '2012-03']);
  });

  it('take no level for a return', () => {
    const levels = market.map((row) => ({ ...row, unit: 'level' }));
    expect(() => factorMonths(all, levels, ['M'], always)).toThrow(/M is in level/);
  });

  it('give dollars in dollars their own return, whatever the base currency did', () => {
    const rate = fc.double({ min: 0.8, max: 1.25, noNaN: true }).map((value) => value.toFixed(6));
    fc.assert(
      fc.property(
        fc.array(rate, { minLength: dates.length, maxLength: dates.length }),
        fc.integer({ min: 0, max: 80 }),
        fc.integer({ min: -30, max: 200 }),
        (cad, day, flow) => {
          const changes: CashChange[] = [opening, february];
          changes.push([dates[day] as string, String(flow), String(flow)]);
          const cash_changes = changes
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
            .map(([date, amount, external_amount]) => ({ date, currency: 'USD', amount, external_amount }));
          const rates = dates.flatMap((date, index) => [
            { date, quote_ccy: 'CAD', rate: cad[index] as string },
            { date, quote_ccy: 'USD', rate: '1.3' },
          ]);
          const values = dailyValues({
            base_currency: 'CAD',
            ...{ dates, cash_changes, rates },
            ...{ holding_changes: [], conversions: [], prices: [] },
          });
          const inBase = monthlyReturns({ ...values, dates, first_activity: '2012-01-02' });
          const rateOn = (date: string) => Number(cad[dates.indexOf(date)]) / 1.3;
          const { returns } = factorMonths(inBase, [...market, ...rf], ['M', 'RF'], rateOn);
          const held = 100 + ((dates[day] as string) < '2012-02-10' ? flow : 0);
          expect(returns[0]).toBeCloseTo(10 / held, 8);
          expect(returns[1]).toBeCloseTo(0, 8);
        },
      ),
    );
  });
});
