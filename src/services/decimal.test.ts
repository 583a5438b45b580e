import fc from 'fast-check';
import { Decimal, decimalText, roundMoney, sum } from './decimal';
import { DecimalString } from '../contract/scalars';

const pattern = new RegExp(DecimalString.pattern as string);

describe('decimals', () => {
  it.each([
    ['1e21', '1000000000000000000000'],
    ['1e-9', '0.000000001'],
    ['-0', '0'],
    ['12.3400', '12.34'],
    ['-0.5', '-0.5'],
  ])('writes %s as %s', (value, text) => {
    expect(decimalText(new Decimal(value))).toBe(text);
  });

  it('rounds ties to even', () => {
    expect(decimalText(roundMoney(new Decimal('0.00000000005')))).toBe('0');
    expect(decimalText(roundMoney(new Decimal('0.00000000015')))).toBe('0.0000000002');
  });

  it('adds without losing a digit', () => {
    expect(decimalText(sum(['0.1', '0.2', '100000000000000000000'].map((text) => new Decimal(text))))).toBe(
      '100000000000000000000.3',
    );
    expect(decimalText(sum([]))).toBe('0');
  });

  it('always writes what the wire accepts', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(decimalText(new Decimal(value))).toMatch(pattern);
      }),
    );
  });
});
