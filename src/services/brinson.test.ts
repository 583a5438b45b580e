import fc from 'fast-check';
import { attributeSegments, linkCarino, type Segments } from './brinson';

/** C. Bacon, tables 5.2 and 5.3. */
const quarters: Segments[] = [
  {
    weights_portfolio: [0.4, 0.3, 0.3],
    weights_benchmark: [0.4, 0.2, 0.4],
    returns_portfolio: [0.2, -0.05, 0.06],
    returns_benchmark: [0.1, -0.04, 0.08],
  },
  {
    weights_portfolio: [0.7, 0.2, 0.1],
    weights_benchmark: [0.4, 0.3, 0.3],
    returns_portfolio: [-0.05, 0.03, -0.05],
    returns_benchmark: [-0.07, 0.04, -0.1],
  },
];
const expectAll = (actual: number[], expected: number[]) => {
  expect(actual).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) expect(actual[index]).toBeCloseTo(value, 12);
};

describe('Brinson-Fachler attribution', () => {
  it('gives Bacon’s effects, the interaction apart', () => {
    const result = attributeSegments(quarters[0] as Segments);
    expectAll(result.allocation, [0, -0.0104, -0.0016]);
    expectAll(result.selection, [0.04, -0.002, -0.008]);
    expectAll(result.interaction, [0, -0.001, 0.002]);
    expect(result.total).toBeCloseTo(0.019, 12);
    expect(result.portfolio_return).toBeCloseTo(0.083, 12);
    expect(result.benchmark_return).toBeCloseTo(0.064, 12);
  });

  it('counts the interaction as selection where that is asked', () => {
    const result = attributeSegments(quarters[0] as Segments, 'selection');
    expectAll(result.selection, [0.04, -0.003, -0.006]);
    expect(result.interaction).toEqual([0, 0, 0]);
    expect(result.total).toBeCloseTo(0.019, 12);
  });

  it('selects nothing in a segment that one side does not hold', () => {
    const result = attributeSegments({
      weights_portfolio: [1, 0],
      weights_benchmark: [0.5, 0.5],
      returns_portfolio: [0.1, null],
      returns_benchmark: [0.1, 0.02],
    });
    expectAll(result.selection, [0, 0]);
    expectAll(result.allocation, [0.02, 0.02]);
    const unlisted = attributeSegments({
      weights_portfolio: [0.5, 0.5],
      weights_benchmark: [1, 0],
      returns_portfolio: [0.1, 0.3],
      returns_benchmark: [0.1, null],
    });
    expectAll(unlisted.allocation, [0, 0.1]);
    expect(unlisted.total).toBeCloseTo(0.1, 12);
  });

  it('links so that the effects add up to the difference of the compounded returns', () => {
    const linked = linkCarino(quarters.map((quarter) => attributeSegments(quarter)));
    if ('reason' in linked) throw new Error(linked.reason);
    expect(linked.portfolio_return).toBeCloseTo(1.083 * 0.966 - 1, 12);
    expect(linked.total).toBeCloseTo(1.083 * 0.966 - 1.064 * 0.954, 12);
    // k₁ = 0.0177/0.019 and k₂ = 0.0125/0.012 over k of the whole, with the logarithms written out.
    expect(linked.allocation[1]).toBeCloseTo(
      (-0.0104 * (Math.log(1.083 / 1.064) / 0.019) - 0.0086 * (Math.log(0.966 / 0.954) / 0.012)) /
        (Math.log((1.083 * 0.966) / (1.064 * 0.954)) / (1.083 * 0.966 - 1.064 * 0.954)),
      12,
    );
    expect(linked.sums.allocation + linked.sums.selection + linked.sums.interaction).toBeCloseTo(
      linked.total,
      12,
    );
  });

  it('links one period to itself', () => {
    const period = attributeSegments(quarters[0] as Segments);
    const linked = linkCarino([period]);
    expect(linked).toMatchObject({ total: expect.closeTo(0.019, 12) as number });
    if (!('reason' in linked)) expectAll(linked.selection, period.selection);
  });

  it('does not link over a total loss', () => {
    const lost = attributeSegments({
      weights_portfolio: [1],
      weights_benchmark: [1],
      returns_portfolio: [-1],
      returns_benchmark: [0.1],
    });
    expect(linkCarino([lost])).toEqual({ reason: 'NO_ROOT' });
  });

  it('adds up to the active return, in each period and linked', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 3 });
    const returns = fc.array(fc.double({ min: -0.5, max: 0.8, noNaN: true }), { minLength: 3, maxLength: 3 });
    const share = (parts: number[]) => {
      const sum = parts.reduce((total, part) => total + part + 1, 0);
      return parts.map((part) => (part + 1) / sum);
    };
    const period = fc.tuple(weights, weights, returns, returns).map(([wp, wb, rp, rb]) =>
      attributeSegments({
        weights_portfolio: share(wp),
        weights_benchmark: share(wb),
        returns_portfolio: rp,
        returns_benchmark: rb,
      }),
    );
    fc.assert(
      fc.property(fc.array(period, { minLength: 1, maxLength: 6 }), (periods) => {
        for (const one of periods)
          expect(one.total).toBeCloseTo(one.portfolio_return - one.benchmark_return, 12);
        const linked = linkCarino(periods);
        if ('reason' in linked) throw new Error(linked.reason);
        expect(linked.total).toBeCloseTo(linked.portfolio_return - linked.benchmark_return, 10);
      }),
    );
  });
});
