/** Scenarios against figures worked out by hand. */
import { EngineError } from '../contract/errors';
import { Decimal, sum } from './decimal';
import { findScenario } from './scenario-find';
import { scenarioLibrary, type ShockValues } from './scenario-library';
import { type ScenarioHolding, scenarioOutcome } from './scenario-outcome';
import { rankScenarios } from './scenario-rank';
import { isDeleveraging } from './scenario-phases';
import { askedScenario, statedShocks } from './scenario-shocks';

const holding = (more: Partial<ScenarioHolding>): ScenarioHolding => ({
  security_id: null,
  symbol: 'X',
  asset_class: 'equity',
  currency: 'USD',
  sector: null,
  value: '100000',
  ...more,
});
const changeOf = (one: Partial<ScenarioHolding>, shocks: ShockValues, base = 'USD') =>
  Number(scenarioOutcome([holding(one)], base, shocks).change);

describe('bonds', () => {
  const bonds = { asset_class: 'fund', sector: 'Government Bonds' } as const;

  it('lose by duration and win back by convexity', () => {
    // −8 × 1 % + ½ × 80 × (1 %)² = −7.6 %; downwards +8 % + 0.4 %.
    expect(changeOf(bonds, { rates: 100 })).toBe(-7600);
    expect(changeOf(bonds, { rates: -100 })).toBe(8400);
    const { positions } = scenarioOutcome([holding(bonds)], 'USD', { rates: 100 });
    expect(positions[0]?.by_factor).toEqual({ rates: '-8000', convexity: '400' });
  });

  it('lose when spreads widen: corporate bonds, high-yield ones more for their duration, government bonds not at all', () => {
    // −8 × 2 % + ½ × 80 × (2 %)² = −14.4 %; high yield 2.5 × 2 % = 5 %: −4 × 5 % + ½ × 20 × (5 %)² = −17.5 %.
    expect(changeOf({ ...bonds, sector: 'Corporate Bonds' }, { credit: 200 })).toBe(-14_400);
    expect(changeOf({ ...bonds, sector: 'High-Yield Bonds' }, { credit: 200 })).toBe(-17_500);
    expect(changeOf(bonds, { credit: 200 })).toBe(0);
  });

  it('that are linked to inflation do not mind it', () => {
    expect(changeOf({ ...bonds, sector: 'Inflation-Linked Bonds' }, { inflation: 100 })).toBe(0);
    // Three quarters of it go into nominal yields: −8 × 0.75 % + ½ × 80 × (0.75 %)².
    expect(changeOf(bonds, { inflation: 100 })).toBe(-5775);
  });

  it('cannot lose more than everything', () => {
    const long = { ...bonds, sector: 'High-Yield Bonds' };
    const { positions } = scenarioOutcome([holding(long)], 'USD', { equity: 0, credit: 1000, rates: 0 });
    // −4 × 25 % + ½ × 20 × (25 %)² = −37.5 %: still within it. Shares of technology at −90 % would be −117 %.
    expect(positions[0]?.change).toBe('-37500');
    const shares = holding({ sector: 'Information Technology' });
    const crash = scenarioOutcome([shares], 'USD', { equity: -90 });
    expect(crash.change).toBe('-100000');
    expect(crash.positions[0]?.by_factor).toEqual({ equity: '-117000', loss_limit: '17000' });
  });
});

describe('shares', () => {
  it('answer to rates only where the scenario says nothing of the market', () => {
    expect(changeOf({}, { rates: 100 })).toBe(-2000);
    expect(changeOf({}, { rates: 100, equity: -5 })).toBe(-5000);
    expect(changeOf({}, { rates: 100, equity: 0 })).toBe(0);
  });

  it('of banks lose more than the market when spreads widen', () => {
    // 1.1 × −15 % − 1 × 2 %.
    expect(changeOf({ sector: 'Financials' }, { credit: 200, equity: -15 })).toBe(-18_500);
    // Without a market of its own: 1.1 × (−0.5 × 2 %) − 2 %.
    expect(changeOf({ sector: 'Financials' }, { credit: 200 })).toBe(-3100);
  });

  it('lose in no scenario in which spreads alone widen, gain in none', () => {
    for (const sector of [null, 'Financials', 'Energy', 'Utilities', 'Information Technology'])
      expect(changeOf({ sector }, { credit: 100 })).toBeLessThan(0);
  });
});

