/** Falls from a peak: the path of an index (or of returns chained from 1) below its highest value so far. */
import { annualise } from './annualise';
import { daysBetween } from './dates';
import { drawdownAtRisk } from './drawdown-at-risk';
import { deepest, isLower, longestBetweenPeaks } from './drawdown-episodes';
import { figures } from './figures';
import type { ReasonCodes } from './holdings';
import { mean } from './moments';
import type { WealthPath } from './wealth-path';

export interface DrawdownOptions {
  /** Share of the observations that are milder than the drawdown at risk. */
  beta?: number | undefined;
  /** For the yearly return in `calmar_ratio`; without it the dates tell how long the path took. */
  periods_per_year?: number | undefined;
}

type Figure = number | null;
type Sizes = 'max_drawdown' | 'average_drawdown' | 'pain_index' | 'ulcer_index' | 'current_drawdown';
type Risks = 'drawdown_at_risk' | 'conditional_drawdown_at_risk' | 'annual_return' | 'calmar_ratio';
type Days = 'duration' | 'longest_drawdown_days';
type Moment = 'peak' | 'trough' | 'recovery';

export interface Drawdown extends Record<Sizes | Risks | Days, Figure>, Record<Moment, string | null> {
  high: { date: string | null; value: number } | null;
  series: { date?: string; drawdown: number }[];
  observations: number;
  beta: number;
  compounded: boolean;
  reasons: ReasonCodes;
}

/**
 * d = W/peak − 1 (not compounded: (W − peak)/W₀), the first value being the first peak. Means run over the observations after
 * the first value: average = mean(d), pain = mean |d|, ulcer = √mean(d²) (Bacon); Calmar = annual return/|maximum|.
 * Days are calendar days; figures in days and dates are `MISSING_INPUT` where there are no dates. A path that never falls has
 * no peak, trough and recovery (`ZERO_DEVIATION`); one that has not recovered says `TOO_FEW_OBSERVATIONS` (it ends too soon).
 */
export function drawdown(
  path: WealthPath,
  { beta = 0.95, periods_per_year }: DrawdownOptions = {},
): Drawdown {
  const { wealth, dates, compounded } = path;
  const { figure, reasons } = figures();
  const noStart = wealth.length === 0 ? 'TOO_FEW_OBSERVATIONS' : wealth[0] === 0 ? 'ZERO_START' : undefined;
  const all = noStart === undefined ? fallsOf(wealth, compounded) : [];
  const falls = all.slice(1);
  const none = noStart ?? (falls.length === 0 ? 'TOO_FEW_OBSERVATIONS' : undefined);
  const worst = deepest(all);
  const dateOf = (
    name: string,
    code: string | undefined,
    index: number | null | undefined,
  ): string | null => {
    const date = index === null || index === undefined ? undefined : dates?.[index];
    const why =
      none ?? (worst ? undefined : 'ZERO_DEVIATION') ?? code ?? (date ? undefined : 'MISSING_INPUT');
    if (why !== undefined) reasons[name] = why;
    return why === undefined ? (date as string) : null;
  };
  const days = (from: number, to: number): number => daysBetween(dates?.[from] ?? '', dates?.[to] ?? '');
  const last = wealth.length - 1;
  const undated = none ?? (dates ? undefined : 'MISSING_INPUT');
  const high = none === undefined ? highest(wealth) : null;
  const annual = annualise(last < 0 ? 0 : (wealth[last] as number) / (wealth[0] as number) - 1, {
    ...(periods_per_year === undefined && isDated(dates)
      ? { days: days(0, last) }
      : { periods: falls.length, periods_per_year }),
  });
  const annual_return = figure(
    'annual_return',
    none ?? annual.reasons.annualised,
    () => annual.annualised as number,
  );
  const maximum = worst ? (all[worst.trough] as number) : 0;
  const atRisk = drawdownAtRisk(falls, beta);
  return {
    max_drawdown: figure('max_drawdown', none, () => maximum),
    peak: dateOf('peak', undefined, worst?.peak),
    trough: dateOf('trough', undefined, worst?.trough),
    recovery: dateOf(
      'recovery',
      worst?.recovery === null ? 'TOO_FEW_OBSERVATIONS' : undefined,
      worst?.recovery,
    ),
    duration: figure('duration', undated ?? (worst ? reasons.peak : undefined), () =>
      worst ? days(worst.peak, worst.recovery ?? last) : 0,
    ),
    average_drawdown: figure('average_drawdown', none, () => mean(falls)),
    pain_index: figure('pain_index', none, () => -mean(falls)),
    ulcer_index: figure('ulcer_index', none, () => Math.sqrt(mean(falls.map((fall) => fall * fall)))),
    annual_return,
    calmar_ratio: figure(
      'calmar_ratio',
      reasons.annual_return ?? (maximum === 0 ? 'ZERO_DEVIATION' : undefined),
      () => (annual_return as number) / -maximum,
    ),
    drawdown_at_risk: figure('drawdown_at_risk', none, () => atRisk.drawdown_at_risk),
    conditional_drawdown_at_risk: figure(
      'conditional_drawdown_at_risk',
      none,
      () => atRisk.conditional_drawdown_at_risk,
    ),
    current_drawdown: figure('current_drawdown', none, () => all.at(-1) as number),
    high: high === null ? null : { date: dates?.[high] ?? null, value: wealth[high] as number },
    longest_drawdown_days: figure('longest_drawdown_days', undated, () =>
      // A start without a day is counted from the first day there is.
      longestBetweenPeaks(wealth, (from, to) => days(from === 0 && !isDated(dates) ? 1 : from, to)),
    ),
    series: (path.hasStart ? all : falls).map((fall, i) => {
      const date = dates?.[path.hasStart ? i : i + 1];
      return { ...(date !== undefined && date !== null && { date }), drawdown: fall };
    }),
    observations: falls.length,
    beta,
    compounded,
    reasons: high === null ? { ...reasons, high: none as string } : reasons,
  };
}

function isDated(dates: WealthPath['dates']): boolean {
  return dates !== undefined && dates[0] !== null;
}

function fallsOf(wealth: readonly number[], compounded: boolean): number[] {
  const start = wealth[0] as number;
  let peak = start;
  return wealth.map((value) => {
    peak = Math.max(peak, value);
    return !isLower(value, peak) ? 0 : compounded ? value / peak - 1 : (value - peak) / start;
  });
}

/** The first place of the highest value. */
function highest(wealth: readonly number[]): number {
  return wealth.reduce((best, value, i) => (value > (wealth[best] as number) ? i : best), 0);
}
