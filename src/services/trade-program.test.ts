import type { Limit } from './policy-rules';
import { conflictsOf, rowKey, solveTrades, type TradeProgram } from './trade-program';

const program = (more: Partial<TradeProgram>): TradeProgram => ({
  ...{ weights: [0.6, 0.4], targets: [0.6, 0.4], cash: 0, least_cash: 0, cost_rate: 0, fees: 0, limits: [] },
  ...{ still: new Set(), forced: new Map(), tighter: new Map() },
  ...more,
});
const cap = (at: number, bound: number, name = 'cap'): Limit => ({
  ...{ name, says: '' },
  rows: [{ a: [0, 1].map((i) => Number(i === at)), sense: 'at_most', bound }],
});
const solve = (more: Partial<TradeProgram>): number[] => {
  const found = solveTrades(program(more));
  if (!found) throw new Error('it is feasible');
  return found;
};
const near = (found: number[], wanted: number[]): void => {
  wanted.forEach((value, i) => {
    expect(found[i]).toBeCloseTo(value, 6);
  });
};

describe('the program of trades', () => {
  it('sells a cap’s excess alone', () => {
    near(solve({ limits: [cap(0, 0.5)] }), [-0.1, 0]);
  });

  it('pays costs out of the sale: w = 0.5 · (1 − 0.02 s) with w = 0.6 − s, so s = 0.1 ÷ 0.99', () => {
    near(solve({ limits: [cap(0, 0.5)], cost_rate: 0.02 }), [-0.1 / 0.99, 0]);
  });

  it('pays purchases with sales: with 2 % of both, b = s · 0.98 ÷ 1.02', () => {
    const [sold, bought] = solve({ targets: [0.4, 0.8], cost_rate: 0.02 }) as [number, number];
    expect(bought).toBeCloseTo((-sold * 0.98) / 1.02, 8);
    expect(sold).toBeLessThan(-0.2);
  });

  it('leaves at least so much cash, of what is left after fees: 0.1 · (1 − 0.01) + 0.01', () => {
    const [a, b] = solve({ least_cash: 0.1, fees: 0.01 }) as [number, number];
    expect(a + b).toBeCloseTo(-0.109, 8);
    // Least squares take as much of both.
    expect(a).toBeCloseTo(b, 6);
  });

  it('pays a debt by sales', () => {
    near(solve({ weights: [0.6, 0.5], targets: [0.6, 0.5], cash: -0.1 }), [-0.05, -0.05]);
  });

  it('counts buys and sells for the turnover', () => {
    near(solve({ targets: [0.2, 0.8], max_turnover: 0.3 }), [-0.15, 0.15]);
  });

  it('stays within the tracking error: √2 · 0.2 · |d| = 0.02 at d = 0.0707', () => {
    const covariance = [[0.04, 0], [0, 0.04]]; // prettier-ignore
    near(solve({ targets: [0.2, 0.8], covariance, max_tracking_error: 0.02 }), [-0.0707106781, 0.0707106781]);
  });

  it('moves nothing that stays, and at least as much as is forced', () => {
    near(solve({ targets: [0.2, 0.8], still: new Set([0]) }), [0, 0]);
    near(solve({ forced: new Map([[0, -0.2]]) }), [-0.2, 0]);
  });

  it('makes one row stricter and not the others of its limit', () => {
    const both: Limit = { ...cap(0, 0.5), rows: [...cap(0, 0.5).rows, ...cap(1, 0.3).rows] };
    near(solve({ limits: [both], tighter: new Map([[rowKey('cap', 1), 0.05]]) }), [-0.1, -0.15]);
  });

  it('knows a portfolio of cash alone', () => {
    expect(solveTrades(program({ weights: [], targets: [], cash: 1 }))).toEqual([]);
    expect(solveTrades(program({ weights: [], targets: [], cash: -1 }))).toBeNull();
  });
});

describe('limits that conflict', () => {
  const floor: Limit = { ...cap(0, 0, 'floor'), rows: [{ a: [1, 0], sense: 'at_least', bound: 0.7 }] };
  it('are a smallest set: without any one of them the rest can be met', () => {
    expect(
      conflictsOf(program({ limits: [cap(1, 0.9, 'idle'), cap(0, 0.5), floor], max_turnover: 1 })),
    ).toEqual(['cap', 'floor']);
    expect(conflictsOf(program({ limits: [cap(0, 0.5)], max_turnover: 0.05 }))).toEqual([
      'cap',
      'max_turnover_pct',
    ]);
  });

  it('are cash, where a debt cannot be paid whatever is left out', () => {
    const stuck = program({ cash: -0.1, still: new Set([0, 1]), limits: [cap(0, 0.9)] });
    expect(solveTrades(stuck)).toBeNull();
    expect(conflictsOf(stuck)).toEqual(['cash']);
  });
});
