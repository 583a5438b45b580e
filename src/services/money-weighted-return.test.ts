import fc from 'fast-check';
import { addDays } from './dates';
import { dayCounts } from './day-count';
import { type CashFlow, moneyWeightedReturn } from './money-weighted-return';

const flows = (...rows: [string, number][]): CashFlow[] => rows.map(([date, amount]) => ({ date, amount }));
const excel = flows(
  ['2008-01-01', -10000],
  ['2008-03-01', 2750],
  ['2008-10-30', 4250],
  ['2009-02-15', 3250],
  ['2009-04-01', 2750],
);

describe('money-weighted return', () => {
  it('is Excel’s XIRR, with the same return over the period', () => {
    const result = moneyWeightedReturn(excel);
    expect(result.xirr).toBeCloseTo(0.373362535, 8);
    expect(result.days).toBe(456);
    expect(result.period_return).toBeCloseTo(1.373362535 ** (456 / 365) - 1, 8);
    expect(Math.abs(result.npv_residual as number)).toBeLessThan(1e-9 * 23000);
    expect(result).toMatchObject({
      multiple_roots: false,
      total_loss: false,
      day_count: 'act_365f',
      reasons: {},
    });
  });

  it('takes the order, duplicates and flows of 0 as they come', () => {
    const shuffled = [excel[3], excel[0], excel[4], excel[2], excel[1]] as CashFlow[];
    const split = flows(['2008-03-01', 2000], ['2008-03-01', 750], ['2008-05-05', 0], ['2012-01-01', 0]);
    const expected = moneyWeightedReturn(excel);
    expect(moneyWeightedReturn(shuffled).xirr).toBeCloseTo(expected.xirr as number, 12);
    const result = moneyWeightedReturn([...shuffled.slice(0, 4), ...split]);
    expect(result.xirr).toBeCloseTo(expected.xirr as number, 12);
    expect(result.days).toBe(456);
  });

  it('counts an opening value as a deposit at the start and a final value as taken out', () => {
    const inside = flows(['2011-07-02', -50]);
    const whole = moneyWeightedReturn(flows(['2011-01-01', -100], ['2011-07-02', -50], ['2012-01-01', 165]));
    const final = { date: '2012-01-01', amount: 165 };
    const dated = moneyWeightedReturn(inside, { opening: { date: '2011-01-01', amount: 100 }, final });
    expect(dated).toEqual(whole);
    // The flow of 0 says when the period begins.
    const marked = [...inside, ...flows(['2011-01-01', 0])];
    expect(moneyWeightedReturn(marked, { opening: { amount: 100 }, final })).toEqual(whole);
    expect(whole.modified_dietz).toBeCloseTo(15 / (100 + 50 * (183 / 365)), 12);
  });

  it('takes the period to the final value, even of 0', () => {
    const result = moneyWeightedReturn(flows(['2011-01-01', -100], ['2011-07-02', 80]), {
      final: { date: '2012-01-01', amount: 0 },
    });
    expect(result.days).toBe(365);
    expect(result.xirr).toBeCloseTo(0.8 ** (365 / 182) - 1, 10);
    expect(result.modified_dietz).toBeCloseTo(-20 / (100 - 80 * (183 / 365)), 12);
  });

  it.each([
    ['act_365f', 2 ** (365 / 366) - 1],
    ['act_360', 2 ** (360 / 366) - 1],
    ['act_act_isda', 1],
    ['30_360', 1],
  ] as const)('by %s', (dayCount, expected) => {
    const result = moneyWeightedReturn(flows(['2012-01-01', -1], ['2013-01-01', 2]), {}, dayCount);
    expect(result.xirr).toBeCloseTo(expected, 12);
    expect(result.period_return).toBeCloseTo(1, 12);
    expect(result).toMatchObject({ days: 366, day_count: dayCount });
  });

  it.each([
    ['nothing', [], 'TOO_FEW_FLOWS'],
    ['one flow', flows(['2010-01-01', -1]), 'TOO_FEW_FLOWS'],
    ['only flows of 0', flows(['2010-01-01', 0], ['2011-01-01', 0]), 'TOO_FEW_FLOWS'],
    ['one date', flows(['2010-01-01', -1], ['2010-01-01', 2]), 'ONE_DATE'],
    ['deposits alone', flows(['2010-01-01', -1], ['2011-01-01', -2]), 'ONE_SIGN'],
    ['withdrawals alone', flows(['2010-01-01', 1], ['2011-01-01', 2]), 'ONE_SIGN'],
    // −100 + 100v − 100v² has no real root.
    ['no rate', flows(['2010-01-01', -100], ['2011-01-01', 100], ['2012-01-01', -100]), 'NO_ROOT'],
    ['flows that cancel', flows(['2010-01-01', -1], ['2010-01-01', 1], ['2011-01-01', 1]), 'NO_ROOT'],
  ])('of %s is not available', (_what, given, reason) => {
    expect(moneyWeightedReturn(given)).toMatchObject({
      xirr: null,
      period_return: null,
      npv_residual: null,
      multiple_roots: false,
      reason,
      reasons: { xirr: reason, period_return: reason, npv_residual: reason },
    });
  });

  it('does not take two days for time where the day count sees none', () => {
    const twoDays = flows(['2010-01-30', -1], ['2010-01-31', 2]);
    expect(moneyWeightedReturn(twoDays, {}, '30_360').reason).toBe('ONE_DATE');
  });

  it('calls a last value of 0 without any inflow a total loss', () => {
    const lost = { xirr: -1, period_return: -1, total_loss: true, npv_residual: null };
    expect(moneyWeightedReturn(flows(['2012-01-01', 0], ['2010-01-01', -1000]))).toMatchObject({
      ...lost,
      days: 730,
    });
    const deposits = flows(['2010-01-01', -1000], ['2010-06-01', -5]);
    expect(moneyWeightedReturn(deposits, { final: { date: '2012-01-01', amount: 0 } })).toMatchObject(lost);
    const opened = { opening: { date: '2010-01-01', amount: 5 }, final: { date: '2011-01-01', amount: 0 } };
    expect(moneyWeightedReturn([], opened)).toMatchObject({ ...lost, modified_dietz: -1 });
    const final = { date: '2012-01-01', amount: 0 };
    const untilTheEnd = flows(['2010-01-01', -1000], ['2012-01-01', -5]);
    expect(moneyWeightedReturn(untilTheEnd, { final })).toMatchObject({ ...lost, days: 730 });
    // Without a final value the flow of 0 changes nothing, and money paid in on the last day alone had no time.
    expect(moneyWeightedReturn([...untilTheEnd, final]).reason).toBe('ONE_SIGN');
    expect(moneyWeightedReturn(flows(['2012-01-01', -5]), { final }).xirr).toBeNull();
    expect(moneyWeightedReturn(flows(['2010-01-01', -1], ['2010-01-01', 0])).xirr).toBeNull();
    expect(moneyWeightedReturn(flows(['2010-01-01', 1], ['2011-01-01', 0])).xirr).toBeNull();
    // The zero is not the last flow.
    expect(
      moneyWeightedReturn(flows(['2010-01-01', -1], ['2011-01-01', 0], ['2012-01-01', -1])).xirr,
    ).toBeNull();
  });

  it('takes the root nearest 0 of several, and says so', () => {
    // −100(1 − 1.1v)(1 − 1.5v): 10 % and 50 %.
    const two = flows(['2009-01-01', -100], ['2010-01-01', 260], ['2011-01-01', -165]);
    const result = moneyWeightedReturn(two);
    expect(result.xirr).toBeCloseTo(0.1, 10);
    expect(result.multiple_roots).toBe(true);
    // −100(1 − 0.5v)(1 − 1.4v): −50 % and 40 %, 40 % is nearer.
    expect(
      moneyWeightedReturn(flows(['2009-01-01', -100], ['2010-01-01', 190], ['2011-01-01', -70])).xirr,
    ).toBeCloseTo(0.4, 10);
  });

  it('reaches rates near −1 and very large ones', () => {
    expect(moneyWeightedReturn(flows(['2011-01-01', -1e6], ['2012-01-01', 1])).xirr).toBeCloseTo(
      -0.999999,
      12,
    );
    const day = moneyWeightedReturn(flows(['2011-01-01', -100], ['2011-01-02', 110]));
    expect((day.xirr as number) / 1.1 ** 365).toBeCloseTo(1, 9);
    expect(day.period_return).toBeCloseTo(0.1, 12);
  });

  it('has no figure that a double does not hold', () => {
    const huge = moneyWeightedReturn(flows(['1990-01-01', -1e-200], ['2020-01-01', 1e200]));
    expect(huge).toMatchObject({ xirr: null, reason: 'NO_ROOT' });
    const sums = moneyWeightedReturn(
      flows(['1990-01-01', -1e308], ['1990-01-01', -1e308], ['2020-01-01', 1e308]),
    );
    for (const value of Object.values(sums)) expect([Infinity, -Infinity, NaN]).not.toContain(value);
  });

  it('solves ordinary flows fast', () => {
    // 40,000 a second outside jest; the limit only tells a scan that has become slow.
    const start = performance.now();
    for (let round = 0; round < 500; round++) moneyWeightedReturn(excel);
    expect(performance.now() - start).toBeLessThan(3000);
  });

  it('says why Modified Dietz has no capital to divide by', () => {
    const result = moneyWeightedReturn(flows(['2011-01-01', -100], ['2011-06-01', 300], ['2012-01-01', 5]));
    expect(result.modified_dietz).toBeNull();
    expect(result.reasons).toEqual({ modified_dietz: 'ZERO_START' });
  });
});

