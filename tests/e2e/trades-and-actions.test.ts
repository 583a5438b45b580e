/** policy_rebalance, corporate_actions_upcoming and portfolio_tax_report on the demo, over HTTP. */
import demo from '../../demo/demo.json';
import type { Catalogue, ResultOf } from '../../src/capabilities';
import type { ExecuteResponse } from '../../src/contract/execution';
import { Decimal } from '../../src/services/decimal';
import { type Stack, startStack } from '../support/stack';

const [alice] = demo.portfolios as [(typeof demo.portfolios)[number]];

let stack: Stack;
beforeAll(async () => {
  stack = await startStack('shipped');
});
afterAll(() => stack.close());

const ask = (pattern_id: string, inputs: object, rights = ['portfolio_read', 'portfolio_write']) =>
  stack.call('/v1/execute', {
    as: alice.user_id,
    rights,
    headers: { Prefer: 'wait=60' },
    body: { pattern_id, asof_date: '2013-02-28', portfolio_id: alice.id, inputs },
  });

async function run<Data>(pattern_id: string, inputs: object = {}): Promise<Data> {
  const { status, body } = await ask(pattern_id, inputs);
  expect([status, body['detail'] ?? null]).toEqual([200, null]);
  return (body as unknown as ExecuteResponse & { data: Data }).data;
}

interface Rebalance {
  rebalance_result: ResultOf<Catalogue['optimizer.propose_trades']>;
  impact: ResultOf<Catalogue['optimizer.analyze_impact']>;
}

describe('policy_rebalance', () => {
  const policies = [{ type: 'max_single_position', value_pct: 30 }];
  const constraints = { max_turnover_pct: 60, min_lot_value: 500 };

  it('sells what is above the cap, with lots that add up, and changes the value by costs alone', async () => {
    const { rebalance_result, impact } = await run<Rebalance>('policy_rebalance', { policies, constraints });
    const { trades, status, costs, turnover, cash_before, cash_after } = rebalance_result;
    expect(status).toBe('proposed');
    expect(trades.length).toBeGreaterThan(0);
    expect(turnover).toBeLessThanOrEqual(0.6);
    let cash = new Decimal(cash_before).minus(costs);
    for (const trade of trades) {
      expect([trade.side, trade.currency, trade.weight_after <= 0.3]).toEqual(['sell', 'USD', true]);
      expect(trade.rationale.map(({ rule }) => rule)).toEqual(['max_single_position']);
      const sold = trade.lots.reduce((sum, lot) => sum.plus(lot.quantity), new Decimal(0));
      expect(sold.toFixed()).toBe(trade.quantity);
      const cost = trade.lots.reduce((sum, lot) => sum.plus(lot.cost_base ?? NaN), new Decimal(0));
      expect(Number(trade.gain_base)).toBeCloseTo(Number(trade.value_base) - cost.toNumber(), 6);
      expect(Number(trade.cost_base)).toBeCloseTo(5 + 0.0015 * Number(trade.value_base), 8);
      cash = cash.plus(trade.value_base);
    }
    expect(Number(cash_after)).toBeCloseTo(cash.toNumber(), 8);
    expect(Number(impact.delta.value)).toBeCloseTo(-Number(costs), 8);
    expect(impact.after.hhi).not.toBeNull();
    for (const { after } of impact.weights) expect(after).toBeLessThanOrEqual(0.3);
    expect(impact.after.volatility).toBeLessThan(impact.before.volatility ?? NaN);
  });

  it('has nothing to do without policies', async () => {
    const { rebalance_result, impact } = await run<Rebalance>('policy_rebalance');
    expect(rebalance_result).toMatchObject({ status: 'nothing_to_do', trades: [], costs: '0' });
    expect(impact.delta.value).toBe('0');
  });

  it('names the limits that conflict, and proposes nothing', async () => {
    const tight = { max_turnover_pct: 1, min_lot_value: 500 };
    const { rebalance_result } = await run<Rebalance>('policy_rebalance', { policies, constraints: tight });
    expect(rebalance_result).toMatchObject({ status: 'infeasible', trades: [] });
    expect(rebalance_result.conflicts.map(({ constraint }) => constraint)).toEqual([
      'max_single_position',
      'max_turnover_pct',
    ]);
  });

  it('keeps what has no rating where a rule needs one', async () => {
    const rated = [{ type: 'min_quality_score', value: 6 }];
    const { rebalance_result } = await run<Rebalance>('policy_rebalance', { policies: rated, constraints });
    expect(rebalance_result.status).toBe('nothing_to_do');
    expect(rebalance_result.kept).toContainEqual({ symbol: 'IBM', reason: 'MISSING_INPUT' });
  });

  it.each([
    ['a rule that it does not know', { policies: [{ type: 'max_beta', value: 1 }] }, '/inputs/policies/0'],
    ['a limit that it does not know', { constraints: { max_beta: 1 } }, '/inputs/constraints/max_beta'],
    ['costs out of range', { costs: { impact_bps: 5001 } }, '/inputs/costs/impact_bps'],
  ])('refuses %s before anything runs', async (_what, inputs, pointer) => {
    const { status, body } = await ask('policy_rebalance', inputs);
    expect([status, body['code']]).toEqual([400, 'REQUEST_INVALID']);
    expect(JSON.stringify(body)).toContain(`"${pointer}`);
  });

  it('refuses targets that no schema can refuse as the request’s fault, not as the server’s', async () => {
    const policies = [{ type: 'target_allocation', targets_pct: { IBM: 60, AAPL: 50 } }];
    const { status, body } = await ask('policy_rebalance', { policies });
    expect([status, body['code']]).toEqual([422, 'ARGS_INVALID']);
    expect(body['detail']).toContain('adds up to 110 %');
  });

  it('refuses a token without the right', async () => {
    expect((await ask('policy_rebalance', {}, ['portfolio_read'])).status).toBe(403);
  });
});

it('corporate_actions_upcoming tells the two dividends that the demo’s last day leaves unpaid', async () => {
  const { actions_with_impact } = await run<{
    actions_with_impact: ResultOf<Catalogue['corporate_actions.calculate_impact']>;
  }>('corporate_actions_upcoming');
  expect(actions_with_impact.actions.map(({ symbol, next_date }) => [symbol, next_date])).toEqual([
    ['IBM', '2013-03-09'],
    ['MSFT', '2013-03-14'],
  ]);
  const cash = actions_with_impact.actions.reduce((sum, row) => sum + Number(row.cash_local), 0);
  expect(Number(actions_with_impact.totals_by_currency[0]?.cash)).toBeCloseTo(cash, 10);
});

it('portfolio_tax_report tells the sale of 2012 and finds no wash sale', async () => {
  const { realized_gains, wash_sales } = await run<{
    realized_gains: ResultOf<Catalogue['tax.realized_gains']>;
    wash_sales: ResultOf<Catalogue['tax.wash_sales']>;
  }>('portfolio_tax_report', { tax_year: 2012 });
  const [lot] = realized_gains.lots;
  expect(lot).toMatchObject({
    symbol: 'AAPL',
    acquired_on: '2008-11-20',
    sold_on: '2012-09-21',
    term: 'long',
  });
  expect(lot?.quantity).toBe('50');
  expect(realized_gains.totals.long_term_gain_base).toBe(lot?.gain_base);
  expect(wash_sales).toMatchObject({ jurisdiction: 'US', wash_sales: [], window_open: false });
});