describe('currencies', () => {
  it('translate: who counts in Canadian dollars gains with the US dollar, who counts in US dollars loses on Canadian ones', () => {
    expect(changeOf({ asset_class: 'cash' }, { usd: 5 }, 'CAD')).toBe(5000);
    expect(changeOf({ asset_class: 'cash', currency: 'CAD' }, { usd: 25 }, 'USD')).toBe(-20_000);
    expect(changeOf({ asset_class: 'cash', currency: 'CAD' }, { usd: 5 }, 'CAD')).toBe(0);
    expect(changeOf({ asset_class: 'cash', currency: 'EUR' }, { usd: 5 }, 'CAD')).toBe(0);
  });

  it('leave the sign to what is priced in US dollars, wherever it is quoted: gold in Canadian dollars gains with the dollar', () => {
    const gold = { asset_class: 'fund', sector: 'Gold' } as const;
    // Quoted in dollars (1 − 0.5 × 5 %)(1 + 5 %) − 1 = 2.375 %; in Canadian or other ones −0.5 × 5 % + 5 %.
    expect(changeOf(gold, { usd: 5 }, 'CAD')).toBe(2375);
    expect(changeOf({ ...gold, currency: 'CAD' }, { usd: 5 }, 'CAD')).toBe(2500);
    expect(changeOf({ ...gold, currency: 'EUR' }, { usd: 5 }, 'CAD')).toBe(2500);
    const oil = { asset_class: 'fund', sector: 'Commodities', currency: 'CAD' } as const;
    expect(changeOf(oil, { usd: -12, commodity: 35 }, 'CAD')).toBe(23_000);
  });

  it('are apart from what a dearer dollar does to a company, and multiply with it', () => {
    const { positions } = scenarioOutcome(
      [holding({ sector: 'Information Technology' })],
      'CAD',
      { usd: 5, equity: 0 }, // (1 − 0.3 × 5 %) × 1.05 − 1 = 3.425 %
    );
    expect(positions[0]).toMatchObject({
      change: '3425',
      by_factor: { usd: '-1500', currency_translation: '5000', interaction: '-75' },
    });
    expect(positions[0]?.change_fraction).toBeCloseTo(0.034_25, 12);
  });
});

describe('a portfolio', () => {
  const holdings = [
    holding({ symbol: 'A', sector: 'Information Technology', value: '60000.123456789' }),
    holding({ symbol: 'B', sector: 'Energy', value: '33333.3333333333' }),
    holding({ symbol: 'F', asset_class: 'fund', sector: 'Bonds', currency: 'CAD', value: '10000' }),
    holding({ symbol: 'CAD', asset_class: 'cash', currency: 'CAD', value: '5000' }),
  ];

  it('adds up to the last place: positions, factors, before and after, in every scenario of the library', () => {
    for (const { shocks } of scenarioLibrary) {
      const result = scenarioOutcome(holdings, 'CAD', shocks);
      const total = (amounts: (string | null)[]) =>
        sum(amounts.map((text) => new Decimal(text ?? 'NaN'))).toFixed();
      expect(total(result.positions.map(({ change }) => change))).toBe(result.change);
      expect(total(result.factor_contributions.map(({ change }) => change))).toBe(result.change);
      for (const { by_factor, change } of result.positions)
        expect(total(Object.values(by_factor))).toBe(change);
      expect(total([result.pre_value, result.change])).toBe(result.post_value);
      expect(result.winners.length + result.losers.length).toBeLessThanOrEqual(4);
    }
  });

  it('names what has no price or is not classified, and gives no total that leaves it out in silence', () => {
    const result = scenarioOutcome(
      [
        ...holdings,
        holding({ symbol: 'NEW', value: null, value_reason: 'NO_QUOTE' }),
        holding({ symbol: 'MIX', asset_class: 'fund', sector: null, value: '1' }),
      ],
      'CAD',
      { equity: -10 },
    );
    expect(result).toMatchObject({
      pre_value: null,
      post_value: null,
      change: null,
      change_fraction: null,
      value_of_known: '108333.4567901223',
      without_change: ['NEW', 'MIX'],
      reasons: { pre_value: 'NO_QUOTE', change: 'NO_QUOTE' },
    });
    expect(result.positions.at(-1)).toMatchObject({
      kind: null,
      change: null,
      reasons: { kind: 'NOT_CLASSIFIED', change: 'NOT_CLASSIFIED' },
    });
  });

  it('names shocks that nothing answers to', () => {
    expect(scenarioOutcome(holdings, 'CAD', { volatility: 30, equity: -1, usd: 0 }).unanswered).toEqual([
      'volatility',
    ]);
  });

  it('answers to the US dollar by its currencies too', () => {
    // What is held in dollars is worth 5 % more in Canadian ones, though no company answers to the dollar.
    const dollars = scenarioOutcome([holding({ asset_class: 'cash' })], 'CAD', { usd: 5 });
    expect(dollars).toMatchObject({ change: '5000', unanswered: [] });
    const home = holding({ asset_class: 'cash', currency: 'CAD' });
    expect(scenarioOutcome([home], 'CAD', { usd: 5 }).unanswered).toEqual(['usd']);
  });

  it('that is empty has no fraction', () => {
    expect(scenarioOutcome([], 'CAD', { equity: -10 })).toMatchObject({
      pre_value: '0',
      change: '0',
      change_fraction: null,
      reasons: { change_fraction: 'ZERO_TOTAL' },
    });
  });
});

