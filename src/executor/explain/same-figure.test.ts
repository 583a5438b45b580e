import { isSameFigure } from './same-figure';

describe('whether a figure is the stored one', () => {
  it.each([
    ['95038.0024373524', '95038.0024373524', 'money', true],
    ['95038.0024373524', '95038.0024373525', 'money', false],
    ['1.50', '1.5', 'price', true],
    [0.1, 0.1 + 1e-17, 'fraction', true],
    [0.1, 0.1000001, 'fraction', false],
    [1e-20, 0, 'fraction', true],
    [2.3e-11, 9.1e-12, 'basis_points', true],
    [0.01, 0.02, 'basis_points', false],
    [null, null, 'fraction', true],
    [null, 0, 'fraction', false],
    ['0', null, 'money', false],
    ['2013-02-28', '2013-02-27', 'date', false],
    [true, true, 'flag', true],
  ] as const)('%j and %j in %s: %j', (left, right, unit, same) => {
    expect(isSameFigure(left, right, unit)).toBe(same);
  });
});
