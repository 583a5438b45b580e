import fc from 'fast-check';
import { addDays } from './dates';
import { chain, type FlowTiming, flowTimings, timeWeightedReturn, type ValuePoint } from './returns';

const day = (index: number) => addDays('2012-01-01', index);
const rows = (...points: Omit<ValuePoint, 'date'>[]): ValuePoint[] =>
  points.map((point, index) => ({ date: day(index), ...point }));
const returnsOf = (points: ValuePoint[], timing?: FlowTiming) =>
  timeWeightedReturn(points, timing).sub_periods.map((period) => period.return);

describe('time-weighted return', () => {
  it.each([
    ['end_of_day', 210 / 110 / 1 - 100 / 110 - 1],
    ['start_of_day', 210 / 210 - 1],
    ['in_start_out_end', 210 / 210 - 1],
    ['exact', 0],
  ] as const)('with flows %s', (timing, expected) => {
    const points = rows({ value: 110 }, { value: 210, inflow: 100, value_before_flow: 110 });
    expect(timeWeightedReturn(points, timing).cumulative).toBeCloseTo(expected, 15);
    expect(timeWeightedReturn(points, timing).flow_timing).toBe(timing);
  });

  it('puts an outflow at the end of the day with in_start_out_end', () => {
    expect(
      returnsOf(rows({ value: 100 }, { value: 60, inflow: 10, outflow: 50 }), 'in_start_out_end'),
    ).toEqual([0]);
  });

  it('takes the value less the flow where exact has no value before the flow', () => {
    expect(returnsOf(rows({ value: 100 }, { value: 210, inflow: 100 }), 'exact')[0]).toBeCloseTo(0.1, 15);
  });

  it('counts the first flow at the start of its day, so the fee of day one is not lost', () => {
    for (const timing of flowTimings) {
      expect(returnsOf(rows({ value: 0 }, { value: 990, inflow: 1000 }), timing)[0]).toBeCloseTo(-0.01, 15);
    }
  });

  it('counts the first flow so with exact too, where nothing was there before it', () => {
    const points = rows({ value: 0 }, { value: 990, inflow: 1000, value_before_flow: 0 });
    expect(returnsOf(points, 'exact')[0]).toBeCloseTo(-0.01, 15);
  });

  it('sees the flow with exact in the value before it, where none is given', () => {
    const points = rows(
      { value: 0 },
      { value: 1000, value_before_flow: 0 },
      { value: 1000, value_before_flow: 1100 },
    );
    const { sub_periods, warnings } = timeWeightedReturn(points, 'exact');
    expect(sub_periods.map((period) => period.return)).toEqual([0, expect.closeTo(0.1, 12)]);
    expect(warnings).toEqual([]);
  });

  it('has no return larger than a double holds', () => {
    expect(timeWeightedReturn(rows({ value: 1e-300 }, { value: 1e300 })).reasons).toEqual({
      cumulative: 'ZERO_START',
      annualised: 'ZERO_START',
    });
    const up = { value: 1e200, inflow: 1e200 - 1, value_before_flow: 1e200 };
    const points = rows({ value: 1 }, { ...up, value: 1 }, { ...up, value: 1 });
    expect(timeWeightedReturn(points, 'exact')).toMatchObject({
      cumulative: null,
      annualised: null,
      reasons: { cumulative: 'NO_ROOT' },
    });
  });

  it('stays 0 while the portfolio is empty, and goes on when it is refilled', () => {
    const points = rows(
      { value: 100 },
      { value: 0, outflow: 110 },
      { value: 0 },
      { value: 50, inflow: 50 },
      { value: 55 },
    );
    expect(timeWeightedReturn(points).cumulative).toBeCloseTo(0.21, 12);
    expect(timeWeightedReturn(points).warnings).toEqual([]);
  });

  it('reports a gain on no capital instead of dividing by it', () => {
    expect(timeWeightedReturn(rows({ value: 0 }, { value: 1 }, { value: 1 }))).toMatchObject({
      cumulative: 0,
      warnings: [{ date: day(1), code: 'GAIN_WITHOUT_CAPITAL' }],
    });
    expect(timeWeightedReturn(rows({ value: 0 }, { value: 0, outflow: 5 })).warnings).toHaveLength(1);
    expect(timeWeightedReturn(rows({ value: 0 }, { value: 0 })).warnings).toEqual([]);
  });

  it('leaves out a sub-period without positive capital, not the whole period', () => {
    const result = timeWeightedReturn(
      rows(
        { value: 100 },
        { value: 110 },
        { value: -10, outflow: 115 },
        { value: 20, inflow: 40 },
        { value: 22 },
      ),
    );
    expect(result.sub_periods[2]).toEqual({ date: day(3), return: null, reason: 'ZERO_START' });
    expect(result.warnings).toEqual([{ date: day(3), code: 'ZERO_START' }]);
    expect(result.cumulative).toBeCloseTo(1.1 * (105 / 110) * 1.1 - 1, 12);
  });

  it('does not chain a loss of more than everything', () => {
    expect(timeWeightedReturn(rows({ value: 100 }, { value: -50 }))).toMatchObject({
      cumulative: null,
      annualised: null,
      reasons: { cumulative: 'TOTAL_LOSS', annualised: 'TOTAL_LOSS' },
    });
    expect(returnsOf(rows({ value: 100 }, { value: 50, outflow: 200 }), 'start_of_day')).toEqual([null]);
  });

  it('knows a total loss', () => {
    expect(timeWeightedReturn(rows({ value: 100 }, { value: 0 }))).toMatchObject({
      cumulative: -1,
      annualised: -1,
    });
  });

  it('is not available from one valuation', () => {
    const result = timeWeightedReturn(rows({ value: 100 }));
    expect(result).toMatchObject({
      cumulative: null,
      days: 0,
      reasons: { cumulative: 'TOO_FEW_OBSERVATIONS' },
    });
    expect(timeWeightedReturn([]).cumulative).toBeNull();
  });

  it('annualises by calendar days', () => {
    const result = timeWeightedReturn([
      { date: '2011-03-01', value: 100 },
      { date: '2013-02-28', value: 121 },
    ]);
    expect(result.days).toBe(730);
    expect(result.annualised).toBeCloseTo(0.1, 12);
  });
});

