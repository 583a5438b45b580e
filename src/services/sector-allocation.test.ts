import fc from 'fast-check';
import { Decimal, sum } from './decimal';
import { type AllocatedPosition, allocateBySector } from './sector-allocation';

const share = (symbol: string, value: string | null, reasons = {}): AllocatedPosition => ({
  ...{ symbol, asset_class: 'equity', security_id: symbol, value, reasons },
});
const cash = (symbol: string, value: string): AllocatedPosition => ({
  ...{ symbol, asset_class: 'cash', security_id: null, value, reasons: {} },
});
const sectors = new Map([
  ['A', 'Energy'],
  ['B', 'Utilities'],
  ['C', 'Utilities'],
  ['D', null],
]);

describe('the allocation by sector', () => {
  it('adds up values, the largest sector first, with what has no sector and cash in rows of their own', () => {
    const { sectors: rows, total_value } = allocateBySector(
      [
        cash('CAD', '50'),
        cash('USD', '-10'),
        share('D', '10'),
        share('A', '20'),
        share('C', '15'),
        share('B', '15'),
      ],
      sectors,
    );
    expect(total_value).toBe('100');
    expect(rows).toEqual([
      { kind: 'sector', sector: 'Utilities', symbols: ['B', 'C'], value: '30', weight: 0.3, reasons: {} },
      { kind: 'sector', sector: 'Energy', symbols: ['A'], value: '20', weight: 0.2, reasons: {} },
      {
        ...{ kind: 'not_classified', sector: null, symbols: ['D'], value: '10', weight: 0.1 },
        reasons: { sector: 'NOT_CLASSIFIED' },
      },
      {
        ...{ kind: 'cash', sector: null, symbols: ['CAD', 'USD'], value: '40', weight: 0.4 },
        reasons: { sector: 'NOT_APPLICABLE' },
      },
    ]);
  });

  it('does not classify a security that the master data do not know', () => {
    expect(allocateBySector([share('Z', '1')], sectors).sectors).toMatchObject([{ kind: 'not_classified' }]);
  });

  it('has no total and no weights while one value is missing, and says whose', () => {
    const found = allocateBySector(
      [share('A', '20'), share('B', null, { value: 'NO_QUOTE' }), share('C', null)],
      sectors,
    );
    expect(found).toMatchObject({
      ...{ total_value: null, total_of_valued: '20', missing: ['B', 'C'] },
      reasons: { total_value: 'NO_QUOTE' },
      sectors: [
        { sector: 'Energy', value: '20', weight: null, reasons: { weight: 'NO_QUOTE' } },
        {
          sector: 'Utilities',
          value: null,
          weight: null,
          reasons: { value: 'NO_QUOTE', weight: 'NO_QUOTE' },
        },
      ],
    });
  });

  it('has no weights of nothing', () => {
    expect(allocateBySector([], sectors)).toMatchObject({ sectors: [], total_value: '0' });
    expect(allocateBySector([cash('CAD', '5'), cash('USD', '-5')], sectors).sectors).toMatchObject([
      { value: '0', weight: null, reasons: { weight: 'ZERO_TOTAL' } },
    ]);
  });

  it('adds up to the total, and its weights to one', () => {
    const row = fc.tuple(fc.constantFrom('A', 'B', 'C', 'D', 'Z'), fc.integer({ min: 1, max: 10 ** 9 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        const found = allocateBySector(
          rows.map(([symbol, amount]) => share(symbol, new Decimal(amount).div(1000).toFixed())),
          sectors,
        );
        const values = sum(found.sectors.map(({ value }) => new Decimal(value as string)));
        expect(values.toFixed()).toBe(found.total_value);
        expect(found.sectors.reduce((all, { weight }) => all + (weight as number), 0)).toBeCloseTo(1, 12);
      }),
    );
  });
});
