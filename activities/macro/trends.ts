/** Handlers of `macro.get_regime_history` and `macro.detect_trend_shifts`. */
import { observationVintages } from '../../src/db/observation-vintages';
import { withUser } from '../../src/db/pool';
import { packDates } from '../../src/db/prices';
import { regimeHistoryChart } from '../../src/services/chart-economy';
import { seriesOf } from '../../src/services/indicator-definitions';
import { monthPoints } from '../../src/services/month-points';
import { regimeHistory } from '../../src/services/regime-history';
import { regimeCoverageLimit, regimeInputs, regimeRulesVersion } from '../../src/services/regime-reading';
import { trendShifts } from '../../src/services/trend-shifts';
import type { Handler } from '../agent';
import { packSource } from '../analyst/pack-source';
import { requirePack } from '../portfolio-history';
import type { MacroServices } from './economy-data';

export function getRegimeHistory({ database }: MacroServices): Handler<'macro.get_regime_history'> {
  return async ({ pack_id, lookback_weeks = 52 }, call) => {
    const { pack, dates, rows } = await withUser(database, call.ctx.user_id, async (tx) => ({
      pack: await requirePack(tx, pack_id),
      dates: await packDates(tx, { pack_id }),
      rows: await observationVintages(tx, { pack_id, series_ids: seriesOf(regimeInputs) }),
    }));
    const points = regimeHistory(rows, monthPoints(dates, lookback_weeks)).map(
      ({ shares: _, rule: __, reasons, ...point }) => {
        const { shares: ___, rule: ____, ...why } = reasons;
        return { ...point, reasons: why };
      },
    );
    const result = {
      asof_date: pack.date,
      points,
      chart: regimeHistoryChart(points),
      convention: {
        rules_version: regimeRulesVersion,
        least_coverage: regimeCoverageLimit,
        points: 'last trading day of each month, and the pack’s day; each by what was known on that day',
      },
      reasons: {},
    };
    return { result, ...packSource(pack) };
  };
}

/** A judgement: regimes of neighbouring phases often lie a few points apart. */
const clearMargin = 5;
const shiftOfBeta = 0.15;

export const detectTrendShifts: Handler<'macro.detect_trend_shifts'> = (args) => {
  const { regime_history, factor_history, regime_margin = clearMargin, beta_change = shiftOfBeta } = args;
  const thresholds = { regime_margin, beta_change };
  const result = trendShifts(regime_history.points, factor_history.points, thresholds);
  return Promise.resolve({ result, asof_date: regime_history.asof_date });
};
