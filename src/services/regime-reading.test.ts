/** The regime from readings: what is missing is left out, and too little names no regime. */
import type { IndicatorId } from '../contract/macro-names';
import type { IndicatorReading } from './indicator-reading';
import { readRegime } from './regime-reading';

const readings = (zScores: Partial<Record<IndicatorId, number>>): IndicatorReading[] =>
  Object.entries(zScores).map(([id, z_score]) => ({
    ...{ id: id as IndicatorId, name: id, value: 1, unit: 'percent', period_end: '2013-01-31' },
    ...{ known_on: '2013-02-04', age_days: 28, z_score, observations: 120, reasons: {} },
  }));
const depression = { T10Y2Y: 1, UNRATE: 2, CPI_GROWTH: -1, BAA10Y: 2 };

it('scores 100 where every z-score is in the range of the rules', () => {
  const found = readRegime(readings(depression));
  expect(found).toMatchObject({ regime: 'DEEP_CONTRACTION', coverage: 1, missing: [], reasons: {} });
  expect(found.scores?.['DEEP_CONTRACTION']).toBe(100);
  const shares = Object.values(found.shares ?? {});
  expect(shares).toHaveLength(5);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
});

it('leaves out what is missing, names it, and says how much of the rules that is', () => {
  const { CPI_GROWTH: _, ...known } = depression;
  const found = readRegime(readings(known));
  // Inflation has 5.5 of the rules' 30.5.
  expect(found).toMatchObject({ regime: 'DEEP_CONTRACTION', missing: ['CPI_GROWTH'] });
  expect(found.coverage).toBeCloseTo(25 / 30.5, 12);
  // Early expansion without inflation: curve in range 2, unemployment 1.5·2^−2.5, credit 1·2^−2, over 4.5.
  expect(found.scores?.['EARLY_EXPANSION']).toBeCloseTo((100 * (2 + 1.5 * 2 ** -2.5 + 2 ** -2)) / 4.5, 10);
});

it('names no regime below 60 % of the rules', () => {
  // Curve and inflation: 14.5 of 30.5.
  const found = readRegime(readings({ T10Y2Y: 1, CPI_GROWTH: -1 }));
  expect(found).toMatchObject({
    ...{ regime: null, label: null, scores: null, shares: null, margin: null },
    missing: ['UNRATE', 'BAA10Y'],
    reasons: { regime: 'MISSING_INPUT', shares: 'MISSING_INPUT', margin: 'MISSING_INPUT' },
  });
});
