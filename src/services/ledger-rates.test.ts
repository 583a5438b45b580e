import { ledgerRates, type PackRate } from './ledger-rates';

const row = (date: string, quote_ccy: string, rate: string, quote_date = date): PackRate => ({
  date,
  quote_ccy,
  rate,
  quote_date,
});
const friday = [
  row('2020-01-03', 'USD', '1.25'),
  row('2020-01-03', 'CAD', '1.5'),
  row('2020-01-03', 'GBP', '0.8'),
];
const monday = [row('2020-01-06', 'USD', '1.2', '2020-01-03'), row('2020-01-06', 'CAD', '1.8')];
const rates = ledgerRates([...friday, ...monday], 'CAD');
const textOf = (local: string, date: string) => {
  const found = rates(local, date);
  return 'rate' in found ? [found.rate.toFixed(), found.quote_date] : found.reason;
};

it('crosses through the euro, base per one local, as of the pack of the day', () => {
  expect(textOf('USD', '2020-01-03')).toEqual(['1.2', '2020-01-03']);
  expect(textOf('EUR', '2020-01-03')).toEqual(['1.5', '2020-01-03']);
});

it('is of the last pack before a day without one, and says how old its quotes are', () => {
  expect(textOf('USD', '2020-01-05')).toEqual(['1.2', '2020-01-03']);
  expect(textOf('USD', '2020-01-06')).toEqual(['1.5', '2020-01-03']);
  expect(textOf('GBP', '2020-01-07')).toEqual(['2.25', '2020-01-03']);
});

it('of the base currency is 1, of a hundredth of a currency a hundredth', () => {
  expect(textOf('CAD', '1999-01-01')).toEqual(['1', '1999-01-01']);
  expect(textOf('GBX', '2020-01-03')).toEqual(['0.01875', '2020-01-03']);
});

it('is none before the first quote, nor for a currency without any', () => {
  expect(textOf('USD', '2020-01-02')).toBe('BEFORE_FIRST_QUOTE');
  expect(textOf('XYZ', '2020-01-03')).toBe('NO_QUOTE');
  const noBase = ledgerRates(friday, 'CHF')('USD', '2020-01-03');
  expect(noBase).toEqual({ reason: 'NO_QUOTE' });
});
