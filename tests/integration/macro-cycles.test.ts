/** Cycles of the demo's economy; the short-term scores were computed from the same file by an independent program. */
import { type Economist, startEconomist } from '../support/ask-macro';

let economist: Economist;
beforeAll(async () => {
  economist = await startEconomist();
});
afterAll(() => economist.close());

it.each([
  ['2009-03-31', 'DEEP_RECESSION', 3.56],
  ['2010-06-30', 'EARLY_RECOVERY', 0.88],
  ['2013-02-28', 'MID_EXPANSION', 0.13],
])('on %s the short-term cycle is in %s', async (day, phase, score) => {
  const result = await economist.ask('cycles.compute_short_term', day);
  expect(result).toMatchObject({ cycle: 'short_term', phase, missing: ['CREDIT_GROWTH'], reasons: {} });
  expect(result.score).toBeCloseTo(score, 2);
  expect(result.coverage).toBeCloseTo(1 - 5.5 / 31, 12);
});

it.each(['cycles.compute_long_term', 'cycles.compute_empire', 'cycles.compute_civil'] as const)(
  '%s is withheld on the demo, which has no such series, and names them',
  async (name) => {
    const result = await economist.ask(name, '2013-02-28');
    expect(result).toMatchObject({ phase: null, score: null, reasons: { phase: 'MISSING_INPUT' } });
    expect(result.coverage).toBeLessThan(0.6);
    expect(result.missing.length).toBeGreaterThan(2);
  },
);

it('the overview has a card for each cycle, and what drives the one that is known', async () => {
  const day = '2009-03-31';
  const [stdc, ltdc, empire, civil] = await Promise.all([
    economist.ask('cycles.compute_short_term', day),
    economist.ask('cycles.compute_long_term', day),
    economist.ask('cycles.compute_empire', day),
    economist.ask('cycles.compute_civil', day),
  ]);
  const found = await economist.ask('cycles.aggregate_overview', day, { stdc, ltdc, empire, civil });
  expect(found.cards.map(({ cycle, phase }) => [cycle, phase])).toEqual([
    ['short_term', 'DEEP_RECESSION'],
    ['long_term', null],
    ['empire', null],
    ['civil', null],
  ]);
  expect(found.available).toBe(1);
  const parts = found.drivers.reduce((sum, { contribution }) => sum + contribution, 0);
  expect(parts).toBeCloseTo(stdc.score ?? NaN, 12);
  expect(found.cards[1]?.missing).toEqual(expect.arrayContaining(['DEBT_GDP', 'DEBT_SERVICE']));
});

it('cycles of different days make no overview', async () => {
  const [stdc, ltdc] = [
    await economist.ask('cycles.compute_short_term', '2013-02-28'),
    await economist.ask('cycles.compute_long_term', '2013-02-27'),
  ];
  const factor_exposures = await economist.ask('risk.compute_factor_exposures', '2013-02-28');
  const mixed = economist.ask('risk.overlay_cycle_phases', '2013-02-28', { factor_exposures, stdc, ltdc });
  await expect(mixed).rejects.toMatchObject({
    code: 'ARGS_INVALID',
    message: expect.stringContaining('/ltdc is of 2013-02-27 and /stdc of 2013-02-28') as string,
  });
});

describe('risk.overlay_cycle_phases', () => {
  const overlayOn = async (day: string) => {
    const factor_exposures = await economist.ask('risk.compute_factor_exposures', day);
    const stdc = await economist.ask('cycles.compute_short_term', day);
    const ltdc = await economist.ask('cycles.compute_long_term', day);
    const found = await economist.ask('risk.overlay_cycle_phases', day, { factor_exposures, stdc, ltdc });
    return { factor_exposures, found };
  };

  it('multiplies the portfolio’s own exposures by the multiplier of the phase that is known', async () => {
    const { factor_exposures, found } = await overlayOn('2013-02-28');
    expect(found).toMatchObject({ overall_multiplier: 1, risk_level: 'normal', amplified_factors: [] });
    expect(Object.fromEntries(found.factors.map(({ factor, beta }) => [factor, beta]))).toEqual(
      factor_exposures.betas,
    );
    expect(found.cycles).toEqual([
      { cycle: 'short_term', phase: 'MID_EXPANSION', multiplier: 1, reasons: {} },
      { cycle: 'long_term', phase: null, multiplier: null, reasons: { multiplier: 'MISSING_INPUT' } },
    ]);
    const recovery = await overlayOn('2010-06-30');
    expect(recovery.found.overall_multiplier).toBe(0.9);
    const { mkt_rf } = recovery.factor_exposures.betas;
    expect(recovery.found.factors[0]?.amplified_beta).toBeCloseTo(0.9 * (mkt_rf ?? NaN), 12);
  });

  it('has a multiplier but no exposures in March 2009, when there are too few months', async () => {
    const { found } = await overlayOn('2009-03-31');
    expect(found).toMatchObject({
      ...{ overall_multiplier: 2, risk_level: 'high', most_exposed_factor: null, amplified_factors: [] },
      reasons: { most_exposed_factor: 'MISSING_INPUT' },
    });
    expect(found.factors.every(({ amplified_beta }) => amplified_beta === null)).toBe(true);
  });
});
