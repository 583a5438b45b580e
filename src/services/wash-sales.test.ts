/** Wash sales, counted by hand, and sums that hold for any list of sales. */
import fc from 'fast-check';
import { addDays } from './dates';
import { Decimal, sum } from './decimal';
import { type SoldPart, washSales } from './wash-sales';

const decimal = (value: number): Decimal => new Decimal(value);
const sold = (date: string, acquired_on: string, quantity: number, gain: number, growth = 1): SoldPart => ({
  ...{ security_id: 'S', symbol: 'S', date, acquired_on },
  ...{ quantity: decimal(quantity), shares: decimal(quantity * growth), gain: decimal(gain) },
});
const bought = (date: string, quantity: number, growth = 1) => ({
  ...{ security_id: 'S', date },
  ...{ quantity: decimal(quantity), shares: decimal(quantity * growth) },
});
const find = (parts: SoldPart[], purchases: ReturnType<typeof bought>[]) => washSales(parts, purchases, 30);
const found = (parts: SoldPart[], purchases: ReturnType<typeof bought>[]) =>
  find(parts, purchases).washes.map(({ matched, disallowed, allowed }) => [
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

it('sold on the same day, an older and a younger lot replace nothing of each other', () => {
  const parts = [sold('2012-06-01', '2012-01-03', 100, -500), sold('2012-06-01', '2012-05-20', 40, -80)];
  expect(found(parts, [first, bought('2012-05-20', 40)])).toEqual([]);
});

it('counts shares after a split in the window: 80 bought after 2 for 1 replace 40 of 100', () => {
  const beforeSplit = [bought('2012-01-03', 100, 2), bought('2012-06-20', 80)];
  const { washes } = find([sold('2012-06-01', '2012-01-03', 100, -500, 2)], beforeSplit);
  expect(washes).toMatchObject([
    { matched: decimal(40), disallowed: decimal(200), replacements: [{ quantity: decimal(80) }] },
  ]);
});

it('counts shares before a split as of their own day: 40 bought before 2 for 1 replace 80 of 200', () => {
  const purchases = [bought('2012-01-03', 100, 2), bought('2012-05-20', 40, 2)];
  const { washes } = find([sold('2012-06-01', '2012-01-03', 200, -500)], purchases);
  expect(washes).toMatchObject([
    { matched: decimal(80), disallowed: decimal(200), replacements: [{ quantity: decimal(40) }] },
  ]);
});

it('releases what a cost carries when those shares are sold: the others of their day leave first', () => {
  const purchases = [first, bought('2012-06-20', 160)];
  const sales = [
    loss,
    sold('2012-09-01', '2012-06-20', 60, 10),
    sold('2012-10-01', '2012-06-20', 50, 10),
    sold('2012-11-01', '2012-06-20', 50, 10),
  ];
  const { released, purchases: days } = find(sales, purchases);
  expect(released.map(({ sold_on, released: amount }) => [sold_on, amount.toFixed()])).toEqual([
    ['2012-10-01', '250'],
    ['2012-11-01', '250'],
  ]);
  expect(days.get('S')?.get('2012-06-20')?.carried.toFixed()).toBe('0');
});

it('a released loss can be washed again: a gain of 100 becomes a loss of 400, of which half is disallowed', () => {
  const again = sold('2012-09-01', '2012-06-20', 100, 100);
  const purchases = [first, bought('2012-06-20', 100), bought('2012-09-10', 50)];
  expect(found([loss, again], purchases)).toEqual([
    ['100', '500', '0'],
    ['50', '200', '200'],
  ]);
});

it('tells of a loss that nothing replaced, for a later purchase still can', () => {
  const { unmatched } = find([loss], [first, bought('2012-06-20', 40)]);
  expect(unmatched).toMatchObject([{ sold_on: '2012-06-01', shares: decimal(60), loss: decimal(300) }]);
});

it('rounds the parts of a loss to no more than the loss', () => {
  const third = sold('2012-06-01', '2012-01-03', 3, -200);
  const purchases = [first, bought('2012-06-10', 1), bought('2012-06-11', 1), bought('2012-06-12', 1)];
  const [wash] = find([third], purchases).washes;
  expect([wash?.disallowed.toFixed(), wash?.allowed.toFixed()]).toEqual(['200', '0']);
});

it('whatever is sold: losses are allowed, disallowed or carried on, and none is counted twice', () => {
  const row = fc.record({
    day: fc.integer({ min: 0, max: 90 }),
    count: fc.integer({ min: 1, max: 50 }),
    of: fc.nat(8),
    gain: fc.integer({ min: -20, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), fc.array(row, { maxLength: 8 }), (sales, buys) => {
      const purchases = [
        bought('2012-01-03', 1000),
        ...buys.map(({ day, count }) => bought(addDays('2012-03-01', day), count)),
      ];
      const left = new Map(purchases.map(({ date }) => [date, 0]));
      for (const { date, quantity } of purchases) left.set(date, (left.get(date) ?? 0) + quantity.toNumber());
      const parts = [...sales]
        .sort((a, b) => a.day - b.day)
        .flatMap(({ day, count, of, gain }) => {
          const date = addDays('2012-03-01', day);
          const from = purchases[of % purchases.length]?.date ?? '';
          const quantity = Math.min(count, left.get(from) ?? 0);
          if (quantity === 0 || from > date) return [];
          left.set(from, (left.get(from) ?? 0) - quantity);
          return [sold(date, from, quantity, gain * quantity)];
        });
      const { washes, released, purchases: days } = find(parts, purchases);
      for (const { loss: whole, allowed, disallowed, matched, quantity, replacements } of washes) {
        expect(allowed.plus(disallowed).equals(whole)).toBe(true);
        expect(matched.lte(quantity) && allowed.gte(0)).toBe(true);
        expect(sum(replacements.map((one) => one.quantity)).equals(matched)).toBe(true);
      }
      const matched = sum(washes.map((wash) => wash.matched));
      expect(matched.lte(sum(purchases.slice(1).map(({ quantity }) => quantity)))).toBe(true);
      const carried = sum([...(days.get('S')?.values() ?? [])].map((day) => day.carried));
      const disallowed = sum(washes.map((wash) => wash.disallowed));
      expect(carried.plus(sum(released.map((one) => one.released))).equals(disallowed)).toBe(true);
    }),
  );
});
