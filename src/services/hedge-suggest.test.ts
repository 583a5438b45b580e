/** Hedges and the playbook against figures worked out by hand. */
import { deleveragingHedges, type WayOutResult } from './hedge-deleveraging';
import { hedgeInstruments } from './hedge-instruments';
import { suggestHedges } from './hedge-suggest';
import type { ShockValues } from './scenario-library';
import { type ScenarioHolding, scenarioOutcome } from './scenario-outcome';
import { statedShocks } from './scenario-shocks';

const holding = (more: Partial<ScenarioHolding>): ScenarioHolding => ({
  ...{
    security_id: null,
    symbol: 'X',
    asset_class: 'equity',
    currency: 'USD',
    sector: null,
    value: '100000',
  },
  ...more,
});
const ran = (holdings: ScenarioHolding[], shocks: ShockValues, base_currency = 'USD') => ({
  scenario: { shocks: statedShocks(shocks) },
  base_currency,
  ...scenarioOutcome(holdings, base_currency, shocks),
});
const bonds = (sector: string) => holding({ asset_class: 'fund', sector });

describe('hedges', () => {
  it('sell the share index for its beta times the value, not for the loss', () => {
    const result = suggestHedges(ran([holding({ sector: 'Information Technology' })], { equity: -20 }), 20);
    expect(result).toEqual({
      hedges: [
        {
          factor: 'equity',
          instrument: 'equity_index_future',
          name: 'Future on a broad share index',
          action: 'sell',
          examples: ['ES', 'SPY'],
          loss: '-26000',
          exposure: '130000',
          notional: '130000',
          hedge_ratio: 1,
          expected_offset: '26000',
          expected_offset_fraction: 1,
          cost: '52',
          cost_bps: 4,
        },
      ],
      left_out: [],
      total_cost: '52',
      cost_limit: '200',
      expected_offset: '26000',
      change_with_hedges: '-52',
      reasons: {},
    });
  });

  it('sell Treasuries when rates rise, and buy them for whoever is short and loses when rates fall', () => {
    const up = suggestHedges(ran([bonds('Government Bonds')], { rates: 100 }), 100);
    // 8,000 of linear loss ÷ 17 %; a bond of 8 years is hedged with less than half of one of 17.
    expect(up.hedges).toMatchObject([
      { factor: 'rates', action: 'sell', instrument: 'long_treasury_future', notional: '47058.8235294118' },
    ]);
    const short = { ...bonds('Government Bonds'), value: '-100000' };
    const down = suggestHedges(ran([short], { rates: -100 }), 100);
    expect(down.hedges).toMatchObject([{ factor: 'rates', action: 'buy', notional: '47058.8235294118' }]);
    expect(Number(down.expected_offset)).toBeGreaterThan(0);
  });

  it('buy protection when spreads widen', () => {
    const { hedges } = suggestHedges(ran([bonds('Corporate Bonds')], { credit: 200 }), 100);
    // 16,000 ÷ (4.5 × 2 %), by selling the credit.
    expect(hedges).toMatchObject([
      { factor: 'credit', instrument: 'credit_index', action: 'sell', notional: '177777.7777777778' },
    ]);
  });

  it('sell US dollars forward when the dollar falls on an owner of another currency, and buy them for one who counts in dollars', () => {
    const abroad = ran([holding({ asset_class: 'cash' })], { usd: -5 }, 'CAD');
    expect(suggestHedges(abroad, 20).hedges).toMatchObject([
      {
        factor: 'currency',
        action: 'sell',
        examples: ['USD/CAD'],
        notional: '100000',
        expected_offset: '5000',
      },
    ]);
    const home = ran([holding({ asset_class: 'cash', currency: 'CAD' })], { usd: 25 });
    expect(suggestHedges(home, 20).hedges).toMatchObject([
      {
        factor: 'currency',
        action: 'buy',
        examples: ['DX', 'UUP'],
        notional: '80000',
        expected_offset: '20000',
      },
    ]);
  });

  it('count what Treasuries gain from inflation, and hedge no loss twice', () => {
    const { hedges, left_out } = suggestHedges(
      ran([bonds('Government Bonds')], { rates: 50, inflation: 40 }),
      100,
    );
    // Its 2,400 of inflation are those of the same bond: the Treasuries against rates take all of them.
    expect(hedges.map(({ factor }) => factor)).toEqual(['rates']);
    expect(left_out).toEqual([]);
    const shares = suggestHedges(ran([holding({})], { rates: 50, inflation: 40 }), 100);
    expect(shares.hedges.map(({ factor, action }) => [factor, action])).toEqual([
      ['inflation', 'buy'],
      ['rates', 'sell'],
    ]);
    // Loss 2,200; Treasuries for 1,000 ÷ 8.5 % gain 17 × 0.3 % of it from inflation, the rest of 1,200 is bought.
    const [inflation] = shares.hedges;
    expect(Number(inflation?.notional)).toBeCloseTo((1200 - (1000 / 0.085) * 0.051) / 0.024, 6);
  });

  it('stay within the limit on costs: the last one in part, further ones not at all', () => {
    const both = ran([holding({}), bonds('Corporate Bonds')], { equity: -20, credit: 200 });
    // Of 200,000 4 basis points are 80: 40 for the shares, 40 of 177.78 for the spreads.
    const { hedges, total_cost } = suggestHedges(both, 4);
    expect(hedges.map(({ factor, cost }) => [factor, cost])).toEqual([
      ['equity', '40'],
      ['credit', '40'],
    ]);
    expect(hedges[1]?.hedge_ratio).toBeCloseTo(40 / 177.777_777, 6);
    expect(total_cost).toBe('80');
    expect(suggestHedges(both, 2).left_out).toMatchObject([{ factor: 'credit', reason: 'OVER_COST_LIMIT' }]);
    expect(suggestHedges(both, 0)).toMatchObject({ hedges: [], reasons: { hedges: 'OVER_COST_LIMIT' } });
  });

  it('say so of every loss that the limit leaves without a hedge, also of one that another hedge would have taken up', () => {
    const bond = ran([bonds('Government Bonds')], { rates: 50, inflation: 40 });
    expect(suggestHedges(bond, 0).left_out).toEqual([
      { factor: 'rates', loss: '-4000', reason: 'OVER_COST_LIMIT' },
      { factor: 'inflation', loss: '-2400', reason: 'OVER_COST_LIMIT' },
    ]);
    const shares = ran([holding({})], { rates: 50, inflation: 40 });
    // Of 100,000 0.5 basis points are 5: Treasuries for 1,000 ÷ 8.5 % would cost 9.41, so little more than half of them are sold.
    const { hedges, left_out, total_cost } = suggestHedges(shares, 0.5);
    expect(hedges).toMatchObject([{ factor: 'rates', cost: '5' }]);
    expect(left_out).toEqual([{ factor: 'inflation', loss: '-1200', reason: 'OVER_COST_LIMIT' }]);
    expect(total_cost).toBe('5');
  });

  it('call by its name what is sold when spreads widen: credit risk, which buys protection', () => {
    const { hedges } = suggestHedges(ran([bonds('Corporate Bonds')], { credit: 200 }), 100);
    expect(hedges[0]).toMatchObject({
      action: 'sell',
      name: expect.stringMatching(/buys protection/) as string,
    });
  });

  it('are none where nothing loses, or hardly anything', () => {
    const none = { hedges: [], left_out: [], total_cost: '0', reasons: { hedges: 'NOTHING_TO_HEDGE' } };
    expect(suggestHedges(ran([holding({})], { equity: 15 }), 20)).toMatchObject(none);
    expect(suggestHedges(ran([holding({})], { equity: -0.05 }), 20)).toMatchObject(none);
    expect(suggestHedges(ran([], { equity: -20 }), 20)).toMatchObject(none);
  });

  it('gain from what they are for, in whatever direction the factor moves', () => {
    const losers = {
      rates: bonds('Government Bonds'),
      credit: bonds('Corporate Bonds'),
      equity: holding({}),
    };
    for (const [factor, one] of Object.entries(losers))
      for (const sign of [1, -1]) {
        const shock = (factor === 'equity' ? -10 : 100) * sign;
        const value = sign === 1 ? '100000' : '-100000';
        const { hedges } = suggestHedges(ran([{ ...one, value }], { [factor]: shock }), 1000);
        expect(hedges).toHaveLength(1);
        expect(Number(hedges[0]?.expected_offset)).toBeGreaterThan(0);
      }
    expect(new Set(hedgeInstruments.map(({ id }) => id)).size).toBe(hedgeInstruments.length);
  });
});

