/** Wash sales, counted by hand, and sums that hold for any list of sales. */
import fc from 'fast-check';
import { addDays } from './dates';
import { Decimal } from './decimal';
import { type SoldPart, washSales } from './wash-sales';

const sold = (date: string, acquired_on: string, quantity: number, gain: number): SoldPart => ({
  ...{ security_id: 'S', symbol: 'S', date, acquired_on },
  ...{ quantity: new Decimal(quantity), gain: new Decimal(gain) },
});
const bought = (date: string, quantity: number) => ({
  ...{ security_id: 'S', date },
  quantity: new Decimal(quantity),
});
const found = (parts: SoldPart[], purchases: ReturnType<typeof bought>[]) =>
  washSales(parts, purchases, 30).map(({ matched, disallowed, allowed }) => [
    matched.toFixed(),
    disallowed.toFixed(),
    allowed.toFixed(),
  ]);

const first = bought('2012-01-03', 100);
const loss = sold('2012-06-01', '2012-01-03', 100, -500);

it('disallows the part of the loss whose shares were bought back: 40 of 100 shares, 200 of 500', () => {
  expect(found([loss], [first, bought('2012-06-20', 40)])).toEqual([['40', '200', '300']]);
});

it.each([
  ['2012-05-02', 1],
  ['2012-05-01', 0],
  ['2012-07-01', 1],
  ['2012-07-02', 0],
])('a purchase on %s counts %d times: 30 days before and after, inclusive', (day, times) => {
  expect(found([loss], [first, bought(day, 10)])).toHaveLength(times);
});

it('takes no gain, nothing that the sale itself sold, and each bought share once', () => {
  expect(found([sold('2012-06-01', '2012-01-03', 100, 500)], [first, bought('2012-06-02', 100)])).toEqual([]);
  expect(found([sold('2012-01-20', '2012-01-03', 100, -500)], [first])).toEqual([]);
  const later = sold('2012-06-10', '2012-01-04', 50, -100);
  const purchases = [first, bought('2012-01-04', 50), bought('2012-06-20', 120)];
  expect(found([loss, later], purchases)).toEqual([
    ['100', '500', '0'],
    ['20', '40', '60'],
  ]);
});

it('whatever is sold: allowed and disallowed are the loss, and what is added to costs is what is disallowed', () => {
  const row = fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 50 }));
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), fc.array(row, { maxLength: 8 }), (sales, buys) => {
      const parts = sales.map(([day, n]) => sold(addDays('2012-03-01', day), '2012-01-03', n, -7 * n));
      const purchases = [
        bought('2012-01-03', 1000),
        ...buys.map(([day, n]) => bought(addDays('2012-03-01', day), n)),
      ];
      const all = washSales(parts, purchases, 30);
      for (const { loss: whole, allowed, disallowed, matched, quantity, replacements } of all) {
        expect(allowed.plus(disallowed).equals(whole)).toBe(true);
        expect(matched.lte(quantity) && allowed.gte(0)).toBe(true);
        expect(
          replacements.reduce((sum, one) => sum.plus(one.quantity), new Decimal(0)).equals(matched),
        ).toBe(true);
      }
      const used = all.flatMap(({ replacements }) => replacements);
      const total = used.reduce((sum, { quantity }) => sum + quantity.toNumber(), 0);
      expect(total).toBeLessThanOrEqual(buys.reduce((sum, [, n]) => sum + n, 0));
    }),
  );
});
