import type { Explanation } from '../../contract/explanation';
import { explanationText } from './explanation';

const long = `2.${'6'.repeat(59)}7`;
const none = { flows: [], prices: [], fx: [], lots: [], transactions: [], days: [], arguments: {} };

it('shows ten places of a decimal in every table', () => {
  const inputs: Explanation['inputs'] = {
    ...none,
    flows: [
      { date: '2013-02-28', amount: long, currency: 'USD', base_amount: long, rate: long, rate_date: '2013-02-28', narration: '' },
    ],
    prices: [{ date: '2013-02-28', symbol: 'AAPL', close: long, currency: 'USD', source: 'here' }],
    fx: [
      {
        pair: 'USD/EUR', date: '2013-02-28', quote_date: '2013-02-28', age_days: 0, rate: long, derivation: 'inverse',
        quotes: [{ pair: 'EUR/USD', rate: long, quote_date: '2013-02-28', source: 'here' }],
      },
    ],
    lots: [
      {
        lot_id: 'a', symbol: 'AAPL', acquired_on: '2013-02-28', quantity_open: long, unit_cost_local: long, currency: 'USD',
        fx_base_per_local: long, cost_base: long,
      },
    ],
    transactions: [
      {
        transaction_id: 'b', date: '2013-02-28', type: 'BUY', symbol: 'AAPL', quantity: long, amount: long, currency: 'USD',
        narration: '', line: 1,
      },
    ],
    days: [{ date: '2013-02-28', value: long, external_flow: long, return: null }],
    lists: { flows: { count: 1, more: 0, total: long } },
  };
  const told = { text: [], calculation: [], steps: [], inputs } as unknown as Explanation;
  const text = explanationText(told, { width: 200, rows: 20 }, true);
  expect(text).toContain('2.6666666666…');
  expect(text).not.toMatch(/6{11}/);
}); // prettier-ignore
