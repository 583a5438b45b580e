/** Regimes and exposures over time, each as it was known then. */
import { type Economist, startEconomist } from '../support/ask-macro';

let economist: Economist;
beforeAll(async () => {
  economist = await startEconomist();
});
afterAll(() => economist.close());

it('a regime in a history is the one that was detected on its day', async () => {
  const { points } = await economist.ask('macro.get_regime_history', '2009-03-31', { lookback_weeks: 104 });
  expect(points[0]?.date).toBe('2007-03-30');
  expect(points.at(-1)?.date).toBe('2009-03-31');
  expect(points).toHaveLength(25);
  for (const date of ['2007-06-29', '2008-09-30', '2009-03-31']) {
    const { regime, scores, margin } = await economist.ask('macro.detect_regime', date);
    expect(points.find((point) => point.date === date)).toMatchObject({ regime, scores, margin });
  }
});

it('a regime history does not change when later packs are asked', async () => {
  const early = await economist.ask('macro.get_regime_history', '2012-06-29', { lookback_weeks: 26 });
  const late = await economist.ask('macro.get_regime_history', '2013-02-28', { lookback_weeks: 520 });
  const dates = new Set(early.points.map(({ date }) => date));
  expect(late.points.filter(({ date }) => dates.has(date))).toEqual(early.points);
  expect(late.points[0]?.date).toBe('2007-01-31');
});

it('exposures in a history are those that were computed at the pack of their day', async () => {
  const history = await economist.ask('risk.get_factor_exposure_history', '2013-02-28', {
    lookback_weeks: 52,
  });
  expect(history.points[0]?.date).toBe('2012-02-29');
  for (const date of ['2012-06-29', '2013-02-28']) {
    const own = await economist.ask('risk.compute_factor_exposures', date, { lookback_months: 36 });
    const point = history.points.find((one) => one.date === date);
    expect(point).toMatchObject({ betas: own.betas, alpha: own.alpha, factors_to: own.factors_to });
    expect(point?.observations).toBe(36);
    expect(Number.isFinite(point?.betas['mkt_rf'])).toBe(true);
  }
});

it('exposures are withheld before there are 36 months', async () => {
  const { points } = await economist.ask('risk.get_factor_exposure_history', '2009-03-31', {
    lookback_weeks: 4,
  });
  expect(points.map(({ date, betas, reasons }) => [date, betas['mkt_rf'], reasons['betas.mkt_rf']])).toEqual([
    ['2009-02-27', null, 'TOO_FEW_OBSERVATIONS'],
    ['2009-03-31', null, 'TOO_FEW_OBSERVATIONS'],
  ]);
});

it('shifts are told with their dates, and by which thresholds', async () => {
  const lookback = { lookback_weeks: 104 };
  const regime_history = await economist.ask('macro.get_regime_history', '2009-03-31', lookback);
  const factor_history = await economist.ask('risk.get_factor_exposure_history', '2009-03-31', lookback);
  const found = await economist.ask('macro.detect_trend_shifts', '2009-03-31', {
    regime_history,
    factor_history,
  });
  expect(found).toMatchObject({
    regime_shift_detected: true,
    factor_shift_detected: null,
    thresholds: { regime_margin: 5, beta_change: 0.15 },
    reasons: { factor_shift_detected: 'TOO_FEW_OBSERVATIONS' },
  });
  expect(found.regime_shifts.at(-1)).toMatchObject({ to: 'DEEP_CONTRACTION', is_clear: true });
});
