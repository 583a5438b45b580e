/** Shifts along a history. */
import { trendShifts } from './trend-shifts';

const thresholds = { regime_margin: 5, beta_change: 0.2 };
const at = (date: string, regime: string | null, margin: number | null = 10) => ({ date, regime, margin });

it('finds the regimes that changed, and which changes are clear; a gap is passed over', () => {
  const { regime_shifts, regime_shift_detected } = trendShifts(
    [at('2013-01-31', 'A'), at('2013-02-28', null, null), at('2013-03-28', 'B'), at('2013-04-30', 'A', 4.9)],
    [],
    thresholds,
  );
  expect(regime_shifts).toEqual([
    { from_date: '2013-01-31', to_date: '2013-03-28', from: 'A', to: 'B', margin: 10, is_clear: true },
    { from_date: '2013-03-28', to_date: '2013-04-30', from: 'B', to: 'A', margin: 4.9, is_clear: false },
  ]);
  expect(regime_shift_detected).toBe(true);
  expect(trendShifts([at('a', 'A'), at('b', 'B', 1)], [], thresholds).regime_shift_detected).toBe(false);
});

it('compares exposures at both ends, and a change of the threshold is one', () => {
  const betas = [
    { date: '2013-01-31', betas: { mkt_rf: 1, smb: null } },
    { date: '2013-02-28', betas: { mkt_rf: 9, smb: 0.5 } },
    { date: '2013-03-28', betas: { mkt_rf: 0.75, smb: null } },
  ];
  const found = trendShifts([], betas, { ...thresholds, beta_change: 0.25 });
  expect(found.factor_changes).toEqual([
    {
      ...{ factor: 'mkt_rf', from_date: '2013-01-31', to_date: '2013-03-28', from: 1, to: 0.75 },
      ...{ change: -0.25, is_shift: true, reasons: {} },
    },
    expect.objectContaining({ factor: 'smb', change: null, is_shift: null }),
  ]);
  expect(found.factor_shift_detected).toBe(true);
  expect(trendShifts([], betas, { ...thresholds, beta_change: 0.26 }).factor_shift_detected).toBe(false);
});

it('says nothing of fewer than two points', () => {
  expect(trendShifts([at('2013-01-31', 'A')], [], thresholds)).toMatchObject({
    ...{ regime_shift_detected: null, factor_shift_detected: null, regime_shifts: [], factor_changes: [] },
    reasons: {
      regime_shift_detected: 'TOO_FEW_OBSERVATIONS',
      factor_shift_detected: 'TOO_FEW_OBSERVATIONS',
    },
  });
});
