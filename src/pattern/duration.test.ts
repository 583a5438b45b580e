import { toMilliseconds } from './duration';

describe('durations', () => {
  it.each([
    ['PT10S', 10_000],
    ['PT1H30M', 5_400_000],
    ['P1D', 86_400_000],
    ['PT0.3S', 300],
    ['200ms', 200],
    ['2m', 120_000],
  ])('%s is %i ms', (text, expected) => {
    expect(toMilliseconds(text)).toBe(expected);
  });

  it.each(['', 'P', 'PT', '10', 'PT-1S', '0s', 'PT0S', '1y'])('refuse "%s"', (text) => {
    expect(() => toMilliseconds(text)).toThrow(RangeError);
  });
});
