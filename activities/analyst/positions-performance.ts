/** Handler of `portfolio.position_performance`. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import { packSplits } from '../../src/db/pack-actions';
import { withUser } from '../../src/db/pool';
import type { SecurityRow } from '../../src/db/securities';
import { heldAssets } from '../../src/services/asset-returns';
import { majorUnit } from '../../src/services/fx';
import { positionRisk } from '../../src/services/position-risk';
import type { KnownSplit } from '../../src/services/split-growth';
import type { Handler } from '../agent';
import { periodOf, withReason } from '../window-results';
import { packSource } from './pack-source';
import { requireSecurity } from './positions-held';
import { type PositionsOfWindow, positionsOfWindow } from './positions-history';
import { noFigures, ownFigures } from './positions-own-figures';
import type { AnalystServices } from './services';

type PerformanceResult = ResultOf<Catalogue['portfolio.position_performance']>;

const convention = {
  name: 'time-weighted return of the position',
  flow_timing: 'end_of_day; on the day it is opened its purchases are the capital',
  fees: 'left out',
  periods_per_year: 252,
  quantile: 'type_7',
  component_risk:
    'Gaussian, Euler; returns of price and exchange rate without splits, with dividends where it was held',
};

export function positionPerformance(services: AnalystServices): Handler<'portfolio.position_performance'> {
  return async ({ security_id, confidence = 0.95, ...args }, call) => {
    const security = await withUser(services.database, call.ctx.user_id, (tx) =>
      requireSecurity(tx, security_id),
    );
    const held = await positionsOfWindow(services, args, call);
    const { pack } = held.portfolio;
    const splits = await withUser(services.database, call.ctx.user_id, (tx) =>
      packSplits(tx, { pack_id: pack.id, security_ids: [...held.securities.keys()] }),
    );
    return { result: performanceResult(security, held, splits, confidence), ...packSource(pack) };
  };
}

function performanceResult(
  security: SecurityRow,
  { portfolio, window, positions, flows }: PositionsOfWindow,
  splits: readonly KnownSplit[],
  confidence: number,
): PerformanceResult {
  const shared = {
    ...{ security_id: security.id, symbol: security.symbol },
    ...periodOf(window, portfolio.base_currency),
    ...{ local_currency: majorUnit(security.currency).major, confidence, convention },
  };
  if ('reason' in window || 'reason' in positions) {
    const code = 'reason' in window ? window.reason : 'NO_QUOTE';
    const figures = noFigures(code);
    const missing = ['from', 'to', 'days', 'weight', ...Object.keys(noRisk).map((field) => `risk.${field}`)];
    const reasons = { ...figures.reasons, ...withReason(missing, code) };
    return { ...shared, ...figures, weight: null, risk: { ...noRisk, observations: 0, dropped: 0 }, reasons };
  }
  const figures = ownFigures(security, positions, { window, flows }, confidence);
  const assets = heldAssets(positions, portfolio.inputs, splits);
  const { reasons: ofRisk, ...risk } = positionRisk(assets, security.id, confidence);
  const isWorthless = assets.length === 0;
  return {
    ...shared,
    ...figures,
    weight: isWorthless ? null : (assets.find(({ id }) => id === security.id)?.weight ?? 0),
    risk,
    reasons: {
      ...figures.reasons,
      ...(isWorthless && { weight: 'ZERO_TOTAL' }),
      ...Object.fromEntries(Object.entries(ofRisk).map(([field, code]) => [`risk.${field}`, code])),
    },
  };
}

const noRisk = { portfolio_value_at_risk: null, component_value_at_risk: null, share: null };
