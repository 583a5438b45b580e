import fc from 'fast-check';
import { type CashChange, cashHistory, weekdays } from '../../tests/support/cash-history';
import { joinReturns } from './joined-returns';
import { chain } from './returns';
import { sinceInception, windowFrom } from './window';

const dates = weekdays('2013-01-07', 8); // to Wednesday, 2013-01-16
const [mon, tue, wed, thu, fri] = dates as [string, string, string, string, string];

function joined(cash: CashChange[], levels: Record<string, number>, unquoted: string[] = []) {
  const history = cashHistory(dates, cash, unquoted);
  return joinReturns(windowFrom(history, mon), history, new Map(Object.entries(levels)));
}
const level = (skip: string[] = []) =>
  Object.fromEntries(
    dates.flatMap((date, day) => (skip.includes(date) ? [] : [[date, 100 * 1.01 ** day] as const])),
  );

describe('joined returns', () => {
  const cash: CashChange[] = [
    [mon, '100', '100'],
    [tue, '10', '0'],
    [wed, '11', '0'],
  ];

  it('are those of each day where both have one', () => {
    const { returns, benchmark, from, to, dropped } = joined(cash, level());
    expect([from, to]).toEqual([mon, dates.at(-1)]);
    expect(returns).toHaveLength(7);
    expect(returns[0]).toBeCloseTo(0.1, 12);
    expect(returns[1]).toBeCloseTo(0.1, 12);
    for (const value of benchmark) expect(value).toBeCloseTo(0.01, 12);
    expect(dropped).toEqual({ portfolio: [], benchmark: [] });
  });

  it('cover two days on both sides where the benchmark misses one', () => {
    const { returns, benchmark, dropped } = joined(cash, level([tue]));
    expect(returns[0]).toBeCloseTo(0.21, 12);
    expect(benchmark[0]).toBeCloseTo(0.0201, 12);
    expect(dropped).toEqual({ portfolio: [], benchmark: [tue] });
  });

  it('cover two days on both sides where the portfolio has no value on one', () => {
    const { returns, benchmark, dropped } = joined(cash, level(), [tue]);
    expect(returns[0]).toBeCloseTo(0.21, 12);
    expect(benchmark[0]).toBeCloseTo(0.0201, 12);
    expect(dropped).toEqual({ portfolio: [tue], benchmark: [] });
  });

  it('leave out on both sides what has no meaning', () => {
    const { returns, benchmark, dropped, from } = joined(
      [
        [mon, '100', '100'],
        [wed, '-150', '0'],
        [thu, '100', '100'],
      ],
      level(),
    );
    expect(from).toBe(mon);
    expect(dropped.portfolio).toEqual([wed, thu]);
    expect(returns).toHaveLength(5);
    expect(benchmark).toHaveLength(5);
  });

  it('begin where the first of them begins', () => {
    const { from, dropped } = joined(cash, level([mon, tue, wed]));
    expect([from, dropped.benchmark]).toEqual([thu, [mon, tue, wed]]);
    expect(joined(cash, { [fri]: 1 })).toMatchObject({ from: null, to: null, returns: [] });
    expect(joinReturns({ reason: 'NO_QUOTE' }, { unvalued: [] }, new Map())).toMatchObject({
      returns: [],
      dropped: { portfolio: [], benchmark: [] },
    });
  });

  it('chain to the benchmark’s own return between the ends, whatever is missing', () => {
    fc.assert(
      fc.property(
        fc.subarray(dates.slice(1, -1)),
        fc.subarray(dates.slice(1, -1)),
        fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 8, maxLength: 8 }),
        (missing, unvalued, levels) => {
          const quoted = dates.flatMap((date, day) =>
            missing.includes(date) ? [] : [[date, levels[day] as number] as const],
          );
          const history = cashHistory(dates, cash, unvalued);
          const window = sinceInception(history);
          const { returns, benchmark } = joinReturns(window, history, new Map(quoted));
          expect(1 + chain(benchmark)).toBeCloseTo((levels[7] as number) / (levels[0] as number), 8);
          expect(chain(returns)).toBeCloseTo(0.21, 12);
          expect(returns).toHaveLength(benchmark.length);
        },
      ),
    );
  });
});
