/** Exchange rates on given days: (a series or a pair of quotes, inverted if asked) × cross. */
import { type DatedQuote, type MissingReason, quoteSeries } from './dated-series';
import { daysBetween, earlier } from './dates';
import { Decimal, decimalText, type Numeric, ratePlaces } from './decimal';
import { type BeforeFirst, type PairQuote, type PairRate, pairRates } from './pair-rates';
import { invalidArgument } from './invalid-argument';

export interface SeriesRow {
  date: string;
  rate: Numeric;
}

export interface RateRequest {
  series?: readonly SeriesRow[] | undefined;
  inverse?: boolean | undefined;
  cross?: readonly SeriesRow[] | undefined;
  quotes?: readonly PairQuote[] | undefined;
  from?: string | undefined;
  to?: string | undefined;
  dates: readonly string[];
  before_first?: BeforeFirst | undefined;
}

export interface RateOnDay {
  date: string;
  /** At 20 places. */
  rate: string | null;
  /** Of the oldest quote in it. */
  quote_date: string | null;
  /** Negative where the earliest quote, a later one, was taken. */
  age_days: number | null;
  reason?: MissingReason;
}

type OnDay = (date: string) => PairRate;

/** @throws EngineError ARGS_INVALID */
export function lookUpRates(request: RateRequest): RateOnDay[] {
  const main = mainRate(request);
  const cross = request.cross === undefined ? null : seriesRate(request.cross, 'cross', request);
  return request.dates.map((date) => {
    const rate = main(date);
    const other = cross?.(date) ?? null;
    if ('reason' in rate) return missing(date, rate.reason);
    if (other !== null && 'reason' in other) return missing(date, other.reason);
    const own = request.inverse === true ? new Decimal(1).div(rate.rate) : rate.rate;
    const value = other === null ? own : own.times(other.rate);
    const quote_date = other === null ? rate.date : earlier(rate.date, other.date);
    return {
      date,
      rate: decimalText(value.toDecimalPlaces(ratePlaces)),
      quote_date,
      age_days: daysBetween(quote_date, date),
    };
  });
}

function mainRate(request: RateRequest): OnDay {
  const { series, quotes, from, to, before_first } = request;
  if ((series === undefined) === (quotes === undefined))
    throw invalidArgument('/series', 'give either `series`, or `quotes` with `from` and `to`');
  if (series !== undefined) return seriesRate(series, 'series', request);
  if (from === undefined || to === undefined)
    throw invalidArgument(
      from === undefined ? '/from' : '/to',
      'is missing: with `quotes` both currencies are named',
    );
  checkRates(quotes ?? [], 'quotes');
  const lookup = pairRates(quotes ?? []);
  return (date) => lookup(from, to, date, before_first);
}

function seriesRate(rows: readonly SeriesRow[], name: string, { before_first }: RateRequest): OnDay {
  checkRates(rows, name);
  const series = quoteSeries(rows);
  return (date) => {
    const quote: DatedQuote | null = series.upTo(date) ?? (before_first === 'earliest' ? series.first : null);
    return quote ?? { reason: series.first ? 'BEFORE_FIRST_QUOTE' : 'NO_QUOTE' };
  };
}

/** @throws EngineError ARGS_INVALID for a rate that is not above 0: it has no inverse and no meaning */
export function checkRates(rows: readonly { rate: Numeric }[], name: string): void {
  const index = rows.findIndex(({ rate }) => !new Decimal(rate).greaterThan(0));
  if (index >= 0)
    throw invalidArgument(
      `/${name}/${String(index)}/rate`,
      `is ${String(rows[index]?.rate)}: a rate is above 0`,
    );
}

function missing(date: string, reason: MissingReason): RateOnDay {
  return { date, rate: null, quote_date: null, age_days: null, reason };
}