/** A deposit, then flows of both signs. */
const investment = fc.array(
  fc.record({ day: fc.integer({ min: 1, max: 5000 }), amount: fc.integer({ min: -1000, max: 1500 }) }),
  { minLength: 1, maxLength: 10 },
);
const dated = (rows: { day: number; amount: number }[]): CashFlow[] => [
  { date: '2000-01-01', amount: -1000 },
  ...rows.map(({ day, amount }) => ({ date: addDays('2000-01-01', day), amount })),
];

describe('invariants of the money-weighted return', () => {
  const near = (actual: number | null, expected: number | null) => {
    if (expected === null || actual === null) expect(actual).toBe(expected);
    else expect(Math.abs(actual - expected)).toBeLessThan(1e-7 * (1 + Math.abs(expected)));
  };

  it('discounts its flows to nothing', () => {
    fc.assert(
      fc.property(investment, (rows) => {
        const given = dated(rows);
        const { xirr, npv_residual } = moneyWeightedReturn(given);
        if (xirr === null || npv_residual === null || xirr < -0.5) return;
        const size = given.reduce((sum, { amount }) => sum + Math.abs(amount), 0);
        expect(Math.abs(npv_residual)).toBeLessThanOrEqual(1e-9 * size);
        const npv = given.reduce(
          (sum, { date, amount }) =>
            sum + amount * (1 + xirr) ** (-(Date.parse(date) - Date.parse('2000-01-01')) / 86_400_000 / 365),
          0,
        );
        expect(Math.abs(npv)).toBeLessThanOrEqual(1e-8 * size);
      }),
    );
  });

  it('does not change with order, sign, size or date of all flows', () => {
    fc.assert(
      fc.property(investment, fc.constantFrom(...dayCounts.slice(0, 2)), (rows, dayCount) => {
        const given = dated(rows).filter(({ amount }) => amount !== 0);
        const of = (change: (flow: CashFlow) => CashFlow) =>
          moneyWeightedReturn(given.map(change), {}, dayCount);
        const { xirr, modified_dietz } = of((flow) => flow);
        near(moneyWeightedReturn([...given].reverse(), {}, dayCount).xirr, xirr);
        for (const result of [
          of(({ date, amount }) => ({ date, amount: -amount })),
          of(({ date, amount }) => ({ date, amount: amount * 37 })),
          of(({ date, amount }) => ({ date: addDays(date, 1234), amount })),
        ]) {
          near(result.xirr, xirr);
          near(result.modified_dietz, modified_dietz);
        }
      }),
    );
  });
});
