import fc from 'fast-check';
import { Decimal, decimalText } from './decimal';
import { divideFixed, fixedNumber, fixedText, parseFixed } from './fixed';

const texts = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 25 }))
  .map(([digits, places]) => new Decimal(digits.toString()).div(new Decimal(10).pow(places)).toFixed());

describe('fixed-point decimals', () => {
  it.each([
    ['0', 0n],
    ['-0.5', -500_000_000_000_000_000n],
    ['12.34', 12_340_000_000_000_000_000n],
    ['0.0000000000000000005', 0n],
    ['0.0000000000000000015', 2n],
    ['-0.0000000000000000015', -2n],
  ])('reads %s as %i', (text, value) => {
    expect(parseFixed(text)).toBe(value);
  });

  it.each([
    [0n, '0'],
    [-5n, '-0.0005'],
    [123_400n, '12.34'],
    [-120_000n, '-12'],
  ])('writes %i at four places as %s', (value, text) => {
    expect(fixedText(value, 4)).toBe(text);
  });

  it('reads and writes what decimal.js does, rounded to 18 places', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(fixedText(parseFixed(text), 18)).toBe(decimalText(new Decimal(text).toDecimalPlaces(18)));
      }),
    );
  });

  it('divides as decimal.js does, rounding ties to even', () => {
    const integers = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    fc.assert(
      fc.property(integers, fc.bigInt({ min: 1n, max: 10n ** 9n }), (a, b) => {
        const expected = new Decimal(a.toString()).div(b.toString()).toDecimalPlaces(0);
        expect(divideFixed(a, b).toString()).toBe(decimalText(expected));
      }),
    );
    expect([5n, 15n, 25n, -5n, -15n].map((a) => divideFixed(a, 10n))).toEqual([0n, 2n, 2n, 0n, -2n]);
  });

  it('becomes the nearest double', () => {
    expect(fixedNumber(parseFixed('0.1'), 18)).toBe(0.1);
    expect(fixedNumber(parseFixed('-123456.789'), 18)).toBeCloseTo(-123456.789, 9);
  });
});
