/** Handler of `macro.compute_dar`. */
import type { ArgsOf, Catalogue, ResultOf } from '../../src/capabilities';
import type { darCatalogue } from '../../src/capabilities/macro/dar';
import { overallMultiplier } from '../../src/services/cycle-overlay';
import { dailyReturns } from '../../src/services/daily-returns';
import {
  calibrate,
  calibrationPaths,
  type DarOptions,
  forecastDrawdown,
  leastDays,
  pathCount,
} from '../../src/services/dar-forecast';
import { meanBlockOf } from '../../src/services/dar-bootstrap';
import { runsOf } from '../../src/services/dar-runs';
import { Decimal, decimalText, moneyPlaces, roundMoney } from '../../src/services/decimal';
import { fixedText } from '../../src/services/fixed';
import { refuseArgument } from '../../src/services/invalid-argument';
import type { Handler, HandlersOf } from '../agent';
import { packSource } from '../analyst/pack-source';
import { ledgerCommitOf, portfolioHistories, type PortfolioHistory } from '../portfolio-history';
import { periodOf, withReason } from '../window-results';
import { type MonthRegimes, monthRegimes } from './dar-regimes';
import type { MacroServices } from './economy-data';

type DarResult = ResultOf<Catalogue['macro.compute_dar']>;
type Regime = DarResult['regime'];

export function darHandlers({ database }: MacroServices): HandlersOf<keyof typeof darCatalogue> {
  const historyOf = portfolioHistories(database);
  return {
    'macro.compute_dar': computeDar(historyOf, (history, call) => monthRegimes(database, history, call)),
  };
}

function computeDar(
  historyOf: ReturnType<typeof portfolioHistories>,
  regimesOf: (history: PortfolioHistory, userId: string) => Promise<MonthRegimes>,
): Handler<'macro.compute_dar'> {
  return async (args, call) => {
    const history = await historyOf(args, call);
    const { portfolio_id, regime = null, confidence = 0.95, horizon_days = 21 } = args;
    const regimes = regime === null ? null : await regimesOf(history, call.ctx.user_id);
    const seed_text = ['dar 1', portfolio_id, history.pack.id, ledgerCommitOf(call, portfolio_id)].join(' ');
    const options = { confidence, horizon_days, multiplier: multiplierOf(args), seed_text };
    return { result: darResult(history, options, regime, regimes), ...packSource(history.pack) };
  };
}

/** @throws EngineError ARGS_INVALID */
function multiplierOf({ cycle_multiplier, cycle_phases }: ArgsOf<Catalogue['macro.compute_dar']>): number {
  if (!cycle_phases) return cycle_multiplier ?? 1;
  if (cycle_multiplier !== undefined)
    refuseArgument('/cycle_phases', 'stands beside cycle_multiplier; give one of the two');
  const { short_term, long_term } = cycle_phases;
  const multiplier = overallMultiplier([
    { cycle: 'short_term', phase: short_term },
    { cycle: 'long_term', phase: long_term },
  ]);
  return multiplier ?? refuseArgument('/cycle_phases', 'names no phase; leave it out for markets as usual');
}

/** @param regimes of the months; `null`: every day counts */
export function darResult(
  { base_currency, window }: Pick<PortfolioHistory, 'base_currency' | 'window'>,
  options: DarOptions,
  regime: Regime,
  regimes: MonthRegimes | null,
): DarResult {
  const { confidence, horizon_days, multiplier, seed_text } = options;
  const { dates, returns } = dailyReturns(window);
  const days = returns.map((r, index) => ({ date: dates[index + 1] as string, return: r }));
  const all = runsOf(days, () => true);
  const runs = regimes === null ? all : runsOf(days, (date) => regimes(date) === regime);
  const sample_days = runs.reduce((total, run) => total + run.length, 0);
  const none =
    'reason' in window ? window.reason : sample_days < leastDays ? 'TOO_FEW_OBSERVATIONS' : undefined;
  const forecast = none === undefined ? forecastDrawdown(runs, options) : null;
  const past = calibrate(all.flat(), options);
  const last = 'reason' in window ? undefined : window.values.at(-1);
  const value = last ? fixedText(last.value, moneyPlaces) : null;
  const isLoss = forecast && value !== null;
  return {
    ...periodOf(window, base_currency),
    drawdown_at_risk: forecast?.drawdown_at_risk ?? null,
    conditional_drawdown_at_risk: forecast?.conditional_drawdown_at_risk ?? null,
    median_drawdown: forecast?.median_drawdown ?? null,
    amount: isLoss ? decimalText(roundMoney(new Decimal(value).times(forecast.drawdown_at_risk))) : null,
    value,
    confidence,
    horizon_days,
    cycle_multiplier: multiplier,
    regime,
    sample_days,
    calibration: {
      ...past,
      reasons:
        past.windows === 0 ? withReason(['hit_rate', 'mean_absolute_deviation'], 'TOO_FEW_OBSERVATIONS') : {},
    },
    convention: {
      name: 'quantile of the deepest falls from a peak over the horizon, the start being the first peak',
      method:
        'stationary bootstrap: blocks of days that follow each other, of geometrically distributed length; calibration: stretches ' +
        'that do not overlap, each forecast from all days before it, whatever their regime and without a multiplier',
      returns: `daily, time-weighted, of the portfolio as it was held, in ${base_currency}`,
      paths: pathCount,
      mean_block_days: meanBlockOf(sample_days),
      seed: seed_text,
      calibration_paths: calibrationPaths,
      least_days: leastDays,
    },
    reasons: {
      ...(none !== undefined &&
        withReason(['drawdown_at_risk', 'conditional_drawdown_at_risk', 'median_drawdown', 'amount'], none)),
      ...('reason' in window && withReason(['from', 'to', 'days', 'value'], window.reason)),
      ...(regime === null && { regime: 'NOT_APPLICABLE' }),
    },
  };
}
