import { universeOf, type ValuedLine } from './trade-universe';

const line = (symbol: string, more: Partial<ValuedLine>): ValuedLine => ({
  ...{ symbol, asset_class: 'equity', security_id: symbol, currency: 'USD', quantity: '10', price: '5' },
  ...{ rate_base_per_local: '1.1', value: '55', reasons: {} },
  ...more,
});
const cash = (currency: string, value: string | null): ValuedLine =>
  line(currency, {
    asset_class: 'cash',
    security_id: null,
    currency,
    price: null,
    quantity: '1',
    value,
    reasons: { value: 'NO_QUOTE' },
  });

describe('what of a portfolio can be traded', () => {
  it('adds up rows of one security and cash of all currencies, at price × rate', () => {
    const {
      lines,
      cash: money,
      value,
      not_valued,
    } = universeOf([
      line('B', {}),
      line('A', {}),
      line('A', { quantity: '2.5', value: '13.75' }),
      cash('CAD', '100'),
      cash('USD', '-20.5'),
    ]);
    expect(lines.map(({ symbol, quantity, unit }) => [symbol, quantity.toFixed(), unit.toFixed()])).toEqual([
      ['A', '12.5', '5.5'],
      ['B', '10', '5.5'],
    ]);
    // 12.5 · 5.5 + 10 · 5.5 + 79.5
    expect([money.toFixed(), value.toFixed(), not_valued]).toEqual(['79.5', '203.25', {}]);
  });

  it('has a share’s value where the price is in quite another currency', () => {
    const { lines } = universeOf([
      line('A', { price: null, value: '44', reasons: { price: 'PRICE_CURRENCY_MISMATCH' } }),
    ]);
    expect(lines[0]?.unit.toFixed()).toBe('4.4');
  });

  it('names what has no value, and counts it nowhere', () => {
    const { lines, value, not_valued } = universeOf([
      line('A', { value: null, reasons: { value: 'STALE' } }),
      line('Z', { quantity: '0', value: '0' }),
      cash('JPY', null),
    ]);
    expect([lines, value.toFixed(), not_valued]).toEqual([
      [],
      '0',
      { A: 'STALE', Z: 'ZERO_TOTAL', JPY: 'NO_QUOTE' },
    ]);
  });
});
