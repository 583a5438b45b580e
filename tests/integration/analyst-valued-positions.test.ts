/** portfolio.get_valued_positions on the demo: what ledger.positions and pricing.apply_pack say, in one call. */
import { alice, type Analyst, bob, startAnalyst } from '../support/ask-analyst';

const name = 'portfolio.get_valued_positions';
let analyst: Analyst;
beforeAll(async () => {
  analyst = await startAnalyst();
});
afterAll(() => analyst.close());

it.each([
  ['Alice, in CAD', alice, '2013-02-28', {}],
  ['Alice, over a holiday of the ECB', alice, '2012-04-09', { stale_after_days: 3 }],
  ['Alice, when every rate is old', alice, '2012-04-09', { stale_after_days: 0 }],
  ['Alice, on the day before her first purchase', alice, '2007-01-03', {}],
  ['Bob, in USD', bob, '2012-06-29', {}],
])('has every member that the two have: %s', async (_who, owner, day, stale) => {
  const held = await analyst.ask('ledger.positions', {}, { owner, day });
  const { positions } = held;
  const valued = await analyst.ask('pricing.apply_pack', { positions, ...stale }, { owner, day });
  expect(await analyst.ask(name, stale, { owner, day })).toEqual({ ...held, ...valued });
});

it('is AAPL 210 × 441.40 USD at 1.3461 CAD ÷ 1.3129 USD per euro on 2013-02-28', async () => {
  const { positions, total_value, total_positions } = await analyst.ask(name);
  const [aapl] = positions;
  expect(aapl).toMatchObject({ symbol: 'AAPL', quantity: '210', price: '441.4' });
  expect(Number(aapl?.value)).toBeCloseTo((210 * 441.4 * 1.3461) / 1.3129, 8);
  expect([total_value, total_positions]).toEqual(['251642.552468581', 5]);
});

it('holds what was held on the day of the pack it is asked for, not on the request’s', async () => {
  const asked = await analyst.ask(name, { pack_id: 'PP_2012-06-29' });
  expect(asked).toEqual(await analyst.ask(name, {}, { day: '2012-06-29' }));
  expect(asked.asof_date).toBe('2012-06-29');
});

it.each([
  ['a portfolio of somebody else', { portfolio_id: bob.portfolio_id }, { portfolio_id: bob.portfolio_id }, 'PORTFOLIO_NOT_FOUND'],
  ['an unknown pack', { pack_id: 'PP_1999-01-01' }, {}, 'PACK_NOT_FOUND'],
  ['a portfolio without a ledger', {}, { ledger_commit_hash: null }, 'DATA_MISSING'],
  ['another portfolio than the request’s', { portfolio_id: bob.portfolio_id }, {}, 'DATA_MISSING'],
])('refuses %s', async (_what, args, ctx, code) => {
  await expect(analyst.ask(name, args, { ctx })).rejects.toMatchObject({ code });
}); // prettier-ignore
