import { regimeOf, zScore } from './regime';
import { regimeByLevels } from './regime-levels';
import { fivePhases } from './regime-rules';

describe('the regime by z-scores', () => {
  const depression = { T10Y2Y: 1, UNRATE: 2, CPIAUCSL: -1, BAA10Y: 2 };

  it('scores 100 inside all ranges, bounds included, and halves a weight for each unit beside', () => {
    const { regime, scores, probabilities, rule } = regimeOf(depression, fivePhases, 'proportional');
    expect([regime, scores?.['DEEP_CONTRACTION']]).toEqual(['DEEP_CONTRACTION', 100]);
    // Curve and inflation in range; unemployment 2.5 above −0.5, credit 2 above 0.
    expect(scores?.['EARLY_EXPANSION']).toBeCloseTo((100 * (2 + 1.5 * 2 ** -2.5 + 1 + 2 ** -2)) / 5.5, 10);
    expect(Object.values(probabilities ?? {}).reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 12);
    expect(rule).toContain('1 ≤ UNRATE (weight 2.5)');
    expect(regimeOf({ ...depression, UNRATE: 1, BAA10Y: 1.5 }, fivePhases, 'softmax').scores?.['DEEP_CONTRACTION']).toBe(100); // prettier-ignore
  });

  it('is surer by softmax', () => {
    const sure = regimeOf(depression, fivePhases, 'softmax').probabilities?.['DEEP_CONTRACTION'] ?? 0;
    expect(sure).toBeGreaterThan(0.8);
    expect(regimeOf(depression, fivePhases, 'proportional').probabilities?.['DEEP_CONTRACTION']).toBeLessThan(
      0.4,
    );
  });

  it('is withheld where an indicator is missing, never scored as 0', () => {
    const gap = regimeOf({ ...depression, BAA10Y: null }, fivePhases, 'proportional');
    expect(gap).toMatchObject({ regime: null, scores: null, reasons: { regime: 'MISSING_INPUT' } });
  });

  it('takes the first of equal scores, and rules of one’s own', () => {
    const rules = {
      HOT: [{ indicator: 'X', low: 0, weight: 1 }],
      COLD: [{ indicator: 'X', high: 0, weight: 3 }],
    };
    expect(regimeOf({ X: 0 }, rules, 'proportional').regime).toBe('HOT');
    expect(regimeOf({ X: -1 }, rules, 'proportional').scores).toEqual({ HOT: 50, COLD: 100 });
  });
});

describe('a z-score', () => {
  it('uses the sample deviation of the last values, without gaps', () => {
    expect(zScore([1, null, 2, 3], { least: 3 })).toEqual({ z: 1 });
    expect(zScore([100, 1, 2, 3], { window: 3, least: 3 })).toEqual({ z: 1 });
  });

  it('says why there is none', () => {
    expect(zScore([1, 2], { least: 3 })).toEqual({ reason: 'TOO_FEW_OBSERVATIONS' });
    expect(zScore([0.1, 0.1, 0.1], { least: 3 })).toEqual({ reason: 'ZERO_DEVIATION' });
  });
});

describe('the regime by levels', () => {
  it.each([
    [{ gdp_growth: -0.1, unemployment: 6.1 }, 'DEEP_CONTRACTION', 0.95],
    [{ gdp_growth: -0.1, unemployment: 6 }, 'EARLY_CONTRACTION', 0.8],
    [{ gdp_growth: 0, unemployment: 9, yield_curve: -0.1 }, 'LATE_EXPANSION', 0.85],
    [{ gdp_growth: 2.1, unemployment: 4.4, yield_curve: 0, pmi: 55.1 }, 'MID_EXPANSION', 0.9],
    [{ gdp_growth: 2.1, unemployment: 4.4, yield_curve: 0, pmi: 55 }, 'LATE_EXPANSION', 0.75],
    [{ gdp_growth: 2, unemployment: 4.4, yield_curve: 0 }, 'EARLY_EXPANSION', 0.7],
  ])('%j is %s', (levels, regime, confidence) => {
    expect(regimeByLevels(levels)).toMatchObject({ regime, probabilities: { [regime]: confidence } });
  });

  it.each([{}, { gdp_growth: 1, unemployment: 5 }, { gdp_growth: 3, unemployment: 4, yield_curve: 1 }])(
    '%j is not enough',
    (levels) => {
      expect(regimeByLevels(levels)).toMatchObject({ regime: null, reasons: { regime: 'MISSING_INPUT' } });
    },
  );
});