/** Daily returns of the market, a flow at the end of each day. */
const market = fc.array(
  fc.tuple(fc.double({ min: -0.1, max: 0.1, noNaN: true }), fc.double({ min: -0.3, max: 0.5, noNaN: true })),
  { minLength: 1, maxLength: 40 },
);
function portfolio(days: [number, number][], start: number, withFlows: boolean): ValuePoint[] {
  const points: ValuePoint[] = [{ date: day(0), value: start }];
  for (const [index, [growth, share]] of days.entries()) {
    const before = (points[index] as ValuePoint).value * (1 + growth);
    const flow = withFlows ? before * share : 0;
    points.push({
      date: day(index + 1),
      value: before + flow,
      inflow: Math.max(flow, 0),
      outflow: Math.max(-flow, 0),
      value_before_flow: before,
    });
  }
  return points;
}

describe('invariants of the time-weighted return', () => {
  it('is that of the market, whatever the flows and the size', () => {
    fc.assert(
      fc.property(market, fc.double({ min: 1, max: 1e6, noNaN: true }), (days, start) => {
        const expected = chain(days.map(([growth]) => growth));
        for (const timing of ['end_of_day', 'exact'] as const) {
          expect(timeWeightedReturn(portfolio(days, start, true), timing).cumulative).toBeCloseTo(
            expected,
            9,
          );
          expect(timeWeightedReturn(portfolio(days, 1, false), timing).cumulative).toBeCloseTo(expected, 9);
        }
      }),
    );
  });

  it('does not change with a flow on the last day', () => {
    fc.assert(
      fc.property(market, fc.double({ min: 1, max: 1e6, noNaN: true }), (days, flow) => {
        const points = portfolio(days, 1000, false);
        const last = points.at(-1) as ValuePoint;
        const withFlow = [
          ...points.slice(0, -1),
          { date: last.date, value: last.value + flow, inflow: flow },
        ];
        expect(timeWeightedReturn(withFlow).cumulative).toBeCloseTo(
          timeWeightedReturn(points).cumulative as number,
          9,
        );
      }),
    );
  });

  it('chains over any cut of the period', () => {
    fc.assert(
      fc.property(market, fc.nat(), (days, at) => {
        const points = portfolio(days, 100, true);
        const cut = at % points.length;
        const parts = [points.slice(0, cut + 1), points.slice(cut)].map(
          (part) => timeWeightedReturn(part).cumulative ?? 0,
        );
        expect(chain(parts)).toBeCloseTo(timeWeightedReturn(points).cumulative as number, 9);
      }),
    );
  });
});
