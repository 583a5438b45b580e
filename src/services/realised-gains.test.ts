import fc from 'fast-check';
import { addDays } from './dates';
import { Decimal, sum } from './decimal';
import type { LedgerTransaction } from './ledger-transactions';
import { replayLots } from './lots';
import type { LotClosure } from '../contract/ledger-rows';
import { type Realised, realiseSale } from './realised-gains';
import { totalGains } from './realised-totals';

const sale = (more: Partial<LedgerTransaction> = {}): LedgerTransaction => ({
  ...{ transaction_id: 's', row_ids: ['s'], date: '2020-03-01', entry: 1, type: 'SELL', security_id: 'x' },
  ...{ symbol: 'X', quantity: new Decimal(-10), amount: new Decimal(1500), currency: 'USD', narration: '' },
  ...{ counter_amount: null, counter_currency: null, line: 1, file: null, fee: new Decimal(5) },
  ...{ recorded_rate: null, reasons: {} },
  ...more,
});
const closure = (more: Partial<LotClosure> = {}): LotClosure => ({
  ...{ transaction_id: 's', lot_id: 'l', acquired_on: '2019-03-01', quantity: '10', closed_before: '0' },
  ...{ unit_cost_local: '100', currency: 'USD', fx_base_per_local: '1.3' },
  ...{ proceeds_local: '1500', proceeds_currency: 'USD' },
  ...more,
});
const at = (rate: string) => ({ rate: new Decimal(rate), quote_date: '2020-03-01' });
const textsOf = ({ lots: _lots, reasons: _reasons, ...amounts }: Realised) =>
  Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, amount?.toFixed() ?? null]));

it('is proceeds at the rate of the sale less cost at that of the purchase; the rate’s part is told, fees stand apart', () => {
  const realised = realiseSale(sale(), [closure()], at('1.1'));
  // 1500 × 1.1 − 1000 × 1.3; of it 1000 × (1.1 − 1.3).
  expect(textsOf(realised)).toEqual({
    proceeds_local: '1500',
    cost_local: '1000',
    gain_local: '500',
    gain_after_fees_local: '495',
    proceeds_base: '1650',
    cost_base: '1300',
    gain_base: '350',
    fx_gain_base: '-200',
    fee_base: '5.5',
    gain_after_fees_base: '344.5',
  });
  expect(realised.lots[0]).toMatchObject({ holding_days: 366, acquired_on: '2019-03-01' });
  expect(realised.reasons).toEqual({});
});

it.each([
  [
    'no rate on the day',
    {},
    {},
    { reason: 'BEFORE_FIRST_QUOTE' },
    ['proceeds_base', 'gain_base', 'fx_gain_base', 'fee_base'],
    'BEFORE_FIRST_QUOTE',
  ],
  [
    'no rate on the purchase',
    {},
    { fx_base_per_local: null },
    at('1'),
    ['cost_base', 'gain_base', 'fx_gain_base'],
    'NO_QUOTE',
  ],
  [
    'a cost in another currency',
    {},
    { currency: 'EUR' },
    at('1'),
    ['cost_local', 'gain_local', 'fx_gain_base'],
    'MIXED_CURRENCIES',
  ],
  [
    'unknown proceeds',
    { reasons: { amount: 'NO_SALE_PRICE' } },
    {},
    at('1'),
    ['proceeds_local', 'gain_local', 'gain_base'],
    'NO_SALE_PRICE',
  ],
  [
    'an unknown fee',
    { fee: null, reasons: { fee: 'MIXED_CURRENCIES' } },
    {},
    at('1'),
    ['fee_base', 'gain_after_fees_local', 'gain_after_fees_base'],
    'MIXED_CURRENCIES',
  ],
] as const)('with %s says what is missing, and why', (_what, ofSale, ofLot, rate, fields, code) => {
  const realised = realiseSale(sale(ofSale), [closure(ofLot)], rate);
  for (const field of fields)
    expect([field, realised[field], realised.reasons[field]]).toEqual([field, null, code]);
  const missing = Object.entries(realised).filter(([, amount]) => amount === null);
  expect(Object.keys(realised.reasons).sort()).toEqual(missing.map(([field]) => field).sort());
});

it('in another currency than the cost still has a gain in base', () => {
  const realised = realiseSale(sale(), [closure({ currency: 'EUR' })], at('1.1'));
  expect(realised.gain_base?.toFixed()).toBe('350');
});

it('shares proceeds without prices by shares', () => {
  const parts = [
    closure({ quantity: '4', proceeds_local: null }),
    closure({ quantity: '6', proceeds_local: null }),
  ];
  const { lots } = realiseSale(sale(), parts, at('1'));
  expect(lots.map(({ proceeds_local }) => proceeds_local?.toFixed())).toEqual(['600', '900']);
});

const cents = (max: number) =>
  fc.integer({ min: 1, max }).map((value) => new Decimal(value).div(100).toFixed());

