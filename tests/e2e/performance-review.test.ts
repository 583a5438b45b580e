/** The pattern performance_review on the demo: figures of different capabilities have to be each other's. */
import demo from '../../demo/demo.json';
import type { ExecuteResponse } from '../../src/contract/execution';
import { type Stack, startStack } from '../support/stack';

const [alice] = demo.portfolios as [(typeof demo.portfolios)[number]];

interface Review {
  time_weighted: { value: number; from: string; windows: Record<string, { value: number | null }> };
  money_weighted: { period_return: number; gain: string; net_external_flows: string };
  risk: { observations: number; volatility: number; max_drawdown: number; peak: string; trough: string };
  benchmark: { benchmark: { symbol: string; currency: string }; currency: string; beta: number };
  factors: { observations: number; betas: Record<string, number>; factors_to: string };
  currency: { value: number; by_position: { total: number }[]; by_period: { total: number }[] };
  contribution: { value: number; error_bps: number; positions: { contribution: number }[] };
  statement: { residual: string; from: string; lines: Record<string, { amount: string }> };
}

let stack: Stack;
let review: Review;
let fingerprint: unknown;
const run = async (headers: Record<string, string> = {}): Promise<ExecuteResponse> => {
  const { status, body } = await stack.call('/v1/execute', {
    as: alice.user_id,
    headers: { Prefer: 'wait=60', ...headers },
    body: { pattern_id: 'performance_review', portfolio_id: alice.id },
  });
  expect(status).toBe(200);
  return body as unknown as ExecuteResponse;
};

beforeAll(async () => {
  stack = await startStack('shipped');
  const { data, trace } = await run();
  review = data as unknown as Review;
  ({ fingerprint } = trace);
});
afterAll(() => stack.close());

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const cents = (text: string): number => Math.round(Number(text) * 100);

it('has one return, however it is taken apart', () => {
  const { time_weighted, currency, contribution } = review;
  expect(contribution.value).toBeCloseTo(time_weighted.value, 10);
  expect(sum(contribution.positions.map((row) => row.contribution))).toBeCloseTo(contribution.value, 12);
  expect(currency.value).toBeCloseTo(time_weighted.value, 10);
  expect(sum(currency.by_position.map(({ total }) => total))).toBeCloseTo(currency.value, 12);
  expect(sum(currency.by_period.map(({ total }) => total))).toBeCloseTo(currency.value, 12);
});

it('has a statement whose lines add up to the cent, over the same period, with the same gain', () => {
  const { statement, time_weighted, money_weighted } = review;
  const line = (name: string): number => Number(statement.lines[name]?.amount);
  expect(Number(statement.residual)).toBe(0);
  expect(statement.from).toBe(time_weighted.from);
  const made = sum(['capital_gains', 'realised_capital_gains', 'earnings', 'currency_gains'].map(line));
  const gain = made - line('fees') - line('taxes');
  expect(cents(String(gain))).toBe(cents(money_weighted.gain));
  expect(cents(String(line('transfers')))).toBe(cents(money_weighted.net_external_flows));
  expect(cents(String(line('initial_value') + gain + line('transfers')))).toBe(
    cents(String(line('final_value'))),
  );
});

it('measures risk on the days of the return, and the market in the currency of the portfolio', () => {
  const { risk, benchmark, factors } = review;
  expect(risk.observations).toBe(252);
  expect(risk.max_drawdown).toBeLessThan(0);
  expect(risk.peak < risk.trough).toBe(true);
  expect(benchmark).toMatchObject({ benchmark: { symbol: 'SP500', currency: 'USD' }, currency: 'CAD' });
  expect(Object.keys(factors.betas).sort()).toEqual(['hml', 'mkt_rf', 'smb']);
  // What became known after the pack is not in it.
  expect(factors.factors_to).toBe('2013-01-31');
});

it('gives a return for every window, as the portfolio is old enough for all of them', () => {
  const { windows } = review.time_weighted;
  expect(Object.keys(windows)).toEqual(['1d', 'mtd', 'qtd', 'ytd', '1y', '3y', '5y', 'since_inception']);
  for (const window of Object.values(windows)) expect(window.value).not.toBeNull();
});

it('gives the same to the byte when all of it is computed again', async () => {
  const again = await run({ 'Cache-Control': 'no-cache' });
  expect(again.trace.fingerprint).toBe(fingerprint);
  expect(JSON.stringify(again.data)).toBe(JSON.stringify(review));
});
