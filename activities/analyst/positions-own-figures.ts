/** What a position's own days say of it: returns, dividends, risk, and its part of the portfolio's return. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import type { PositionFlowRow } from '../../src/db/position-history';
import { contributions } from '../../src/services/contribution';
import { dailyReturns } from '../../src/services/daily-returns';
import { positionDividends } from '../../src/services/position-dividends';
import type { PositionHistory } from '../../src/services/position-history';
import { positionMeasures } from '../../src/services/position-measures';
import { positionReturn } from '../../src/services/position-return';
import type { Window } from '../../src/services/window';
import { withReason } from '../window-results';
import { withoutGaps } from './reasons';

type PerformanceResult = ResultOf<Catalogue['portfolio.position_performance']>;
export type OwnFigures = Pick<PerformanceResult, keyof typeof notHeld | 'warnings' | 'reasons'>;

const notHeld = {
  ...{ held_days: 0, is_open: false, position_return: null, local_return: null, fx_return: null },
  ...{ contribution: null, average_weight: null, dividends_local: null, dividends: null },
  ...{ volatility: null, max_drawdown: null, peak: null, trough: null, recovery: null },
  ...{ value_at_risk: { historical: null, gaussian: null }, beta: null, correlation: null },
};

/** Of a position that has no days. */
export function noFigures(code: string): OwnFigures {
  const missing = Object.entries(notHeld).flatMap(([field, value]) => (value === null ? [field] : []));
  const fields = [...missing, 'value_at_risk.historical', 'value_at_risk.gaussian'];
  return { ...notHeld, warnings: [], reasons: withReason(fields, code) };
}

export function ownFigures(
  security: { id: string },
  history: PositionHistory,
  { window, flows }: { window: Window; flows: readonly PositionFlowRow[] },
  confidence: number,
): OwnFigures {
  const position = history.positions.find(({ security_id }) => security_id === security.id);
  if (!position) return noFigures('NOT_HELD');
  const own = positionReturn(position, history.rates);
  const { dates, returns } = dailyReturns(window);
  const { reasons: ofMeasures, ...measures } = positionMeasures(dates, own.returns, returns, confidence);
  const found = contributions(history);
  const row = 'reason' in found ? null : found.rows.find(({ security_id }) => security_id === security.id);
  const paid = positionDividends(flows, { id: security.id, currency: position.currency }, window.values);
  const reasons: Record<string, string | undefined> = {
    ...ofMeasures,
    position_return: own.reasons['base'],
    local_return: own.reasons['local'],
    fx_return: own.reasons['fx'],
    dividends_local: paid.local === null ? 'MIXED_CURRENCIES' : undefined,
    dividends: paid.base === null ? 'NO_QUOTE' : undefined,
    ...('reason' in found && { contribution: found.reason, average_weight: found.reason }),
  };
  return {
    held_days: own.observations,
    is_open: position.value.at(-1) !== 0,
    ...{ position_return: own.base, local_return: own.local, fx_return: own.fx },
    ...{ contribution: row?.contribution ?? null, average_weight: row?.average_weight ?? null },
    ...{ dividends_local: paid.local, dividends: paid.base },
    ...measures,
    warnings: own.warnings.map(({ day, code }) => ({ date: history.dates[day] as string, code })),
    reasons: withoutGaps(reasons),
  };
}
