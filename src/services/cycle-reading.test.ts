/** Phases of cycles: scores computed by hand. */
import type { IndicatorId } from '../contract/macro-names';
import { cycles, cycleIndicators } from './cycle-definitions';
import { scorePhase } from './cycle-phase';
import { readCycle } from './cycle-reading';
import type { IndicatorReading } from './indicator-reading';

const reading = (
  id: IndicatorId,
  z_score: number | null,
  value: number | null = z_score,
): IndicatorReading => ({
  ...{ id, name: id, value, unit: 'percent', period_end: '2013-01-31', known_on: '2013-02-04', age_days: 28 },
  ...{ z_score, observations: 120, reasons: {} },
});
const readings = (zScores: Partial<Record<IndicatorId, number>>): IndicatorReading[] =>
  Object.entries(zScores).map(([id, z]) => reading(id as IndicatorId, z));

describe('a phase by weights', () => {
  it('is the mean of z-scores by weight, in which a weight below 0 counts the opposite', () => {
    const list = readings({ T10Y2Y: -1, GDP_GROWTH: -2, INDPRO_GROWTH: 0.5, CREDIT_GROWTH: 1 });
    const byId = new Map(list.map((one) => [one.id, one]));
    // −2.5·−1 + −1.5·−2 + −1·0.5 + −0.5·1 = 4.5, over 5.5.
    const { score, coverage, drivers } = scorePhase(cycles.short_term.EARLY_RECESSION, byId);
    expect(score).toBeCloseTo(4.5 / 5.5, 12);
    expect(coverage).toBe(1);
    expect(drivers.map(({ indicator }) => indicator).slice(0, 2)).toEqual(['GDP_GROWTH', 'T10Y2Y']);
    expect(drivers[0]?.contribution).toBeCloseTo(3 / 5.5, 12);
  });

  it('leaves out what is not available, and says how much that is', () => {
    const byId = new Map([['T10Y2Y', reading('T10Y2Y', -1)]]);
    expect(scorePhase(cycles.short_term.EARLY_RECESSION, byId)).toMatchObject({
      score: 1,
      coverage: 2.5 / 5.5,
    });
    expect(scorePhase(cycles.short_term.EARLY_RECESSION, new Map())).toEqual({
      ...{ score: null, coverage: 0, drivers: [] },
    });
  });
});

describe('a phase by ranges', () => {
  it('counts 1 within, bounds included, and falls to 0 a fifth outside', () => {
    const at = (GINI: number, TRUST: number, POLARISATION: number) =>
      scorePhase(
        cycles.civil.HARMONY,
        new Map([
          ['GINI', reading('GINI', null, GINI)],
          ['TRUST', reading('TRUST', null, TRUST)],
          ['POLARISATION', reading('POLARISATION', null, POLARISATION)],
        ]),
      ).score;
    expect(at(0.3, 0.7, 0.3)).toBe(1);
    // 0.1 above and 0.1 below are half, 0.2 above is nothing.
    expect(at(0.4, 0.6, 0.5)).toBeCloseTo((0.5 + 0.5 + 0) / 3, 12);
    expect(at(0.9, 0.2, 0.9)).toBe(0);
  });
});

describe('a cycle', () => {
  const recession = { UNRATE_CHANGE: 2, GDP_GROWTH: -2, PAYEMS_GROWTH: -2, INDPRO_GROWTH: -1 };

  it('is in the phase with the highest score, and tells the runner-up and the margin', () => {
    const found = readCycle('short_term', readings({ ...recession, T10Y2Y: 1, CPI_GROWTH: 0, UNRATE: 2 }));
    // Deep recession (2.5·2 + 2·2 + 1.5·2)/6 = 2; early recovery (2.5 + 1.5·2 − 1)/5 = 0.9.
    expect(found).toMatchObject({
      ...{ phase: 'DEEP_RECESSION', label: 'Deep recession', phase_number: 5, score: 2 },
      ...{ runner_up: 'EARLY_RECOVERY', missing: ['CREDIT_GROWTH'], reasons: {} },
    });
    expect(found.margin).toBeCloseTo(1.1, 12);
    // Credit has 0.5 + 1 + 1.5 + 0.5 + 2 of 5.5 + 5.5 + 6.5 + 5.5 + 8.
    expect(found.coverage).toBeCloseTo(1 - 5.5 / 31, 12);
    expect(found.drivers.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(2, 12);
  });

  it('is withheld below 60 % of the weight, and names what is missing', () => {
    const found = readCycle('long_term', readings({ GDP_GROWTH: 1, UNRATE: 1, BAA10Y: 1, REAL_RATE: 1 }));
    expect(found).toMatchObject({
      phase: null,
      score: null,
      drivers: [],
      reasons: { phase: 'MISSING_INPUT', margin: 'MISSING_INPUT' },
    });
    expect(found.missing).toContain('DEBT_GDP');
    expect(found.phases.find(({ phase }) => phase === 'BUBBLE')).toMatchObject({
      score: null,
      coverage: 0,
      reasons: { score: 'MISSING_INPUT' },
    });
  });

  it('names no phase when everything speaks against each', () => {
    const low = Object.fromEntries(cycleIndicators('empire').map((id) => [id, -1]));
    const found = readCycle('empire', readings({ ...low, CONFLICT: -9, GINI: -9, DEBT_GDP: -9 }));
    expect(found).toMatchObject({ phase: null, coverage: 1, reasons: { phase: 'NO_PHASE_FITS' } });
    expect(found.phases.every(({ score }) => score !== null && score <= 0)).toBe(true);
  });

  it('of rise and decline, and of internal order, work on the figures that are given', () => {
    const high = { RESERVE_SHARE: 2, MILITARY_SHARE: 1, WORLD_GDP_SHARE: 1, INNOVATION: 0.5, EDUCATION: 0 };
    // Peak: (2.5·2 + 2 + 2 + 0.5)/7.5.
    expect(readCycle('empire', readings({ ...high, DEBT_GDP: 0, GINI: 0, CONFLICT: 0 }))).toMatchObject({
      phase: 'PEAK',
      score: 9.5 / 7.5,
    });
    const civil = [
      reading('GINI', null, 0.418),
      reading('TRUST', null, 0.38),
      reading('POLARISATION', null, 0.6),
    ];
    expect(readCycle('civil', civil)).toMatchObject({ phase: 'POLARISATION', score: 1, missing: [] });
  });
});
