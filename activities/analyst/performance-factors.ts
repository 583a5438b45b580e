/** Handler of `risk.compute_factor_exposures`. */
import type { ArgsOf, Catalogue, ResultOf } from '../../src/capabilities';
import { fxHistory } from '../../src/db/fx-rates';
import { observationsAt } from '../../src/db/observations';
import { withUser } from '../../src/db/pool';
import { type DatedEuroRate, dayQuotes } from '../../src/services/day-quotes';
import { ratePlaces } from '../../src/services/decimal';
import { type FactorObservation, factorMonths } from '../../src/services/factor-months';
import { factorRegression } from '../../src/services/factor-regression';
import { factorSets } from '../../src/services/factor-sets';
import { fixedNumber } from '../../src/services/fixed';
import { majorUnit } from '../../src/services/fx';
import { monthlyReturns } from '../../src/services/monthly-returns';
import { endOfMonth } from '../../src/services/months';
import { sinceInception } from '../../src/services/window';
import type { Handler } from '../agent';
import type { PortfolioHistory } from '../portfolio-history';
import { packSource } from './pack-source';
import { reasonsOf } from './reasons';
import type { AnalystServices } from './services';

type FactorsResult = ResultOf<Catalogue['risk.compute_factor_exposures']>;
type FactorsArgs = ArgsOf<Catalogue['risk.compute_factor_exposures']>;

/** Below it exposures are withheld. */
const leastMonths = 36;

export function computeFactorExposures({
  database,
  historyOf,
}: AnalystServices): Handler<'risk.compute_factor_exposures'> {
  return async (args, call) => {
    const { factors, risk_free, currency } = factorSets[args.factor_set ?? 'ff3'];
    const history = await historyOf(args, call);
    const { base_currency, pack } = history;
    const currencies = [majorUnit(base_currency).major, currency];
    const series_ids = [...Object.values(factors), risk_free];
    const known = await withUser(database, call.ctx.user_id, async (tx) => ({
      rates: await fxHistory(tx, { pack_id: pack.id, currencies }),
      observations: await observationsAt(tx, { pack_id: pack.id, series_ids }),
    }));
    return { result: factorExposuresResult(history, known, args), ...packSource(pack) };
  };
}

export interface Known {
  /** Of the base currency and the factors'. */
  rates: readonly DatedEuroRate[];
  observations: readonly FactorObservation[];
}

export function factorExposuresResult(
  { base_currency, history }: Pick<PortfolioHistory, 'base_currency' | 'history'>,
  { rates, observations }: Known,
  { factor_set = 'ff3', lookback_months }: Pick<FactorsArgs, 'factor_set' | 'lookback_months'>,
): FactorsResult {
  const { factors, risk_free, currency } = factorSets[factor_set];
  const names = Object.keys(factors);
  const ids = [...Object.values(factors), risk_free];
  const rateOn = ratesByDay(rates, base_currency, currency, history.dates);
  const joined = factorMonths(monthlyReturns(history), observations, ids, rateOn, lookback_months);
  const isEnough = joined.returns.length >= leastMonths;
  const seriesOf = (index: number): number[] => (isEnough ? (joined.series[index] ?? []) : []);
  const fit = factorRegression({
    returns: isEnough ? joined.returns : [],
    factors: Object.fromEntries(names.map((name, index) => [name, seriesOf(index)])),
    risk_free: seriesOf(names.length),
  });
  const { from, to, dropped, known_to } = joined;
  const measures = {
    from,
    to,
    alpha: fit.alpha,
    alpha_t_stat: fit.alpha_t_stat,
    betas: fit.betas,
    t_stats: fit.t_stats,
    r_squared: fit.r_squared,
    condition_number: fit.condition_number,
    factors_to: known_to === null ? null : endOfMonth(`${known_to}-01`),
  };
  const whole = sinceInception(history);
  const none = 'reason' in whole ? whole.reason : 'TOO_FEW_OBSERVATIONS';
  const unknown = known_to === null ? 'MISSING_INPUT' : undefined;
  const why = {
    ...fit.reasons,
    ...(from === null && { from: unknown ?? none, to: unknown ?? none }),
    ...(unknown && { factors_to: unknown }),
  };
  return {
    factor_set,
    ...measures,
    observations: joined.returns.length,
    currency,
    dropped,
    convention: {
      name: 'ordinary least squares of monthly excess returns',
      returns: 'time-weighted, from the last trading day of a month to the next one’s',
      conversion: `from ${base_currency} into ${currency} at the rates of both days, since the factors are returns in ${currency}`,
      risk_free: `series ${risk_free}`,
      factors: 'as known at the pack: no later value, no later revision',
      least_observations: leastMonths,
    },
    warnings: fit.warnings,
    reasons: reasonsOf(measures, why, isEnough ? undefined : (unknown ?? none)),
  };
}

/** Base currency per 1 of the factors' currency, by day. */
function ratesByDay(
  rates: readonly DatedEuroRate[],
  base: string,
  currency: string,
  dates: readonly string[],
): (date: string) => number | null {
  const quotes = dayQuotes([], rates, base);
  const byDay = new Map(
    dates.map((date) => {
      quotes.moveTo(date);
      const rate = quotes.rate(currency);
      return [date, rate === null ? null : fixedNumber(rate, ratePlaces)];
    }),
  );
  return (date) => byDay.get(date) ?? null;
}
