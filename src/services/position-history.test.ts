import fc from 'fast-check';
import { anyPortfolio, day, play } from '../../tests/support/positions';
import { addDays } from './dates';
import type { DatedPrice } from './day-quotes';
import type { PositionSeries } from './position-history';
import { positionHistory } from './position-history';

const still = { USD: '1.25', CAD: '1.5', GBP: '0.75' };
const rowOf = (rows: readonly PositionSeries[], id: string | null, kind = 'security') =>
  rows.find((row) => row.security_id === id && row.kind === kind);
const numbers = (series: Float64Array | undefined) => [...(series ?? [])];

/** As a database gives them: texts of their own, row by row. */
function closesOf(dates: readonly string[], ids: readonly string[]): DatedPrice[] {
  const rows = dates.flatMap((date, at) =>
    ids.map((security_id, i) => ({
      ...{ date, security_id, currency: 'USD' },
      close: `${String(50 + ((at + i) % 50))}.25`,
    })),
  );
  return JSON.parse(JSON.stringify(rows)) as DatedPrice[];
}

describe('the history of positions', () => {
  it('is quantity, value, gain and flows of each share by day, dividends being gains', () => {
    const { history } = play({
      prices: ['10', '11', '12'].map((close) => ({ A: [close, 'USD'] })),
      rates: [still, still, still],
      shares: [
        [0, 'A', '5'],
        [1, 'A', '2'],
        [2, 'A', '-7'],
      ],
      cash: [[0, 'USD', '1000', '1000']],
      flows: [
        { day: 0, security_id: 'A', bought: '50' },
        { day: 1, security_id: 'A', bought: '21', income: '3' },
        { day: 2, security_id: 'A', sold: '85' },
      ],
    });
    const share = rowOf(history.positions, 'A');
    expect(numbers(share?.quantity)).toEqual([5, 7, 0]);
    expect(numbers(share?.value)).toEqual([50, 77, 0]);
    expect(numbers(share?.gain)).toEqual([0, 77 - 50 - 21 + 3, 85 - 77]);
    expect([...(share?.flows ?? [])]).toEqual([
      [1, { bought: 21, sold: 0, income: 3 }],
      [2, { bought: 0, sold: 85, income: 0 }],
    ]);
    expect(numbers(history.rates.of('USD'))).toEqual([1.2, 1.2, 1.2]);
  });

  it('leaves to cash what nothing explains, and keeps fees and taxes apart', () => {
    const { history } = play({
      prices: [{}, {}],
      rates: [still, still],
      cash: [
        [0, 'USD', '100', '100'],
        [1, 'USD', '-7', '0'],
      ],
      flows: [
        { day: 1, kind: 'fees', income: '-9' },
        { day: 1, kind: 'taxes', income: '-1' },
      ],
    });
    expect(history.positions.map(({ kind, gain }) => [kind, gain[1]])).toEqual([
      ['cash', 3],
      ['fees', -9],
      ['taxes', -1],
    ]);
  });

  it('knows pence, holds nothing after the last share, and pays a late dividend to whom it belongs', () => {
    const { history } = play({
      prices: [{ V: ['150', 'GBX'] }, { V: ['160', 'GBX'] }, {}],
      rates: [still, still, still],
      shares: [
        [0, 'V', '0.1'],
        [0, 'V', '0.2'],
        [1, 'V', '-0.3'],
      ],
      cash: [[0, 'GBP', '5', '5']],
      flows: [
        { day: 1, security_id: 'V', currency: 'GBX', sold: '48' },
        { day: 2, security_id: 'V', currency: 'GBP', income: '2' },
      ],
    });
    const share = rowOf(history.positions, 'V');
    expect(share?.currency).toBe('GBP');
    expect(numbers(share?.quantity)).toEqual([0.3, 0, 0]);
    expect(share?.value[0]).toBeCloseTo(0.45, 15);
    expect(share?.gain[1]).toBeCloseTo(0.03, 15);
    expect(share?.gain[2]).toBe(2);
  });

  it('takes what happened on a day without a value into the next day that has one', () => {
    const { history } = play({
      prices: [{ A: ['10', 'USD'] }, {}, { A: ['12', 'USD'] }],
      rates: [still, still, still],
      shares: [
        [0, 'A', '5'],
        [1, 'A', '5'],
      ],
      cash: [[0, 'USD', '1000', '1000']],
      flows: [{ day: 1, security_id: 'A', bought: '55' }],
    });
    expect(history.dates).toEqual([day(0), day(2)]);
    expect(rowOf(history.positions, 'A')?.gain[1]).toBe(120 - 50 - 55);
  });

  it('adds up to the portfolio: values to its value, gains to its gain', () => {
    fc.assert(
      fc.property(anyPortfolio, (scenario) => {
        const { dates, positions, rates, value, external_flow } = play(scenario).history;
        for (const at of dates.keys()) {
          const worth = positions.reduce(
            (sum, one) => sum + (one.value[at] as number) * (rates.of(one.currency)[at] as number),
            0,
          );
          expect(worth).toBeCloseTo(value[at] as number, 6);
          if (at === 0) continue;
          const gain = positions.reduce((sum, one) => {
            const [before, after] = [
              rates.of(one.currency)[at - 1] as number,
              rates.of(one.currency)[at] as number,
            ];
            return sum + (one.gain[at] as number) * after + (one.value[at - 1] as number) * (after - before);
          }, 0);
          const own = (value[at] as number) - (value[at - 1] as number) - (external_flow[at] as number);
          expect(gain).toBeCloseTo(own, 6);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('of 500 positions over ten years takes well under a second', () => {
    const dates = Array.from({ length: 2520 }, (_, at) => addDays('2003-01-01', at));
    const ids = Array.from({ length: 500 }, (_, i) => `S${String(i)}`);
    const inputs = {
      base_currency: 'CAD',
      dates,
      holding_changes: ids.map((security_id) => ({ date: '2003-01-01', security_id, quantity_change: '10' })),
      cash_changes: [],
      conversions: [],
      prices: closesOf(dates, ids),
      rates: dates.flatMap((date) =>
        Object.entries(still).map(([quote_ccy, rate]) => ({ date, quote_ccy, rate })),
      ),
    };
    const values = dates.map((date) => ({ date, value: 1n, external_flow: 0n, buckets: new Map() }));
    // Time of the processor, and the best of three: the machine may be busy with other things.
    const spent = [1, 2, 3].map(() => {
      const before = process.cpuUsage();
      expect(positionHistory(inputs, [], values).positions).toHaveLength(500);
      return process.cpuUsage(before).user / 1000;
    });
    expect(Math.min(...spent)).toBeLessThan(900);
  });
});
