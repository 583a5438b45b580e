/** Upcoming corporate actions on the demo, on days on which dividends are declared and unpaid. */
import { type Analyst, startAnalyst } from '../support/ask-analyst';

let analyst: Analyst;
beforeAll(async () => {
  analyst = await startAnalyst();
});
afterAll(() => analyst.close());

async function impactOn(day: string, days_ahead = 90) {
  const upcoming = await analyst.ask('corporate_actions.upcoming', { days_ahead }, { day });
  const { positions } = await analyst.ask('ledger.positions', {}, { day });
  const args = { actions: upcoming.actions, positions };
  return { upcoming, impact: await analyst.ask('corporate_actions.calculate_impact', args, { day }) };
}

it('tells the dividends of the demo’s last day that are declared and not paid yet', async () => {
  const { upcoming, impact } = await impactOn('2013-02-28');
  expect(upcoming.summary).toEqual({ total_actions: 2, dividends: 2, splits: 0 });
  expect(impact.actions.map(({ symbol, pay_date, amount }) => [symbol, pay_date, amount])).toEqual([
    ['IBM', '2013-03-09', '0.85'],
    ['MSFT', '2013-03-14', '0.23'],
  ]);
  for (const { quantity, amount, cash_local, cash_base_estimate, rate_base_per_local } of impact.actions) {
    expect(Number(cash_local)).toBeCloseTo(Number(quantity) * Number(amount), 10);
    expect(Number(cash_base_estimate)).toBeCloseTo(Number(cash_local) * Number(rate_base_per_local), 8);
  }
  expect(impact.urgent).toEqual([]);
});

it('says what the ledger then received: the entitled shares, also where some were sold after the ex-date', async () => {
  const { impact } = await impactOn('2012-12-06');
  const later = await analyst.ask('ledger.transactions', { types: ['DIVIDEND'], limit: 1000 });
  const paid = later.transactions.filter(({ date }) => date > '2012-12-06' && date <= '2012-12-31');
  expect(impact.actions).toHaveLength(2);
  expect(impact.actions.map(({ pay_date, cash_local }) => [pay_date, Number(cash_local)])).toEqual(
    paid
      .map(({ date, amount }) => [date, Number(amount)])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
  expect(impact.urgent).toEqual(['IBM', 'MSFT']);
  expect(impact.actions.map(({ days_until }) => days_until)).toEqual([4, 7]);
});

it('knows nothing that was told only later, and nothing beyond the days asked for', async () => {
  expect((await impactOn('2013-02-05')).upcoming.actions).toEqual([]);
  expect((await impactOn('2013-02-28', 8)).upcoming.actions).toEqual([]);
});
