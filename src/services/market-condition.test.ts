import { marketCondition } from './market-condition';

describe('the market condition', () => {
  it.each([
    [0, 'ALL_TIME_HIGH'],
    ['-0.004', 'ALL_TIME_HIGH'],
    [0.01, 'ALL_TIME_HIGH'],
    [-0.005, 'NEUTRAL_MARKET'],
    ['-0.01', 'NEUTRAL_MARKET'],
    [-0.1949, 'NEUTRAL_MARKET'],
    [-0.195, 'BEAR_MARKET'],
    [-0.2, 'BEAR_MARKET'],
    [-1, 'BEAR_MARKET'],
  ])('%j from the high is %s', (distance, condition) => {
    expect(marketCondition(distance).condition).toBe(condition);
  });

  it('refuses a loss of more than everything', () => {
    expect(() => marketCondition(-20)).toThrow('/distance_from_high:');
  });

  it('has no negative zero', () => {
    expect(Object.is(marketCondition(-0.001).distance, 0)).toBe(true);
  });
});