describe('what is asked for', () => {
  it('is the library’s scenario as it stands', () => {
    expect(askedScenario('late_cycle_rates_up', undefined).shocks).toEqual({
      rates: 50,
      inflation: 40,
      usd: 5,
    });
    expect(statedShocks({ rates: 50, usd: 5 })).toEqual({ rates_bps: 50, usd_pct: 5 });
  });

  it('has own shocks in place of the library’s, and is then without its probability', () => {
    const asked = askedScenario('rates_up', { rates_bps: 150, cpi_surprise_pct: 0.4 });
    expect(asked).toMatchObject({
      id: 'rates_up',
      shocks: { rates: 150, inflation: 40, usd: 2, equity: -5 },
      probability: null,
      severity: null,
    });
    expect(askedScenario('rates_up', { rates_bps: 100 }).probability).toBe(0.1);
    expect(askedScenario(undefined, { usd_vs_cad_pct: 5 })).toMatchObject({ id: null, shocks: { usd: 5 } });
  });

  it.each([
    ['nothing', undefined, undefined, /Neither/],
    [
      'a scenario that there is not',
      'rates_upp',
      undefined,
      /no scenario "rates_upp"; did you mean rates_up, /,
    ],
    ['a name like none', '2008', undefined, /known are rates_up, /],
    ['one factor twice', undefined, { usd_pct: 1, usd_vs_cad_pct: 1 }, /usd_pct and usd_vs_cad_pct/],
    ['one factor in two units', undefined, { inflation_bps: 1, cpi_surprise_pct: 1 }, /give one of the two/],
  ])('is refused when it is %s', (_what, id, custom, message) => {
    expect(() => askedScenario(id, custom)).toThrow(EngineError);
    expect(() => askedScenario(id, custom)).toThrow(message);
  });

  it('is in a library of 32 scenarios with different names, whose spreads and shares never both go the good way by mistake', () => {
    expect(new Set(scenarioLibrary.map(({ id }) => id)).size).toBe(32);
    expect(findScenario('reserve_currency_loss').shocks).toEqual({
      rates: 200,
      inflation: 200,
      credit: 250,
      usd: -40,
      equity: -30,
      commodity: 50,
      volatility: 120,
    });
    for (const { shocks } of scenarioLibrary.filter((one) => (one.shocks.equity ?? 0) <= -20))
      expect(shocks.credit ?? 0).toBeGreaterThan(0);
  });
});

describe('ranking', () => {
  it('is by probability × loss; a regime changes both', () => {
    const shares = [holding({})];
    const calm = rankScenarios(shares, 'USD', null);
    const late = rankScenarios(shares, 'USD', 'LATE_EXPANSION');
    const row = (of: typeof calm, id: string) => of.scenarios.find((one) => one.id === id);
    // −20 % of 100,000 × 2 %; in a late expansion −30 % × 6 %.
    expect(row(calm, 'equity_selloff')).toMatchObject({ change: '-20000', expected_loss: '400' });
    expect(row(late, 'equity_selloff')).toMatchObject({
      change: '-30000',
      probability: 0.06,
      expected_loss: '1800',
      worst_factor: 'equity',
    });
    const losses = calm.scenarios.flatMap(({ expected_loss }) => expected_loss ?? []).map(Number);
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    expect(row(calm, 'equity_rally')).toMatchObject({ expected_loss: '0', worst_factor: null });
  });

  it('gives the ways through a deleveraging a rank only where one is under way', () => {
    const ways = ['beautiful_deleveraging', 'dalio_money_printing', 'dalio_austerity', 'dalio_default'];
    const before = rankScenarios([holding({})], 'USD', null, 'BUBBLE').scenarios;
    for (const id of ways)
      expect(before.find((row) => row.id === id)).toMatchObject({
        ...{ rank: null, probability: null, expected_loss: null },
        probability_condition: expect.stringContaining('DELEVERAGING') as string,
        reasons: { probability: 'NO_PROBABILITY', rank: 'NO_PROBABILITY' },
      });
    const within = rankScenarios([holding({})], 'USD', null, 'DEPRESSION').scenarios;
    // −20 % of 100,000 × 15 %.
    expect(within.find(({ id }) => id === 'dalio_austerity')).toMatchObject({ expected_loss: '3000' });
    expect(within.filter(({ probability_condition: condition }) => condition !== null)).toHaveLength(4);
  });

  it('puts a scenario without a probability last, without a rank', () => {
    expect(rankScenarios([holding({})], 'USD', null, 'DEBT_CRISIS').scenarios.at(-1)).toMatchObject({
      id: 'late_cycle_rates_up',
      rank: null,
      expected_loss: null,
      reasons: { rank: 'NO_PROBABILITY', expected_loss: 'NO_PROBABILITY', probability: 'NO_PROBABILITY' },
    });
  });
});

it('takes a deleveraging to be under way in three phases of the cycle', () => {
  expect(isDeleveraging('DEBT_CRISIS')).toBe(true);
  expect(isDeleveraging('BUBBLE')).toBe(false);
  expect(isDeleveraging(null)).toBe(false);
});
