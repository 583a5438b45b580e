/** Proposed trades: by hand, and limits that hold whatever is asked for. */
import fc from 'fast-check';
import { Decimal, sum } from './decimal';
import { type Policy, rulesOf } from './policy-rules';
import { brokenBy, proposeTrades, type ProposalRequest } from './trade-proposal';

interface Asked {
  shares?: number[];
  prices?: number[];
  cash?: number;
  policies?: Policy[];
  ratings?: (number | null)[];
  more?: Partial<ProposalRequest>;
}

/** A, B, C; 100 shares at 10 of each unless said otherwise, and no cash. */
function requestOf({ shares = [100, 100, 100], prices = [10, 10, 10], cash = 0, ...asked }: Asked) {
  const holdings = shares.map((quantity, i) => ({
    quantity: new Decimal(quantity),
    unit: new Decimal(prices[i] as number),
  }));
  const value = sum(holdings.map(({ quantity, unit }) => quantity.times(unit))).plus(cash);
  const ruled = holdings.map(({ quantity, unit }, i) => ({
    symbol: 'ABCDE'.charAt(i),
    weight: quantity.times(unit).div(value).toNumber(),
    sector: i < 2 ? 'Technology' : null,
    ratings: { overall: asked.ratings?.[i] ?? null },
  }));
  const rules = rulesOf(ruled, asked.policies ?? [], {});
  const request: ProposalRequest = {
    ...{ holdings, cash: new Decimal(cash), limits: rules.limits, targets: rules.targets },
    ...{ places: 0, min_lot: new Decimal(0), commission: new Decimal(0), cost_rate: new Decimal(0) },
    ...{ least_cash: 0, still: new Set(ruled.flatMap(({ symbol }, i) => (symbol in rules.kept ? [i] : []))) },
    ...asked.more,
  };
  return { request, rules, value };
}

const deltasOf = (asked: Asked): string[] | { conflicts: string[] } => {
  const proposal = proposeTrades(requestOf(asked).request);
  return 'conflicts' in proposal ? proposal : proposal.deltas.map((delta) => delta.toFixed());
};

describe('trades', () => {
  it('are none where every rule is kept already', () => {
    expect(deltasOf({ policies: [{ type: 'max_single_position', value_pct: 34 }] })).toEqual(['0', '0', '0']);
  });

  it('sell down to a cap and leave the rest alone: 600 of 1000 become 500', () => {
    const policies: Policy[] = [{ type: 'max_single_position', value_pct: 50 }];
    expect(deltasOf({ shares: [60, 20, 20], policies })).toEqual(['-10', '0', '0']);
  });

  it('keep the cap after costs: 1 % of a sale of 11 shares makes the value 998.9, half of which is 499.45', () => {
    const policies: Policy[] = [{ type: 'max_single_position', value_pct: 50 }];
    const more = { cost_rate: new Decimal('0.01') };
    expect(deltasOf({ shares: [60, 20, 20], policies, more })).toEqual(['-11', '0', '0']);
  });

  it('go to targets and pay for themselves', () => {
    const policies: Policy[] = [{ type: 'target_allocation', targets_pct: { A: 20, B: 40, C: 40 } }];
    expect(deltasOf({ shares: [60, 20, 20], policies })).toEqual(['-40', '20', '20']);
  });

  it('leave alone a target that is missed by less than the band', () => {
    const policies: Policy[] = [{ type: 'target_allocation', targets_pct: { A: 55 }, band_pct: 5 }];
    expect(deltasOf({ shares: [60, 20, 20], policies })).toEqual(['0', '0', '0']);
  });

  it('stay within the turnover as a limit of the problem: 20 % of 1000 are 20 shares, best sold where most is missing', () => {
    const policies: Policy[] = [{ type: 'target_allocation', targets_pct: { A: 20, B: 40, C: 40 } }];
    // 20² + 20² + 20² is less than the 30² + 15² + 15² of ten sold and five bought of each.
    expect(deltasOf({ shares: [60, 20, 20], policies, more: { max_turnover: 0.2 } })).toEqual([
      '-20',
      '0',
      '0',
    ]);
  });

  it('stay within the tracking error: with variances 0.04 and no correlation, 5 % is |d| = 0.25', () => {
    const covariance = [0.04, 0.04, 0.04].map((own, i) => [0, 1, 2].map((j) => (i === j ? own : 0)));
    const policies: Policy[] = [{ type: 'target_allocation', targets_pct: { A: 20, B: 40, C: 40 } }];
    const { request } = requestOf({
      shares: [600, 200, 200],
      policies,
      more: { covariance, max_tracking_error: 0.05 },
    });
    const proposal = proposeTrades(request);
    if ('conflicts' in proposal) throw new Error('it is feasible');
    expect(proposal.tracking_error).toBeLessThanOrEqual(0.05);
    expect(proposal.tracking_error).toBeGreaterThan(0.0497);
    // d = (−2, 1, 1)·k, |d| = √6 k = 0.25.
    expect(proposal.deltas[0]?.toNumber()).toBeCloseTo(-204, -1);
  });
});

