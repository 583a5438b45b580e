/** Losses worth taking and the tax they put off, counted by hand and against the rule of wash sales itself. */
import fc from 'fast-check';
import { addDays } from './dates';
import { Decimal, sum } from './decimal';
import { type Benefit, benefitOf } from './tax-benefit';
import { identifyLosses, type LosingSecurity } from './tax-losses';
import { rankBenefits } from './tax-rank';
import { checkWashSales } from './tax-wash-check';
import { type SoldPart, washSales } from './wash-sales';

const asof = '2012-12-31';
const options = {
  ...{ asof, windowDays: 30, avoidWashSales: false },
  ...{ shortRate: new Decimal('0.3'), longRate: new Decimal('0.2') },
};
const lot = (acquired_on: string, quantity: string, gain_base: string | null, symbol = 'S') => ({
  ...{ security_id: symbol, symbol, lot_id: `${symbol}_${acquired_on}`, acquired_on, quantity, gain_base },
  ...{ term: acquired_on < '2012-01-01' ? ('long' as const) : ('short' as const), value_base: '1000' },
});
const lossOf = (...lots: ReturnType<typeof lot>[]): LosingSecurity =>
  identifyLosses(lots, new Decimal(0)).candidates[0] as LosingSecurity;
const checked = (...recent: [string, string][]) => ({
  ...{ security_id: 'S', symbol: 'S', tainting_shares: '', carried_base: '0', clean_sale_on: '' },
  ...{ open_windows: [], clean_purchase_on: asof, repurchase_clean_on: '' },
  recent_purchases: recent.map(([bought_on, shares]) => ({ bought_on, shares })),
});

describe('losses', () => {
  it('adds up the losing lots of a security, and leaves its gains alone', () => {
    const found = identifyLosses(
      [lot('2010-05-03', '10', '-700'), lot('2012-05-03', '5', '-300'), lot('2012-06-01', '9', '5000')],
      new Decimal(1000),
    );
    expect(found.candidates).toMatchObject([
      {
        ...{ quantity: '15', value_base: '2000', loss_base: '1000' },
        ...{ short_term_loss_base: '300', long_term_loss_base: '700' },
        lots: [{ acquired_on: '2010-05-03' }, { acquired_on: '2012-05-03' }],
      },
    ]);
  });

  it('names what lost too little, and what is not known; what lost nothing is none', () => {
    const lots = [lot('2012-05-03', '5', '-999.99', 'A'), lot('2012-05-03', '5', null, 'B'), lot('2012-05-03', '5', '0', 'C')]; // prettier-ignore
    expect(identifyLosses(lots, new Decimal(1000))).toEqual({
      ...{ candidates: [], total_loss_base: '0', not_known: ['B'] },
      below_threshold: [{ security_id: 'A', symbol: 'A', loss_base: '999.99' }],
    });
    expect(identifyLosses(lots, new Decimal(0)).candidates.map(({ symbol }) => symbol)).toEqual(['A']);
  });
});