describe('the playbook of the long-term debt cycle', () => {
  const holdings = [
    holding({ symbol: 'S', value: '60000' }),
    holding({ symbol: 'H', asset_class: 'fund', sector: 'High-Yield Bonds', value: '10000' }),
    holding({ symbol: 'USD', asset_class: 'cash', value: '5000' }),
  ];
  const ways = (
    held: ScenarioHolding[],
  ): Record<'money_printing' | 'austerity' | 'default', WayOutResult> => ({
    money_printing: ran(held, { equity: 5 }),
    austerity: ran(held, { equity: -20 }),
    default: ran(held, { equity: -40, credit: 300 }),
  });

  it('sells 40 % of the shares and all high-yield bonds, and buys no more than that releases', () => {
    const { recommendations, released, to_buy, reasons } = deleveragingHedges(ways(holdings), 'DELEVERAGING');
    expect(reasons).toEqual({});
    expect(released).toBe('34000');
    expect(recommendations).toMatchObject([
      {
        action: 'reduce',
        target: 'equity',
        amount: '24000',
        instruments: [{ symbols: ['S'], amount: '24000' }],
        // 40 % of what 60,000 of shares lose.
        effect: { money_printing: '-1200', austerity: '4800', default: '9600' },
      },
      {
        action: 'reduce',
        target: 'high_yield',
        amount: '10000',
        // −4 × 7.5 % + ½ × 20 × (7.5 %)² = −24.375 % of 10,000.
        effect: { money_printing: '0', austerity: '0', default: '2437.5' },
      },
      {
        action: 'add',
        amount: '22500',
        instruments: [{ amount: '7500' }, { amount: '7500' }, { amount: '7500' }],
      },
    ]);
    expect(to_buy).toBe('15000');
  });

  it('buys with the cash that is held where nothing is sold, and no more', () => {
    const { recommendations, to_buy } = deleveragingHedges(ways(holdings), 'REFLATION');
    // High-yield bonds have a duration: half of 10,000 is sold; with 5,000 of cash 10,000 of the 15,000 wanted can be bought.
    expect(recommendations.map(({ action, amount }) => [action, amount])).toEqual([
      ['reduce', '5000'],
      ['add', '9999.9999999999'],
    ]);
    expect(Number(to_buy)).toBeCloseTo(10_000, 6);
  });

  it('keeps in cash only what is left of it: with nothing to sell, cash is parted among what is bought and what is kept', () => {
    const gold = holding({ symbol: 'G', asset_class: 'fund', sector: 'Gold', value: '94000' });
    const cash = (value: string) => holding({ symbol: 'USD', asset_class: 'cash', value });
    const { recommendations, to_buy } = deleveragingHedges(ways([gold, cash('6000')]), 'DEPRESSION');
    // 30,000 are wanted in gold, long bonds and cash, 6,000 are there: 2,000 of each.
    expect(recommendations).toMatchObject([
      {
        action: 'add',
        amount: '6000',
        instruments: [{ amount: '2000' }, { amount: '2000' }, { amount: '2000' }],
      },
    ]);
    expect(to_buy).toBe('4000');
    const overdrawn = deleveragingHedges(
      ways([holding({ symbol: 'S', value: '60000' }), cash('-20000')]),
      'DEPRESSION',
    );
    // 40 % of 60,000 are released, of which 20,000 repay what is owed: 4,000 of the 12,000 wanted are left.
    expect(overdrawn.released).toBe('24000');
    expect(Number(overdrawn.recommendations[1]?.amount)).toBeCloseTo(4000, 6);
  });

  it('has nothing for an expansion, and says when no phase is known', () => {
    expect(deleveragingHedges(ways(holdings), 'EXPANSION')).toMatchObject({
      recommendations: [],
      reasons: { recommendations: 'NO_ACTION' },
    });
    expect(deleveragingHedges(ways(holdings), null)).toMatchObject({
      recommendations: [],
      reasons: { recommendations: 'MISSING_INPUT' },
    });
    expect(deleveragingHedges(ways([]), 'TOP')).toMatchObject({ reasons: { recommendations: 'NO_ACTION' } });
  });
});
