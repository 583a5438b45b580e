import { rubric } from './rating-rubric';
import { gradeOf, rateHolding, ratePortfolio, scoreComponent } from './ratings';

const perfect = Object.fromEntries(rubric.map(({ name, steps }) => [name, steps[0]?.[0] as number]));
const share = (symbol: string, value: string | null) => ({ symbol, asset_class: 'equity' as const, value });

describe('quality ratings', () => {
  it('weigh their components to one', () => {
    expect(rubric.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  it('meet a threshold at its very value', () => {
    for (const component of rubric) {
      for (const [threshold, points] of component.steps)
        expect(scoreComponent(component, threshold)).toBe(points);
      const worse = component.better === 'higher' ? -1 : 1000;
      expect(scoreComponent(component, worse)).toBe(component.otherwise);
    }
  });

  it('are withheld when an input is missing, and say which: no data earns no credit', () => {
    const { payout_ratio: _left, ...rest } = perfect;
    expect(rateHolding('AAPL', rest)).toEqual({
      symbol: 'AAPL',
      overall: null,
      missing: ['payout_ratio'],
      reasons: { overall: 'MISSING_INPUT' },
    });
    expect(rateHolding('AAPL').missing).toHaveLength(rubric.length);
  });

  it('of a portfolio are weighed by value, without cash', () => {
    const weak = Object.fromEntries(
      rubric.map(({ name, better }) => [name, better === 'higher' ? -1 : 1000]),
    );
    const known = new Map([
      ['A', perfect],
      ['B', weak],
    ]);
    const cash = { symbol: 'CAD', asset_class: 'cash' as const, value: '1000' };
    const [a, b] = [rateHolding('A', perfect).overall as number, rateHolding('B', weak).overall as number];
    const { overall, grade, ratings } = ratePortfolio([share('A', '300'), share('B', '100'), cash], known);
    expect(ratings.map(({ symbol }) => symbol)).toEqual(['A', 'B']);
    expect(overall).toBeCloseTo(0.75 * a + 0.25 * b, 12);
    expect(grade).toBe('B');
  });

  it.each([
    ['a rating', [share('A', '1'), share('B', '1')], 'MISSING_INPUT'],
    ['a value', [share('A', null)], 'NO_QUOTE'],
    ['a value above 0', [share('A', '0')], 'ZERO_TOTAL'],
    ['a security', [], 'NO_HOLDINGS'],
  ])('of a portfolio are withheld without %s', (_what, holdings, code) => {
    expect(ratePortfolio(holdings, new Map([['A', perfect]]))).toMatchObject({
      overall: null,
      grade: null,
      reasons: { overall: code, grade: code },
    });
    expect(ratePortfolio([]).ratings).toEqual([]);
  });

  it.each([
    [10, 'A'],
    [9, 'A'],
    [8.99, 'B'],
    [7, 'C'],
    [6, 'D'],
    [0, 'F'],
  ])('%d is grade %s', (overall, grade) => {
    expect(gradeOf(overall)).toBe(grade);
  });
});
