import { annualCovariance, leastReturns } from './trade-covariance';

/** a swings by ±1 %, b by twice that against it, so every square is the same. */
const swing = (days: number, size: number): number[] =>
  Array.from({ length: days }, (_, day) => (day % 2 === 0 ? size : -size));
const asset = (id: string, returns: (number | null)[]) => ({ id, weight: 0.5, returns });

describe('the annual covariance of daily returns', () => {
  it('is 252 times that of the sample, in the order that was asked for', () => {
    const assets = [asset('a', swing(60, 0.01)), asset('b', swing(60, -0.02))];
    // 60 squares of 0.0001 over 59, times 252.
    const own = (252 * 60 * 0.0001) / 59;
    const found = annualCovariance(assets, ['b', 'a']);
    if ('reason' in found) throw new Error(found.reason);
    const [[bb, ba], [ab, aa]] = found.covariance as [[number, number], [number, number]];
    expect(aa).toBeCloseTo(own, 14);
    expect(bb).toBeCloseTo(4 * own, 14);
    expect(ab).toBeCloseTo(-2 * own, 14);
    expect(ba).toBe(ab);
  });

  it('leaves out days on which one has no return: what is left of the other is its own', () => {
    const gaps = swing(122, 0.02).map((value, day) => (day < 62 ? null : value));
    const found = annualCovariance([asset('a', swing(122, 0.01)), asset('b', gaps)], ['a', 'b']);
    expect('covariance' in found && found.covariance[0]?.[0]).toBeCloseTo((252 * 60 * 0.0001) / 59, 14);
  });

  it.each([
    ['TOO_FEW_OBSERVATIONS', [asset('a', swing(leastReturns - 1, 0.01))], ['a']],
    ['TOO_FEW_OBSERVATIONS', [asset('a', swing(100, 0.01))], ['a', 'never held']],
    ['NO_HOLDINGS', [], []],
  ])('is not available: %s', (reason, assets, ids) => {
    expect(annualCovariance(assets, ids)).toEqual({ reason });
  });
});
