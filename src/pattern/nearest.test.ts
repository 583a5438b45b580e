import { nearest } from './nearest';

describe('nearest', () => {
  it('finds the name a typo meant', () => {
    expect(nearest('positons', ['positions', 'ratings'])).toBe('positions');
    expect(nearest('ledger.position', ['ledger.positions', 'ledger.lots'])).toBe('ledger.positions');
  });

  it('suggests nothing when nothing is near', () => {
    expect(nearest('zebra', ['positions', 'ratings'])).toBeNull();
    expect(nearest('x', [])).toBeNull();
    expect(nearest('a', ['b', 'xy'])).toBeNull();
    expect(nearest('x'.repeat(1_000_000), ['x'.repeat(1_000_000)])).toBeNull();
  });
});
