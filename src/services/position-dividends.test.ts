import { play, type Scenario } from '../../tests/support/positions';
import { positionDividends } from './position-dividends';

const paidBy = (flows: NonNullable<Scenario['flows']>, currency = 'USD') => {
  const rates = [
    { USD: '1.25', CAD: '1.5', GBP: '0.75' },
    { USD: '1.25', CAD: '1.25', GBP: '0.75' },
    { USD: '1.25', CAD: '1.5', GBP: '0.75' },
  ];
  const cash: Scenario['cash'] = [
    [0, 'USD', '1', '1'],
    [0, 'GBP', '1', '1'],
  ];
  const played = play({ prices: [{}, {}, {}], rates, cash, flows });
  return positionDividends(played.flows, { id: 'A', currency }, played.values);
};
const paid = (day: number, income: string, more = {}) => ({ day, security_id: 'A', income, ...more });

describe('the dividends of a position', () => {
  it('are added up exactly, in base at the rates of their days, from after the opening on', () => {
    expect(
      paidBy([paid(0, '100'), paid(1, '0.1'), paid(2, '0.2'), paid(2, '9', { security_id: 'B' })]),
    ).toEqual({
      ...{ local: '0.3', base: '0.34' },
    });
    expect(paidBy([])).toEqual({ local: '0', base: '0' });
  });

  it('know pence, and have no local sum where they came in two currencies', () => {
    expect(paidBy([paid(2, '150', { currency: 'GBX' })], 'GBP')).toEqual({ local: '1.5', base: '3' });
    expect(paidBy([paid(2, '1'), paid(2, '1', { currency: 'GBP' })])).toEqual({ local: null, base: '3.2' });
  });

  it('have no sum in base without a rate', () => {
    expect(paidBy([paid(1, '1', { currency: 'SEK' })], 'SEK')).toEqual({ local: '1', base: null });
  });
});
