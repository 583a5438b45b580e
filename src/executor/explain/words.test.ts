import {
  amountText,
  exactText,
  figureText,
  listText,
  percentText,
  priceText,
  rateText,
  shortHash,
  signedPercent,
} from './words';

describe('numbers in words', () => {
  it.each([
    ['1234567.891', '1,234,567.89'],
    ['-1234.5', '−1,234.50'],
    ['0.005', '0.01'],
    ['-0.001', '0.00'],
    ['999', '999.00'],
  ])('reads %s as %s', (text, shown) => {
    expect(amountText(text)).toBe(shown);
  });

  it('keeps the places of quantities and prices, and six digits of a rate', () => {
    expect([exactText('210'), exactText('0.12345'), priceText('441.4'), priceText('88.6275')]).toEqual(['210', '0.12345', '441.40', '88.6275']);
    expect(rateText('1.02528753141899611547')).toBe('1.02529');
  });

  it('never shows a small return as nothing', () => {
    expect([0.0812, -0.00656, 0, 0.00001234, -1e-7].map(percentText)).toEqual(['8.12 %', '−0.66 %', '0.00 %', '0.0012 %', '−0.000010 %']);
    expect([0.0812, -0.00656].map(signedPercent)).toEqual(['+ 8.12 %', '− 0.66 %']);
  });

  it.each([
    ['95038.0024373524', 'money', 'CAD', '95,038.00 CAD'],
    ['441.4', 'price', 'USD', '441.40 USD'],
    ['210', 'quantity', null, '210'],
    [0.0812, 'fraction', null, '8.12 %'],
    [367, 'days', null, '367 days'],
    [2.3, 'basis_points', null, '2.3 basis points'],
    [1.23456789, 'ratio', null, '1.23457'],
    [1.5e-9, 'ratio', null, '1.5e−9'],
    [null, 'money', 'CAD', 'not available'],
  ] as const)('tells %j in %s %s as %s', (value, unit, currency, text) => {
    expect(figureText(value, unit, currency)).toBe(text);
  });

  it('lists and shortens', () => {
    expect([listText(['a']), listText(['a', 'b', 'c']), shortHash(`sha256:${'ab'.repeat(32)}`)]).toEqual(['a', 'a, b and c', 'sha256:abababababab']);
  });
}); // prettier-ignore
