import fc from 'fast-check';
import { Decimal, roundMoney, sum } from './decimal';
import { roundTogether, shareOut } from './share-out';

const decimals = (texts: string[]): Decimal[] => texts.map((text) => new Decimal(text));
const texts = (amounts: Decimal[]): string[] => amounts.map((amount) => amount.toFixed());

it('shares in proportion; the last part takes what rounding leaves', () => {
  expect(texts(shareOut(new Decimal(1), decimals(['1', '1', '1'])))).toEqual([
    '0.3333333333',
    '0.3333333333',
    '0.3333333334',
  ]);
  expect(texts(shareOut(new Decimal(5), decimals(['0', '0'])))).toEqual(['0', '5']);
  expect(shareOut(new Decimal(5), [])).toEqual([]);
});

it('rounds a sum once: the least unit goes where most was taken away, what was round stays', () => {
  expect(texts(roundTogether(decimals(['0.00000000004', '7', '0.00000000004'])))).toEqual([
    '0.0000000001',
    '7',
    '0',
  ]);
  expect(texts(roundTogether(decimals(['0.00000000006', '7', '0.00000000006'])))).toEqual([
    '0',
    '7',
    '0.0000000001',
  ]);
  expect(roundTogether([])).toEqual([]);
});

const amount = fc
  .bigInt({ min: -(10n ** 25n), max: 10n ** 25n })
  .map((units) => new Decimal(units.toString()).div('1e16'));

it('always keeps the rounded sum, and no amount moves by a unit or more', () => {
  fc.assert(
    fc.property(fc.array(amount, { maxLength: 20 }), (amounts) => {
      const rounded = roundTogether(amounts);
      expect(sum(rounded).toFixed()).toBe(roundMoney(sum(amounts)).toFixed());
      for (const [index, value] of rounded.entries()) {
        expect(value.decimalPlaces()).toBeLessThanOrEqual(10);
        expect(
          value
            .minus(amounts[index] as Decimal)
            .abs()
            .lessThan('1e-10'),
        ).toBe(true);
      }
    }),
  );
});
