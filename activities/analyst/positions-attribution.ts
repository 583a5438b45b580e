/** Handler of `metrics.currency_attribution`. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import { attributeByCurrency } from '../../src/services/currency-attribution';
import type { InteractionTo } from '../../src/services/position-attribution';
import type { Handler } from '../agent';
import { periodOf, returnOf, withReason } from '../window-results';
import { packSource } from './pack-source';
import { namesOf, type PositionsOfWindow, positionsOfWindow } from './positions-history';
import type { AnalystServices } from './services';

type AttributionResult = ResultOf<Catalogue['metrics.currency_attribution']>;

const convention = {
  name: 'daily effects by position',
  weights: 'begin_of_day',
  linking: 'carino',
  fx_quotation: 'base_per_local',
  flow_timing: 'end_of_day',
};

export function currencyAttribution(services: AnalystServices): Handler<'metrics.currency_attribution'> {
  return async ({ interaction = 'separate', ...args }, call) => {
    const held = await positionsOfWindow(services, args, call);
    return { result: attributionResult(held, interaction), ...packSource(held.portfolio.pack) };
  };
}

function attributionResult(
  { portfolio, window, positions, securities }: PositionsOfWindow,
  interaction: InteractionTo,
): AttributionResult {
  const shared = {
    ...periodOf(window, portfolio.base_currency),
    convention: { ...convention, interaction },
  };
  const attribution = 'reason' in positions ? positions : attributeByCurrency(positions, interaction);
  const actual = returnOf(window);
  const actualReason = actual.reasons['value'];
  if ('reason' in attribution) {
    return {
      ...shared,
      ...noEffects,
      base_return_actual: actual.value,
      by_currency: [],
      by_position: [],
      by_period: [],
      reasons: {
        ...withReason(Object.keys(noEffects), attribution.reason),
        ...(actualReason !== undefined && { base_return_actual: actualReason }),
        ...('reason' in window && withReason(['from', 'to', 'days'], window.reason)),
      },
    };
  }
  const { total, by_position, ...effects } = attribution;
  return {
    ...shared,
    value: total,
    ...effects,
    base_return_actual: actual.value,
    error_bps: actual.value === null ? null : (total - actual.value) * 1e4,
    by_position: by_position.map((one) => ({
      symbol: namesOf({ kind: 'cash', ...one }, securities).symbol,
      ...one,
    })),
    reasons: actualReason === undefined ? {} : { base_return_actual: actualReason, error_bps: actualReason },
  };
}

const noEffects = { value: null, local_return: null, fx_return: null, interaction: null, error_bps: null };
