import fc from 'fast-check';
import { benchmark, portfolio } from '../../tests/support/bacon';
import { componentRisk } from './component-risk';
import { riskStatistics } from './risk-statistics';

const near = (value: number): number => expect.closeTo(value, 12) as number;

describe('component risk', () => {
  it('two assets that move apart, by hand', () => {
    // a ±0.1, b 0: portfolio ±0.05, σ = 0.05 of the population; all risk is a's.
    const { value_at_risk, components } = componentRisk({
      returns: { a: [0.1, -0.1], b: [0, 0] },
      weights: { a: 0.5, b: 0.5 },
    });
    expect(value_at_risk).toEqual(near(-1.6448536269514722 * 0.05));
    expect(components).toEqual({
      a: { value_at_risk: near(-1.6448536269514722 * 0.05) },
      b: { value_at_risk: 0 },
    });
  });

  it('a hedge has a component that lowers the risk', () => {
    const { components } = componentRisk({
      returns: { a: [0.1, -0.1], hedge: [-0.04, 0.04] },
      weights: { a: 1, hedge: 1 },
      confidence: 0.99,
    });
    expect(components['hedge']?.value_at_risk).toEqual(near(2.3263478740408408 * 0.04));
  });

  it('is the Gaussian value at risk of the weighted series, and its parts add up to it', () => {
    const row = fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { minLength: 3, maxLength: 3 });
    const weight = fc.double({ min: -1, max: 2, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 2, maxLength: 30 }),
        fc.tuple(weight, weight, weight),
        (rows, [a, b, c]) => {
          const of = (k: number) => rows.map((values) => values[k] as number);
          const risk = componentRisk({
            returns: { a: of(0), b: of(1), c: of(2) },
            weights: { a, b, c },
            confidence: 0.9,
          });
          const sum = Object.values(risk.components).reduce(
            (all, one) => all + (one.value_at_risk as number),
            0,
          );
          expect(Math.abs(sum - (risk.value_at_risk as number))).toBeLessThan(1e-9);
          const series = rows.map((values) => {
            const [x, y, z] = values;
            return a * (x as number) + b * (y as number) + c * (z as number);
          });
          const whole = riskStatistics({ returns: series, confidence: 0.9 }).value_at_risk.gaussian as number;
          expect(Math.abs(whole - (risk.value_at_risk as number))).toBeLessThan(1e-12);
        },
      ),
    );
  });

  it('a row with a gap is left out', () => {
    const gaps = componentRisk({
      returns: { a: [0.1, null, -0.1], b: [0, 9, 0] },
      weights: { a: 0.5, b: 0.5 },
    });
    expect(gaps).toMatchObject({
      value_at_risk: near(-1.6448536269514722 * 0.05),
      observations: 2,
      dropped: 1,
    });
  });

  it('nothing that moves: the mean', () => {
    const { value_at_risk, components } = componentRisk({
      returns: { a: [0.01, 0.01], b: portfolio.slice(0, 2) },
      weights: { a: 1, b: 0 },
    });
    expect(value_at_risk).toEqual(near(0.01));
    expect(components).toEqual({ a: { value_at_risk: near(0.01) }, b: { value_at_risk: 0 } });
  });

  it('too few observations', () => {
    expect(componentRisk({ returns: { a: [0.1] }, weights: { a: 1 } })).toMatchObject({
      value_at_risk: null,
      components: { a: { value_at_risk: null } },
      reasons: { value_at_risk: 'TOO_FEW_OBSERVATIONS', 'components.a': 'TOO_FEW_OBSERVATIONS' },
    });
  });

  it.each([
    [{ returns: { a: [0.1], b: [0.1] }, weights: { a: 1 } }, '/weights has none for b'],
    [{ returns: { a: [0.1] }, weights: { a: 1, b: 1 } }, '/weights/b has no returns'],
    [
      { returns: { a: portfolio, b: benchmark.slice(1) }, weights: { a: 1, b: 1 } },
      '/returns/b has 23 values',
    ],
  ])('refuses: %#', (args, message) => {
    expect(() => componentRisk(args as Parameters<typeof componentRisk>[0])).toThrow(message);
  });
});
