import { statementPeriod } from './statement-period';

const dates = ['2020-01-02', '2020-01-03', '2020-01-06', '2020-01-07'];
const of = (first_activity: string | null, more: { lookback_days?: number; from?: string } = {}) =>
  statementPeriod({ dates, first_activity, ...more });

it.each([
  ['since inception begins on the trading day before the first entry', of('2020-01-06'), '2020-01-03'],
  ['an entry on a Saturday counts from the Friday', of('2020-01-04'), '2020-01-03'],
  ['before the first pack it is the calendar day before', of('2020-01-02'), '2020-01-01'],
  ['what is older than the packs begins with its worth on their first day', of('2019-05-05'), '2020-01-02'],
  ['the last trading days', of('2019-05-05', { lookback_days: 2 }), '2020-01-03'],
  ['never from before inception', of('2020-01-06', { lookback_days: 3 }), '2020-01-03'],
  ['more days than there are', of('2020-01-03', { lookback_days: 99 }), '2020-01-02'],
  ['from the last trading day on or before a day', of('2020-01-02', { from: '2020-01-05' }), '2020-01-03'],
  ['from a day before all packs', of('2020-01-02', { from: '2019-01-01' }), '2019-01-01'],
  ['of an empty ledger, where days are asked for', of(null, { lookback_days: 1 }), '2020-01-06'],
])('%s', (_what, period, from) => {
  expect(period).toEqual({ from, to: '2020-01-07' });
});

it('is none where nothing ever happened', () => {
  expect(of(null)).toBeNull();
  expect(of(null, { lookback_days: 10 })).toBeNull();
});
