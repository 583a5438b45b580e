/** What a unit is worth by prices and quotes alone. */
import { unitValues } from './unit-values';

const date = '2020-01-02';
const price = { date, security_id: 's', close: '250', currency: 'GBX' };
const value = (quotes: Record<string, string>) =>
  unitValues({
    prices: [price],
    rates: Object.entries(quotes).map(([quote_ccy, rate]) => ({ date, base_ccy: 'EUR', quote_ccy, rate })),
    securityIds: new Map([['XYZ', 's']]),
  });

it('takes pence for parts of a pound, with quotes and, into pounds, without', () => {
  expect(value({})('XYZ', 'GBP', date)?.toString()).toBe('2.5');
  expect(value({})('GBX', 'GBX', date)?.toString()).toBe('1');
  expect(value({})('GBP', 'GBX', date)?.toString()).toBe('100');
  expect(value({ GBP: '0.8', USD: '1.2' })('XYZ', 'USD', date)?.toString()).toBe('3.75');
});

it('has no value without a rate or a price of the very day', () => {
  expect(value({ GBP: '0.8' })('XYZ', 'USD', date)).toBeNull();
  expect(value({ GBP: '0.8' })('XYZ', 'GBP', '2020-01-03')).toBeNull();
});
