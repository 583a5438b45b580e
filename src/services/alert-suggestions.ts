/**
 * Which alerts the trends of economy and portfolio call for. Thresholds are the usual ones of each type, not estimates:
 * they are a first offer that the user may change.
 */
import type { AlertDraft } from '../contract/alert';
import { type AlertValue, valueText } from './alert-words';

/** As macro.detect_trend_shifts answers, as far as it is read. */
export interface TrendShifts {
  regime_shifts: readonly {
    to_date: string;
    from: string;
    to: string;
    margin: number | null;
    is_clear: boolean;
  }[];
  factor_changes: readonly {
    factor: string;
    from_date: string | null;
    to_date: string | null;
    change: number | null;
    is_shift: boolean | null;
  }[];
  thresholds: { regime_margin: number };
}

export interface AlertSuggestion {
  /** Why it is offered, in words. */
  reason: string;
  alert: AlertDraft;
}

/** Deeper falls than this from the highest are a limit that many set themselves. */
export const usualDrawdownLimit = 0.2;
export const usualDrawdownAtRisk = 0.15;
/** Regimes are of months: what changed over one of them is seen with two packs a month apart. */
export const usualRegimeDays = 31;
const marketFactor = 'mkt_rf';

/** One for each condition, in the order: regime, drawdown, drawdown at risk. Nothing shifted: none. */
export function suggestAlerts(trends: TrendShifts, portfolio_id: string): AlertSuggestion[] {
  const last = trends.regime_shifts.at(-1);
  const shifted = trends.factor_changes.filter(({ is_shift }) => is_shift === true);
  const market = shifted.find(({ factor, change }) => factor === marketFactor && (change ?? 0) > 0);
  const suggestions: AlertSuggestion[] = [];
  if (last) {
    suggestions.push({
      reason: last.is_clear
        ? `The regime went from ${last.from} to ${last.to} by ${last.to_date}; the next shift would be told.`
        : `The regime seems to have gone from ${last.from} to ${last.to} by ${last.to_date}, by a margin of ${marginText(last.margin)} only; a clear shift would be told.`,
      alert: {
        title: 'The regime of the economy shifts',
        condition: {
          type: 'regime_shift',
          over_days: usualRegimeDays,
          threshold: 1,
          unit: 'phases',
          least_margin: trends.thresholds.regime_margin,
        },
      },
    });
  }
  if (market) {
    suggestions.push({
      reason: `The exposure to the market rose by ${numberText(market.change)} ${spanOf(market)}: a fall of the market takes the portfolio further down.`,
      alert: {
        title: 'The portfolio falls to its limit',
        condition: { type: 'drawdown_limit', threshold: usualDrawdownLimit, unit: 'fraction' },
        portfolio_id,
      },
    });
  }
  const why = riskReason(last, shifted);
  if (why !== null) {
    suggestions.push({
      reason: why,
      alert: {
        title: 'The drawdown at risk is high',
        condition: { type: 'dar_breach', threshold: usualDrawdownAtRisk, unit: 'fraction' },
        portfolio_id,
      },
    });
  }
  return suggestions;
}

function riskReason(
  last: TrendShifts['regime_shifts'][number] | undefined,
  shifted: TrendShifts['factor_changes'],
): string | null {
  if (last?.is_clear === true && last.to.endsWith('_CONTRACTION'))
    return `The economy went into ${last.to} by ${last.to_date}, in which falls are deeper.`;
  const [first] = shifted;
  if (!first) return null;
  const names = shifted.map(({ factor }) => factor).join(', ');
  return `The exposures to ${names} shifted ${spanOf(first)}, so the risk may be another than it was.`;
}

function spanOf({ from_date, to_date }: { from_date: string | null; to_date: string | null }): string {
  return `from ${from_date ?? 'the first point'} to ${to_date ?? 'the last'}`;
}

const numberText = (value: AlertValue | null): string => valueText(value ?? 0, 'ratio');
const marginText = (margin: number | null): string =>
  margin === null ? 'unknown size' : valueText(margin, 'points');