it('uses up a lot to exactly 0, whatever its parts, cost and rate', () => {
  const parts = fc.array(cents(999), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(
      parts,
      cents(99_999),
      cents(300),
      fc.integer({ min: 1, max: 97 }),
      (quantities, cost, fx, odd) => {
        const unit_cost_local = new Decimal(cost).div(odd).toFixed();
        const whole = sum(quantities.map((quantity) => new Decimal(quantity)));
        let before = new Decimal(0);
        const used = quantities.map((quantity) => {
          const part = closure({
            quantity,
            closed_before: before.toFixed(),
            unit_cost_local,
            fx_base_per_local: fx,
          });
          before = before.plus(quantity);
          return realiseSale(sale(), [part], at('1'));
        });
        const left = (unit: Decimal, field: 'cost_local' | 'cost_base'): string =>
          whole
            .times(unit)
            .toDecimalPlaces(10)
            .minus(sum(used.map((realised) => realised[field] as Decimal)))
            .toFixed();
        expect(left(new Decimal(unit_cost_local), 'cost_local')).toBe('0');
        expect(left(new Decimal(unit_cost_local).times(fx), 'cost_base')).toBe('0');
      },
    ),
  );
});

it('agrees with the lots of calc.lots, oldest first', () => {
  const purchase = fc.record({
    quantity: fc.integer({ min: 1, max: 50 }),
    price: cents(9999),
    fx: cents(200),
  });
  fc.assert(
    fc.property(
      fc.array(purchase, { minLength: 1, maxLength: 6 }),
      cents(9999),
      cents(200),
      fc.double({ min: 0.05, max: 1, noNaN: true }),
      (bought, price, fx, share) => {
        const all = bought.reduce((total, { quantity }) => total + quantity, 0);
        const sold = Math.max(1, Math.floor(all * share));
        const buys = bought.map((row, index) => ({
          ...row,
          date: addDays('2019-01-01', index),
          type: 'BUY' as const,
        }));
        const { closed } = replayLots(
          [...buys, { date: '2020-03-01', type: 'SELL', quantity: sold, price, fx }],
          { method: 'fifo' },
        );
        const closures = closed.map(({ date, quantity }) => {
          const lot = buys.find((row) => row.date === date);
          const proceeds_local = quantity.times(price).toFixed();
          return closure({
            ...{ lot_id: date, acquired_on: date, quantity: quantity.toFixed(), proceeds_local },
            ...{ unit_cost_local: lot?.price ?? '', fx_base_per_local: lot?.fx ?? '' },
          });
        });
        const realised = realiseSale(sale({ amount: new Decimal(price).times(sold) }), closures, at(fx));
        const expected = sum(closed.map(({ proceeds, cost }) => (proceeds as Decimal).minus(cost)));
        expect(Number(realised.gain_base)).toBeCloseTo(Number(expected), 7);
        expect(Number(realised.fx_gain_base)).toBeCloseTo(Number(sum(closed.map((lot) => lot.fx))), 7);
      },
    ),
  );
});

describe('totals', () => {
  const told = (date: string, held: string, rate: Parameters<typeof realiseSale>[2] = at('1')) => {
    const of = sale({ date });
    return { sale: of, realised: realiseSale(of, [closure({ acquired_on: held })], rate) };
  };

  it('of no sales are 0', () => {
    const { total, by_security, by_year } = totalGains([], 365);
    expect([total.gain_base?.toFixed(), total.sales, by_security, by_year]).toEqual(['0', 0, [], []]);
  });

  it('call long term what was held for more days than that', () => {
    const { total } = totalGains([told('2021-01-01', '2020-01-02'), told('2021-01-02', '2020-01-02')], 365);
    expect([total.short_term_gain_base?.toFixed(), total.long_term_gain_base?.toFixed()]).toEqual([
      '200',
      '200',
    ]);
    const longer = totalGains([told('2021-01-03', '2020-01-02'), told('2021-01-02', '2020-01-02')], 366);
    expect([
      longer.total.short_term_gain_base?.toFixed(),
      longer.total.long_term_gain_base?.toFixed(),
    ]).toEqual(['200', '200']);
  });

  it('lack what a single sale lacks, and only there', () => {
    const { total, by_year } = totalGains(
      [told('2020-05-01', '2019-05-01'), told('2021-05-01', '2019-05-01', { reason: 'NO_QUOTE' })],
      365,
    );
    expect(total).toMatchObject({ gain_base: null, long_term_gain_base: null });
    expect(total.reasons).toMatchObject({
      gain_base: 'NO_QUOTE',
      proceeds_base: 'NO_QUOTE',
      long_term_gain_base: 'NO_QUOTE',
    });
    expect(by_year.map(({ year, gain_base }) => [year, gain_base?.toFixed()])).toEqual([
      [2020, '200'],
      [2021, undefined],
    ]);
  });
});