describe('benefit', () => {
  it('puts off each term at its rate; later all of it is due at the long-term rate', () => {
    const loss = lossOf(lot('2010-05-03', '10', '-700'), lot('2012-05-03', '5', '-300'));
    expect(benefitOf(loss, checked(), options)).toMatchObject({
      ...{ allowed_base: '1000', short_term_allowed_base: '300', long_term_allowed_base: '700' },
      ...{ tax_deferred_base: '230', basis_reduction_base: '1000', later_tax_base: '200' },
      ...{
        lasting_benefit_base: '30',
        clean_sale_on: asof,
        repurchase_clean_on: '2013-01-31',
        excluded: null,
      },
    });
  });

  it('counts nothing of what a recent purchase disallows, the oldest lot first', () => {
    const loss = lossOf(lot('2010-05-03', '10', '-700'), lot('2012-05-03', '5', '-300'));
    const benefit = benefitOf(loss, checked(['2012-12-05', '12']), options);
    expect(benefit).toMatchObject({
      ...{ disallowed_base: '820', allowed_base: '180', short_term_allowed_base: '180' },
      ...{ tax_deferred_base: '54', clean_sale_on: '2013-01-05', excluded: null },
    });
  });

  it('is excluded where a recent purchase taints it and that is to be avoided, or nothing is left of it', () => {
    const loss = lossOf(lot('2010-05-03', '10', '-700'));
    const excluded = (recent: [string, string], avoidWashSales: boolean) =>
      benefitOf(loss, checked(recent), { ...options, avoidWashSales }).excluded;
    expect(excluded(['2012-12-05', '1'], true)).toBe('WASH_SALE');
    expect(excluded(['2012-12-05', '1'], false)).toBeNull();
    expect(excluded(['2012-12-05', '10'], false)).toBe('ALL_DISALLOWED');
    expect(benefitOf(loss, null, { ...options, avoidWashSales: true }).excluded).toBe('NOT_KNOWN');
    expect(benefitOf(loss, null, options).excluded).toBeNull();
  });

  it('is not tainted by what is sold along with it', () => {
    const loss = lossOf(lot('2010-05-03', '10', '-700'), lot('2012-12-05', '4', '-50'));
    const benefit = benefitOf(loss, checked(['2012-12-05', '4']), { ...options, avoidWashSales: true });
    expect(benefit).toMatchObject({ disallowed_base: '0', clean_sale_on: asof, excluded: null });
  });

  it('disallows what the sale would have disallowed, whatever was bought', () => {
    const purchase = fc.record({ ago: fc.integer({ min: 0, max: 60 }), count: fc.integer({ min: 1, max: 50 }), gain: fc.integer({ min: -900, max: 300 }) }); // prettier-ignore
    fc.assert(
      fc.property(
        fc.uniqueArray(purchase, { minLength: 1, maxLength: 6, selector: ({ ago }) => ago }),
        (some) => {
          const lots = [...some]
            .sort((a, b) => b.ago - a.ago)
            .map(({ ago, count, gain }) => lot(addDays(asof, -ago), String(count), String(gain)));
          const bought = lots.map(({ acquired_on: date, quantity }) => ({
            ...{ security_id: 'S', date, quantity: new Decimal(quantity), shares: new Decimal(quantity) },
          }));
          const [loss] = identifyLosses(lots, new Decimal(0)).candidates;
          if (!loss) return;
          const securities = [{ security_id: 'S', symbol: 'S' }];
          const before = washSales([], bought, 30);
          const [check = null] = checkWashSales(securities, before, { asof, windowDays: 30 });
          const benefit = benefitOf(loss, check, options);
          const sold = loss.lots.map(({ acquired_on, quantity, loss_base }): SoldPart => ({
            ...{
              security_id: 'S',
              symbol: 'S',
              date: asof,
              acquired_on,
              gain: new Decimal(loss_base).negated(),
            },
            ...{ quantity: new Decimal(quantity), shares: new Decimal(quantity) },
          }));
          const { washes } = washSales(sold, bought, 30);
          const disallowed = sum(washes.map((wash) => wash.disallowed)).toNumber();
          expect(Number(benefit.disallowed_base)).toBeCloseTo(disallowed, 8);
        },
      ),
    );
  });
});

describe('order', () => {
  const benefit = (
    symbol: string,
    tax: string,
    value: string,
    excluded: Benefit['excluded'] = null,
  ): Benefit => ({
    ...benefitOf(lossOf(lot('2010-05-03', '10', '-700')), null, options),
    ...{ symbol, tax_deferred_base: tax, value_base: value, excluded },
  });

  it('has the most tax put off first, then the smaller sale, then the symbol', () => {
    const ranked = rankBenefits([
      ...[
        benefit('D', '50', '100'),
        benefit('C', '50', '100'),
        benefit('B', '50', '90'),
        benefit('A', '9', '1'),
      ],
      ...[benefit('E', '51', '900'), benefit('F', '99', '1', 'WASH_SALE')],
    ]);
    expect(ranked.opportunities.map(({ rank, symbol }) => `${String(rank)} ${symbol}`)).toEqual([
      ...['1 E', '2 B', '3 C', '4 D', '5 A'],
    ]);
    expect(ranked.excluded).toMatchObject([{ symbol: 'F', reason: 'WASH_SALE' }]);
    expect(ranked.totals).toMatchObject({ opportunities: 5, tax_deferred_base: '210', value_base: '1191' });
    expect(ranked.opportunities[0]?.share).toBeCloseTo(51 / 210, 15);
    expect(ranked.opportunities[4]?.deferred_per_value).toBe(9);
  });

  it('has no share in nothing: at a rate of 0 nothing is put off', () => {
    const [only] = rankBenefits([benefit('A', '0', '10')]).opportunities;
    expect([only?.share, only?.deferred_per_value]).toEqual([null, 0]);
  });
});