describe('ratings', () => {
  const cap: Policy = {
    name: 'DivSafetyCap',
    rule: { type: 'rating', metric: 'overall', op: '<', value: 6 },
    action: { cap_weight_pct: 10 },
  };
  it('cap what is rated below, not what is rated just so, and leave the unrated alone', () => {
    expect(deltasOf({ shares: [60, 20, 20], policies: [cap], ratings: [null, 5.9, 6] })).toEqual([
      '0',
      '-10',
      '0',
    ]);
    expect(requestOf({ policies: [cap], ratings: [null, 5.9, 6] }).rules.kept).toEqual({
      A: 'MISSING_INPUT',
    });
  });

  it('buy what is rated well up to its least share, paid by the rest', () => {
    const least: Policy = {
      ...cap,
      rule: { ...cap.rule, op: '>=', value: 8 },
      action: { min_weight_pct_total: 50 },
    };
    expect(deltasOf({ shares: [20, 40, 40], policies: [least], ratings: [8, 7, 7] })).toEqual([
      '30',
      '-15',
      '-15',
    ]);
  });

  it('sell all of what scores too low', () => {
    const policies: Policy[] = [{ type: 'min_quality_score', value: 6 }];
    expect(deltasOf({ policies, ratings: [5, 7, 7] })).toEqual(['-100', '0', '0']);
  });
});

describe('small trades', () => {
  const policies: Policy[] = [{ type: 'target_allocation', targets_pct: { A: 59, B: 41 } }];
  const shares = [60, 40, 0.0001];
  it('are left out where no limit needs them', () => {
    expect(deltasOf({ shares, policies, more: { min_lot: new Decimal(50) } })).toEqual(['0', '0', '0']);
  });

  it('are made as large as the smallest lot where a limit needs them', () => {
    const bands: Policy[] = [{ type: 'max_single_position', value_pct: 59 }];
    expect(deltasOf({ shares: [60, 20, 20], policies: bands, more: { min_lot: new Decimal(50) } })).toEqual([
      '-5',
      '0',
      '0',
    ]);
  });
});

describe('where doing nothing keeps every limit', () => {
  const policies: Policy[] = [{ type: 'target_allocation', targets_pct: { A: 20, B: 40, C: 40 } }];
  const covariance = [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? 0.04 : 0.01)));
  it.each([
    ['no tracking error is allowed', [60, 20, 20], [10, 10, 10], 0],
    ['a single share is more than the tracking error allows', [6, 2, 2], [1000, 1000, 1000], 0.001],
  ])('nothing is done, not called infeasible: %s', (_what, shares, prices, max_tracking_error) => {
    expect(deltasOf({ shares, prices, policies, more: { covariance, max_tracking_error } })).toEqual([
      '0',
      '0',
      '0',
    ]);
  });

  it('cash alone has nothing to trade', () => {
    expect(deltasOf({ shares: [], cash: 1000 })).toEqual([]);
  });
});

it('makes stricter what rounding broke and no more: a band that whole shares can keep is kept', () => {
  const policies: Policy[] = [
    {
      type: 'bands',
      bands: [
        { symbol: 'A', min_pct: 39.5, max_pct: 40.4 },
        { symbol: 'B', min_pct: 29.6, max_pct: 30.5 },
      ],
    },
  ];
  // 400 and 300 of the 998 that two commissions leave: 40.08 % and 30.06 %.
  expect(deltasOf({ shares: [60, 20, 20], policies, more: { commission: new Decimal(1) } })).toEqual([
    '-20',
    '10',
    '0',
  ]);
});

