/** Handler of `risk.get_factor_exposure_history`. */
import { fxHistory } from '../../src/db/fx-rates';
import { observationVintages } from '../../src/db/observation-vintages';
import { withUser } from '../../src/db/pool';
import { exposureHistoryChart } from '../../src/services/chart-economy';
import { factorSets } from '../../src/services/factor-sets';
import { majorUnit } from '../../src/services/fx';
import { latestAt } from '../../src/services/macro-observations';
import { monthPoints } from '../../src/services/month-points';
import type { History } from '../../src/services/window';
import type { Handler } from '../agent';
import { packSource } from './pack-source';
import { factorExposuresResult } from './performance-factors';
import type { AnalystServices } from './services';

const defaultWeeks = 52;
const defaultMonths = 36;

export function getFactorExposureHistory({
  database,
  historyOf,
}: AnalystServices): Handler<'risk.get_factor_exposure_history'> {
  return async (args, call) => {
    const { factor_set = 'ff3', lookback_weeks = defaultWeeks, lookback_months = defaultMonths } = args;
    const { portfolio_id, pack_id } = args;
    const { factors, risk_free, currency } = factorSets[factor_set];
    const { base_currency, history, pack } = await historyOf({ portfolio_id, pack_id }, call);
    const known = await withUser(database, call.ctx.user_id, async (tx) => ({
      rates: await fxHistory(tx, { pack_id, currencies: [majorUnit(base_currency).major, currency] }),
      vintages: await observationVintages(tx, {
        pack_id,
        series_ids: [...Object.values(factors), risk_free],
      }),
    }));
    const points = monthPoints(history.dates, lookback_weeks).map((date) => {
      const { rates, vintages } = known;
      const then = { rates, observations: latestAt(vintages, date) };
      const own = { base_currency, history: historyTo(history, date) };
      const found = factorExposuresResult(own, then, { factor_set, lookback_months });
      const { observations, alpha, betas, r_squared, factors_to, reasons } = found;
      const fields = ['alpha', 'betas', 'r_squared', 'factors_to'];
      const why = Object.entries(reasons).filter(([field]) => fields.includes(field.split('.')[0] ?? ''));
      return { date, observations, alpha, betas, r_squared, factors_to, reasons: Object.fromEntries(why) };
    });
    const result = {
      factor_set,
      points,
      chart: exposureHistoryChart(points),
      convention: {
        points: 'last trading day of each month, and the pack’s day',
        regression: 'that of risk.compute_factor_exposures',
        lookback_months,
        ledger: 'as it is now: entries made later for earlier days are in the returns',
      },
      reasons: {},
    };
    return { result, ...packSource(pack) };
  };
}

/** As it was at the close of a trading day. */
function historyTo({ values, unvalued, dates, first_activity }: History, day: string): History {
  return {
    first_activity,
    values: values.filter(({ date }) => date <= day),
    unvalued: unvalued.filter(({ date }) => date <= day),
    dates: dates.filter((date) => date <= day),
  };
}
