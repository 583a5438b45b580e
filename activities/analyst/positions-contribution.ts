/** Handler of `portfolio.contribution`. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import { contributions } from '../../src/services/contribution';
import type { Handler } from '../agent';
import { periodOf, returnOf, withReason } from '../window-results';
import { packSource } from './pack-source';
import { namesOf, type PositionsOfWindow, positionsOfWindow } from './positions-history';
import type { AnalystServices } from './services';

type ContributionResult = ResultOf<Catalogue['portfolio.contribution']>;

const convention = {
  name: 'gain of the day over the capital of the day',
  weights: 'begin_of_day',
  linking: 'carino',
  flow_timing: 'end_of_day',
  fees: 'rows of their own',
};

export function contribution(services: AnalystServices): Handler<'portfolio.contribution'> {
  return async (args, call) => {
    const held = await positionsOfWindow(services, args, call);
    return { result: contributionResult(held), ...packSource(held.portfolio.pack) };
  };
}

function contributionResult({
  portfolio,
  window,
  positions,
  securities,
}: PositionsOfWindow): ContributionResult {
  const period = periodOf(window, portfolio.base_currency);
  const actual = returnOf(window);
  const actualReason = actual.reasons['value'];
  const found = 'reason' in positions ? positions : contributions(positions);
  if ('reason' in found) {
    return {
      ...{ value: null, time_weighted_return: actual.value, error_bps: null, ...period, positions: [] },
      convention,
      reasons: {
        ...withReason(['value', 'error_bps'], found.reason),
        ...(actualReason !== undefined && { time_weighted_return: actualReason }),
        ...('reason' in window && withReason(['from', 'to', 'days'], window.reason)),
      },
    };
  }
  const { total, rows } = found;
  return {
    value: total,
    time_weighted_return: actual.value,
    error_bps: actual.value === null ? null : (total - actual.value) * 1e4,
    ...period,
    positions: rows.map((row) => ({ ...namesOf(row, securities), ...row })),
    convention,
    reasons:
      actualReason === undefined ? {} : { time_weighted_return: actualReason, error_bps: actualReason },
  };
}
