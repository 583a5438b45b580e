/** The patterns about single companies and holdings, over HTTP on the demo, where no provider has a key. */
import demo from '../../demo/demo.json';
import type { ExecuteResponse } from '../../src/contract/execution';
import { type Stack, startStack } from '../support/stack';

const [alice] = demo.portfolios as [(typeof demo.portfolios)[number]];
const ibm = '5ec00000-0000-4000-8000-0000000001b3';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack('shipped');
});
afterAll(() => stack.close());

async function run(pattern_id: string, rights: string[], more: object): Promise<ExecuteResponse> {
  const { status, body } = await stack.call('/v1/execute', {
    ...{ as: alice.user_id, rights, headers: { Prefer: 'wait=60' } },
    body: { pattern_id, ...more },
  });
  expect([status, body['error'] ?? null]).toEqual([200, null]);
  return body as unknown as ExecuteResponse;
}

it('shows a holding in depth, and says that figures of the company are not available', async () => {
  const more = { portfolio_id: alice.id, inputs: { security_id: ibm } };
  const { data, charts } = await run('holding_deep_dive', ['portfolio_read', 'position_read'], more);
  const { position, performance, contribution, comparables, fundamentals } = data as unknown as {
    position: { symbol: string; weight: number };
    performance: { weight: number; contribution: number; local_return: number; volatility: number };
    contribution: { symbol: string; contribution: number }[];
    comparables: {
      security: { price_return: number };
      comparables: { symbol: string; price_return: number | null }[];
    };
    fundamentals: { inputs: { net_cash: { value: null; reasons: object } } };
  };
  expect(position.symbol).toBe('IBM');
  expect(performance.weight).toBeCloseTo(position.weight, 10);
  expect(contribution).toHaveLength(1);
  expect(contribution[0]?.contribution).toBeCloseTo(performance.contribution, 12);
  expect(comparables.comparables.map(({ symbol }) => symbol)).toEqual(['AAPL', 'FB', 'GOOG', 'MSFT']);
  // The return with its dividends is above that of the price alone.
  expect(performance.local_return).toBeGreaterThan(comparables.security.price_return);
  expect(fundamentals.inputs.net_cash).toMatchObject({ value: null, reasons: { value: 'KEY_MISSING' } });
  expect(charts.every((chart) => 'table' in chart || 'spec' in chart)).toBe(true);
});

it('withholds every rating and check of a company, with the reason', async () => {
  const { data } = await run('buffett_checklist', ['fundamentals_read'], { inputs: { security_id: ibm } });
  expect(data).toMatchObject({
    aggregate: { overall: null, reasons: { overall: 'KEY_MISSING' } },
    moat_strength: { overall: null, covered_weight: 0 },
    checklist: { passed: 0, failed: 0, not_available: 11 },
    explanation: null,
  });
});
