import { AlertDraft } from '../contract/alert';
import { compileSchema } from '../validate';
import { alertProblems } from './alert-problems';
import { suggestAlerts, type TrendShifts } from './alert-suggestions';

const portfolio_id = 'a11ce000-0000-4000-8000-0000000000a1';
const shift = (to: string, is_clear: boolean) => ({
  ...{ to_date: '2013-01-31', from: 'MID_EXPANSION', to, margin: 3, is_clear },
});
const change = (factor: string, by: number, is_shift: boolean | null) => ({
  ...{ factor, from_date: '2012-12-31', to_date: '2013-01-31', change: by, is_shift },
});
const trends = (
  regime_shifts: TrendShifts['regime_shifts'],
  factor_changes: TrendShifts['factor_changes'] = [],
): TrendShifts => ({ regime_shifts, factor_changes, thresholds: { regime_margin: 5 } });
const types = (of: TrendShifts): string[] =>
  suggestAlerts(of, portfolio_id).map(({ alert }) => alert.condition.type);

describe('suggested alerts', () => {
  it('are none where nothing shifted, or nobody knows', () => {
    expect(types(trends([]))).toEqual([]);
    expect(types(trends([], [change('mkt_rf', 0.1, false), change('smb', 0, null)]))).toEqual([]);
  });

  it('follow the regime; into a contraction also the drawdown at risk', () => {
    expect(types(trends([shift('LATE_EXPANSION', true)]))).toEqual(['regime_shift']);
    expect(types(trends([shift('DEEP_CONTRACTION', true)]))).toEqual(['regime_shift', 'dar_breach']);
    expect(types(trends([shift('DEEP_CONTRACTION', false)]))).toEqual(['regime_shift']);
  });

  it('ask for a shift as clear as the analysis does, and say how unclear the last one was', () => {
    const [first] = suggestAlerts(trends([shift('LATE_EXPANSION', false)]), portfolio_id);
    expect(first?.alert.condition).toMatchObject({ least_margin: 5, threshold: 1, unit: 'phases' });
    expect(first?.reason).toContain('by a margin of 3 points only');
  });

  it('limit the drawdown when the exposure to the market rose, not when it fell', () => {
    expect(types(trends([], [change('mkt_rf', 0.2, true)]))).toEqual(['drawdown_limit', 'dar_breach']);
    expect(types(trends([], [change('mkt_rf', -0.2, true)]))).toEqual(['dar_breach']);
    expect(types(trends([], [change('hml', 0.2, true)]))).toEqual(['dar_breach']);
  });

  it('are alerts that can be created as they are', () => {
    const problemsOf = compileSchema(AlertDraft);
    const all = suggestAlerts(
      trends([shift('EARLY_CONTRACTION', true)], [change('mkt_rf', 0.2, true)]),
      portfolio_id,
    );
    expect(all).toHaveLength(3);
    const facts = { portfolio: { base_currency: 'CAD' }, security: null };
    for (const { alert, reason } of all) {
      expect(problemsOf(alert)).toEqual([]);
      expect(alertProblems(alert.condition, alert.portfolio_id ?? null, facts)).toEqual([]);
      expect(reason).toMatch(/^The .+\.$/);
    }
  });
});