describe('what cannot be met', () => {
  it('names a smallest set that conflicts, and proposes nothing', () => {
    const policies: Policy[] = [
      { type: 'max_sector', value_pct: 90 },
      { type: 'max_single_position', value_pct: 20 },
    ];
    expect(deltasOf({ shares: [60, 20, 20], policies, more: { max_turnover: 0.1 } })).toEqual({
      conflicts: ['max_single_position', 'max_turnover_pct'],
    });
  });

  it('names the smallest lot with the rule that it stands against, and no other', () => {
    const policies: Policy[] = [
      { type: 'max_single_position', value_pct: 90 },
      { type: 'bands', bands: [{ symbol: 'C', min_pct: 0, max_pct: 0 }] },
    ];
    // All there is of C is worth 10.
    expect(deltasOf({ shares: [60, 20, 1], policies, more: { min_lot: new Decimal(50) } })).toEqual({
      conflicts: ['min_lot_value', 'bands'],
    });
  });

  it('names cash, where a debt cannot be paid', () => {
    expect(deltasOf({ cash: -5, more: { still: new Set([0, 1, 2]) } })).toEqual({ conflicts: ['cash'] });
  });

  it('refuses a target of what is not held, and targets above 100 %', () => {
    const target = (targets_pct: Record<string, number>) => () =>
      requestOf({ policies: [{ type: 'target_allocation', targets_pct }] });
    expect(target({ Z: 10 })).toThrow('/policies/0/targets_pct/Z');
    expect(target({ A: 60, B: 50 })).toThrow('more than 100');
  });
});

it('whatever is asked for: trades pay for themselves, keep every limit, and sell no more than is held', () => {
  fc.assert(
    fc.property(
      fc.record({
        shares: fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 3, maxLength: 5 }),
        price: fc.array(fc.integer({ min: 100, max: 30_000 }), { minLength: 5, maxLength: 5 }),
        cash: fc.integer({ min: 0, max: 20_000 }),
        cap: fc.integer({ min: 15, max: 60 }),
        turnover: fc.integer({ min: 5, max: 150 }),
        lot: fc.integer({ min: 0, max: 800 }),
        least: fc.integer({ min: 0, max: 10 }),
        bps: fc.integer({ min: 0, max: 50 }),
        te: fc.option(fc.integer({ min: 1, max: 20 })),
        wanted: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 5, maxLength: 5 }),
      }),
      ({ shares, price, cash, cap, turnover, lot, least, bps, te, wanted }) => {
        const total = wanted.slice(0, shares.length).reduce((all, part) => all + part, 1);
        const targets_pct = Object.fromEntries(
          shares.map((_, i) => ['ABCDE'.charAt(i), (100 * (wanted[i] as number)) / total]),
        );
        const { request, value } = requestOf({
          shares,
          prices: price.map((cents) => cents / 100),
          cash,
          policies: [
            { type: 'max_single_position', value_pct: cap },
            { type: 'target_allocation', targets_pct },
          ],
          more: {
            max_turnover: turnover / 100,
            min_lot: new Decimal(lot),
            least_cash: least / 100,
            commission: new Decimal(5),
            cost_rate: new Decimal(bps).div(10_000),
            ...(te !== null && {
              covariance: shares.map((_, i) => shares.map((_x, j) => (i === j ? 0.04 + i / 100 : 0.01))),
              max_tracking_error: te / 100,
            }),
          },
        });
        const proposal = proposeTrades(request);
        if ('conflicts' in proposal) {
          expect(proposal.conflicts.length).toBeGreaterThan(0);
          return;
        }
        const { deltas } = proposal;
        expect([...brokenBy(deltas, request, value)]).toEqual([]);
        deltas.forEach((delta, i) => {
          const { quantity, unit } = request.holdings[i] as (typeof request.holdings)[number];
          expect(delta.isInteger()).toBe(true);
          expect(quantity.plus(delta).isNegative()).toBe(false);
          expect(delta.isZero() || delta.abs().times(unit).gte(lot)).toBe(true);
        });
        const bought = sum(deltas.map((delta, i) => delta.times(request.holdings[i]?.unit ?? NaN)));
        expect(new Decimal(cash).minus(bought).isNegative()).toBe(false);
      },
    ),
    { numRuns: 60 },
  );
});
