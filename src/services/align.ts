/** A series and its benchmark on the days that both have. */
import { EngineError } from '../contract/errors';
import { paired, sameLength, type Series, spread } from './paired';

export interface AlignArguments {
  returns: Series;
  benchmark: Series;
  /** Of the returns; in any order. */
  dates?: readonly string[] | undefined;
  /** Of the benchmark; left out: the same as the returns'. */
  benchmark_dates?: readonly string[] | undefined;
  risk_free?: number | Series | undefined;
}

export interface Aligned {
  returns: number[];
  benchmark: number[];
  risk_free: number[];
  /** How many values found no partner. */
  dropped: { returns: number; benchmark: number };
}

/** Joins by date where both have dates, else by place. @throws EngineError ARGS_INVALID */
export function align({
  returns,
  benchmark,
  dates,
  benchmark_dates,
  risk_free = 0,
}: AlignArguments): Aligned {
  if (dates) placesOf(dates, returns.length, 'dates');
  if (benchmark_dates && !dates) {
    throw new EngineError('ARGS_INVALID', '/benchmark_dates needs /dates: give the days of the returns too.');
  }
  const partner = benchmark_dates
    ? byDate(benchmark, dates as string[], benchmark_dates)
    : sameLength(benchmark, returns.length, 'benchmark');
  const [ours, theirs, rates] = paired(returns, partner, spread(risk_free, returns.length, 'risk_free'));
  const n = ours.length;
  const dropped = { returns: returns.length - n, benchmark: benchmark.length - n };
  return { returns: ours, benchmark: theirs, risk_free: rates, dropped };
}

function byDate(values: Series, dates: readonly string[], theirDates: readonly string[]): Series {
  const places = placesOf(theirDates, values.length, 'benchmark_dates');
  return dates.map((date) => values[places.get(date) ?? -1] ?? null);
}

/** Where each day is. @throws EngineError ARGS_INVALID */
function placesOf(dates: readonly string[], length: number, name: string): Map<string, number> {
  if (dates.length !== length) {
    const has = `/${name} has ${String(dates.length)} days for ${String(length)} values`;
    throw new EngineError('ARGS_INVALID', `${has}: give one for each.`);
  }
  const places = new Map(dates.map((date, i) => [date, i]));
  if (places.size === length) return places;
  const twice = dates.findIndex((date, i) => places.get(date) !== i);
  throw new EngineError(
    'ARGS_INVALID',
    `/${name}/${String(twice)}: ${String(dates[twice])} is there twice; keep one.`,
  );
}
