/**
 * Daily returns in base of what a portfolio holds now, also of days on which it did not hold it yet: what a weighing of
 * today's positions by yesterday's markets is made of. Price and exchange rate; where it was held, with its dividends.
 */
import type { DailyInputs } from './daily-values';
import { majorUnit } from './fx';
import type { Series } from './paired';
import type { PositionHistory, PositionSeries } from './position-history';
import { type KnownSplit, type SplitGrowth, splitGrowth } from './split-growth';

export interface HeldAsset {
  /** A security's id, or the currency of cash. */
  id: string;
  /** Fraction of the portfolio's value at the end. */
  weight: number;
  /** One for each day after the opening; `null`: a price is missing on it or on the day before. */
  returns: Series;
}

/**
 * Nothing where the portfolio is worth nothing, or less. `splits` are those that were declared; of a security without any,
 * what the ledger booked while it was held tells.
 */
export function heldAssets(
  history: PositionHistory,
  { prices }: Pick<DailyInputs, 'prices'>,
  splits: readonly KnownSplit[] = [],
): HeldAsset[] {
  const total = history.value.at(-1) ?? 0;
  if (total <= 0) return [];
  const open = history.positions.filter(
    ({ kind, value }) => ['security', 'cash'].includes(kind) && (value.at(-1) as number) !== 0,
  );
  const closes = closesOf(open, history, prices);
  const growth = splitGrowth(splits);
  return open.map((position) => {
    const { security_id, currency, value } = position;
    const rate = history.rates.of(currency);
    const close = closes.get(security_id ?? '');
    return {
      id: security_id ?? currency,
      weight: ((value.at(-1) as number) * (rate.at(-1) as number)) / total,
      returns: history.dates.slice(1).map((_, index) => {
        const day = index + 1;
        const change = (rate[day] as number) / (rate[day - 1] as number);
        const split = splitOn(position, growth, history.dates, day);
        const local = close ? localReturn(position, close, day, split) : 0;
        const base = (1 + local) * change - 1;
        return Number.isFinite(base) ? base : null;
      }),
    };
  });
}

/** Of one share, in the currency of the position; not a number where there is no price. */
function closesOf(
  open: readonly PositionSeries[],
  { dates, rates }: PositionHistory,
  prices: DailyInputs['prices'],
): ReadonlyMap<string, Float64Array> {
  const securities = new Map(
    open.flatMap(({ security_id, currency }) =>
      security_id === null
        ? []
        : [[security_id, { currency, close: new Float64Array(dates.length).fill(NaN) }] as const],
    ),
  );
  const days = new Map(dates.map((date, index) => [date, index]));
  for (const { date, security_id, close, currency } of prices) {
    const day = days.get(date);
    const known = day === undefined ? undefined : securities.get(security_id);
    if (day === undefined || !known) continue;
    const { major, perMajor } = majorUnit(currency);
    const unit = major === known.currency ? 1 : rates.cross(major, known.currency, day);
    known.close[day] = (Number(close) * unit) / perMajor;
  }
  return new Map([...securities].map(([id, { close }]) => [id, close]));
}

/** @param split new shares of the day for each old one */
function localReturn(
  { quantity, value, flows }: PositionSeries,
  close: Float64Array,
  day: number,
  split: number,
): number {
  const flow = flows.get(day);
  const held = quantity[day - 1] as number;
  const income = flow && held > 0 ? flow.income / (value[day - 1] as number) : 0;
  return ((close[day] as number) * split) / (close[day - 1] as number) - 1 + income;
}

/** As declared, else a day on which the number of shares changed without a trade was one of a split. */
function splitOn(
  { security_id, quantity, flows }: PositionSeries,
  growth: SplitGrowth,
  dates: readonly string[],
  day: number,
): number {
  if (security_id === null) return 1;
  if (growth.has(security_id)) {
    const upTo = (at: number): number => growth.upTo(security_id, dates[at] as string);
    return upTo(day) / upTo(day - 1);
  }
  const [held, now] = [quantity[day - 1] as number, quantity[day] as number];
  const flow = flows.get(day);
  const traded = flow !== undefined && (flow.bought !== 0 || flow.sold !== 0);
  return held > 0 && now > 0 && !traded ? now / held : 1;
}
