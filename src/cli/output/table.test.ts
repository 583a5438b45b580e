import { formatAmount, formatPercent, formatTable } from './table';

describe('formatAmount', () => {
  it.each([
    ['1234567.891', 2, '1,234,567.89'],
    ['-1234.5', 2, '-1,234.50'],
    ['0.005', 2, '0.01'],
    ['999.995', 2, '1,000.00'],
    ['12', 0, '12'],
    ['90071992547409931.255', 2, '90,071,992,547,409,931.26'],
  ])('shows %s with %i decimals as %s', (text, decimals, shown) => {
    expect(formatAmount(text, decimals)).toBe(shown);
  });
});

describe('formatPercent', () => {
  it('shows the sign where it matters', () => {
    expect(formatPercent(0.1234)).toBe('+12.34 %');
    expect(formatPercent(-0.005)).toBe('-0.50 %');
    expect(formatPercent(0.5, { signed: false })).toBe('50.00 %');
  });
});

describe('formatTable', () => {
  it('makes each column as wide as its widest cell', () => {
    const table = formatTable(
      [{ title: 'A' }, { title: 'N', align: 'right' }],
      [
        ['long', '1'],
        ['b', '100'],
      ],
      '',
    );
    expect(table.split('\n')).toEqual(['A       N', '────  ───', 'long    1', 'b     100']);
  });
});
