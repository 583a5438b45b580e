import fc from 'fast-check';
import { Decimal } from './decimal';
import { rebalance } from './rebalance';
import type { RebalanceRequest } from './rebalance-lines';

const two: RebalanceRequest = {
  current: [
    { id: 'A', quantity: 10, price: '100' },
    { id: 'B', quantity: '0', price: 50 },
  ],
  targets: { A: 0.5, B: 0.5 },
  cash: 0,
};

describe('rebalancing', () => {
  it('trades to the targets, in base', () => {
    expect(
      rebalance({ ...two, current: [two.current[0]!, { id: 'B', quantity: 0, price: 25, fx: '2' }] }),
    ).toEqual({
      // prettier-ignore
      trades: [
        { id: 'A', quantity: '-5', amount: '-500' },
        { id: 'B', quantity: '10', amount: '500' },
      ],
      post_weights: { A: 0.5, B: 0.5 },
      cash_weight: 0,
      cash_left: '0',
      turnover: 1,
      costs: '0',
      reasons: {},
    });
  });

  it('sells what has no target, leaves the rest of 1 in cash, and has no trade of nothing', () => {
    const answer = rebalance({ ...two, targets: { A: 0.8 }, cash: 250 });
    expect(answer).toMatchObject({ trades: [], cash_left: '250', turnover: 0, cash_weight: 0.2 });
    expect(rebalance({ ...two, targets: {} }).trades).toEqual([
      { id: 'A', quantity: '-10', amount: '-1000' },
    ]);
    expect(rebalance({ ...two, targets: { A: '0.5', cash: '0.5' } }).cash_left).toBe('500');
  });

  it('takes costs from the cash first, and from the targets’ value where that is not enough', () => {
    const enough = rebalance({ ...two, targets: { A: 0.4, B: 0.4 }, cost_rate: '0.01' });
    expect(enough).toMatchObject({ costs: '10', cash_left: '190' });
    expect(enough.trades?.[1]?.quantity).toBe('8');
    // 0.5 T invested twice, 5 + 5 and 1 ‰ of 1000 − 0.5 T + 0.5 T: T = 989.
    const short = rebalance({ ...two, cost_rate: 0.001, cost_per_trade: 5 });
    expect(short).toMatchObject({ costs: '11', cash_left: '0', post_weights: { A: 0.5, B: 0.5 } });
    expect(short.trades?.[0]?.amount).toBe('-505.5');
  });

  it('buys whole shares: down, then the most underweight that is affordable', () => {
    const answer = rebalance({
      current: [
        { id: 'A', quantity: 0, price: 30 },
        { id: 'B', quantity: 0, price: 70 },
        { id: 'C', quantity: 0, price: 110 },
      ],
      targets: { A: 0.3, B: 0.3, C: 0.4 },
      cash: 1000,
      whole_shares: true,
    });
    // Down: 10, 4 and 3 shares, 90 left; B is the most underweight (0.3 − 280/910 < 0: C is, but costs 110) …
    expect(answer.trades?.map(({ quantity }) => quantity)).toEqual(['10', '4', '3']);
    expect(answer.cash_left).toBe('90');
    const more = rebalance({ ...two, cash: 49, whole_shares: true });
    // 524.5 each: 5 shares of A, 10 of B, 49 left; none costs so little.
    expect(more).toMatchObject({ cash_left: '49', post_weights: { A: 500 / 1049, B: 500 / 1049 } });
    const topped = rebalance({ current: [{ id: 'A', quantity: 0, price: 60 }, { id: 'B', quantity: 0, price: 45 }], targets: { A: 0.5, B: 0.5 }, cash: 230, whole_shares: true }); // prettier-ignore
    // Down: 1 and 2 shares, 80 left; A has 60 of 150 and is bought.
    expect(topped).toMatchObject({ cash_left: '20', trades: [{ quantity: '2' }, { quantity: '2' }] });
  });

  it('keeps the cash that targets leave, whole shares or not', () => {
    const answer = rebalance({ ...two, targets: { A: 0.45, B: 0.45 }, whole_shares: true });
    expect(Number(answer.cash_left)).toBeGreaterThanOrEqual(100);
  });

  it('leaves out trades below the smallest ticket', () => {
    const near = { ...two, current: [{ id: 'A', quantity: 5, price: 100 }, { id: 'B', quantity: 11, price: 50 }] }; // prettier-ignore
    expect(rebalance({ ...near, min_ticket: 100 })).toMatchObject({ trades: [], costs: '0' });
    expect(rebalance({ ...near, min_ticket: 25 }).trades).toHaveLength(2);
  });

  it('scales all trades to the largest turnover, costs anew', () => {
    const answer = rebalance({ ...two, cash: 100, max_turnover: '0.2', cost_rate: 0.01 });
    expect(answer.turnover).toBeCloseTo(0.2, 9);
    expect(Number(answer.costs)).toBeCloseTo(2.2, 8);
    expect(rebalance({ ...two, max_turnover: 0 }).trades).toEqual([]);
  });

  it('pays a debt by sales, and says when it cannot', () => {
    expect(rebalance({ ...two, cash: -200 })).toMatchObject({
      cash_left: '0',
      post_weights: { A: 0.5, B: 0.5 },
    });
    expect(rebalance({ ...two, cash: -2000 }).reasons).toMatchObject({ trades: 'INFEASIBLE' });
    // The smallest ticket that pays the debt.
    expect(rebalance({ ...two, cash: -10, targets: { A: 1 }, min_ticket: 500 }).cash_left).toBe('490');
    expect(rebalance({ current: [], targets: {}, cash: 0 }).reasons).toMatchObject({ trades: 'ZERO_START' });
  });

  it.each<[string, Partial<RebalanceRequest>]>([
    ['/current/1/id', { current: [two.current[0]!, two.current[0]!] }], // prettier-ignore
    ['/current/0/quantity', { current: [{ id: 'A', quantity: -1, price: 1 }] }],
    ['/current/0/price', { current: [{ id: 'A', quantity: 1, price: 0 }], targets: { A: 1 } }],
    ['/current/0/fx', { current: [{ id: 'A', quantity: 1, price: 1, fx: 0 }], targets: { A: 1 } }],
    ['/targets/X', { targets: { X: 0.5 } }],
    ['/targets/A', { targets: { A: -0.5 } }],
    ['/targets', { targets: { A: 0.5, B: 0.6 } }],
    ['/cost_rate', { cost_rate: 1 }],
    ['/min_ticket', { min_ticket: -1 }],
  ])('refuses what makes no sense: %s', (pointer, more) => {
    expect(() => rebalance({ ...two, ...more })).toThrow(`${pointer}:`);
  });

  it('never loses money, ends in debt or passes a limit, whatever is asked', () => {
    const price = fc.integer({ min: 1, max: 50_000 }).map((cents) => cents / 100);
    const line = fc.record({
      quantity: fc.integer({ min: 0, max: 500 }),
      price,
      weight: fc.integer({ min: 0, max: 9 }),
    });
    const request = fc.record({
      lines: fc.array(line, { minLength: 1, maxLength: 8 }),
      cash: fc.integer({ min: 0, max: 20_000 }),
      spare: fc.integer({ min: 0, max: 3 }),
      whole_shares: fc.boolean(),
      min_ticket: fc.constantFrom(0, 100, 1_000),
      max_turnover: fc.constantFrom(undefined, 0.05, 0.3),
      cost_per_trade: fc.constantFrom(0, 5),
      cost_rate: fc.constantFrom(0, 0.002),
    });
    fc.assert(
      fc.property(request, ({ lines, cash, spare, ...limits }) => {
        const all = lines.reduce((total, { weight }) => total + weight, spare) || 1;
        const current = lines.map(({ quantity, price: unit }, i) => ({
          id: `S${String(i)}`,
          quantity,
          price: unit,
        }));
        const targets = Object.fromEntries(lines.map(({ weight }, i) => [`S${String(i)}`, weight / all]));
        const answer = rebalance({ current, targets, cash, ...limits });
        if (answer.trades === null) return;
        const spent = answer.trades.reduce(
          (total, { amount }) => total.plus(amount),
          new Decimal(answer.costs ?? 0),
        );
        expect(
          new Decimal(cash)
            .minus(spent)
            .minus(answer.cash_left ?? 0)
            .abs()
            .toNumber(),
        ).toBeLessThan(1e-8);
        expect(Number(answer.cash_left)).toBeGreaterThanOrEqual(0);
        const weights = Object.values(answer.post_weights ?? {}).concat(answer.cash_weight ?? 0);
        expect(weights.reduce((total, weight) => total + weight, 0)).toBeCloseTo(1, 9);
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
        expect(answer.turnover).toBeLessThanOrEqual((limits.max_turnover ?? Infinity) + 1e-12);
        for (const { quantity, amount } of answer.trades) {
          expect(Math.abs(Number(amount))).toBeGreaterThanOrEqual(limits.min_ticket);
          expect(Number(quantity)).not.toBe(0);
          if (limits.whole_shares) expect(Number.isInteger(Number(quantity))).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('without limits and costs ends on the targets', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 9_999 }), (list, cash) => {
        const all = list.reduce((total, weight) => total + weight, 0);
        const current = list.map((_, i) => ({ id: `S${String(i)}`, quantity: i, price: 7 + i }));
        const targets = Object.fromEntries(list.map((weight, i) => [`S${String(i)}`, weight / all]));
        const { post_weights } = rebalance({ current, targets, cash });
        list.forEach((weight, i) => {
          expect(post_weights?.[`S${String(i)}`]).toBeCloseTo(weight / all, 8);
        });
      }),
    );
  });
});
