/**
 * Exchange rates on the days of a ledger: the quotes of the last pack on or before a day. A ledger knows Saturdays and
 * holidays, a pack does not. On a day with a pack these are the rates its positions are valued at.
 */
import { datedSeries, type DatedSeries, type MissingReason } from './dated-series';
import { earlier } from './dates';
import { Decimal, ratePlaces } from './decimal';
import { crossRate, majorUnit } from './fx';
import { grouped } from './grouped';

/** Units of `quote_ccy` for one euro, as a pack holds them. */
export interface PackRate {
  /** Of the pack. */
  date: string;
  quote_ccy: string;
  rate: string;
  /** Earlier than `date` where that day had no quote. */
  quote_date: string;
}

export interface LedgerRate {
  /** Base currency for one local, at 20 places. */
  rate: Decimal;
  /** Of the older of the quotes it is made of. */
  quote_date: string;
}

export type LedgerRates = (local: string, date: string) => LedgerRate | { reason: MissingReason };

export function ledgerRates(rows: readonly PackRate[], base: string): LedgerRates {
  const series = new Map<string, DatedSeries<PackRate>>(
    [...grouped(rows, ({ quote_ccy }) => quote_ccy)].map(([currency, quotes]) => [
      currency,
      datedSeries(quotes),
    ]),
  );
  const perEuro = (major: string, date: string): PackRate | { reason: MissingReason } => {
    if (major === 'EUR') return { date, quote_ccy: major, rate: '1', quote_date: date };
    const quotes = series.get(major);
    return quotes?.upTo(date) ?? { reason: quotes ? 'BEFORE_FIRST_QUOTE' : 'NO_QUOTE' };
  };
  const rateOn: LedgerRates = (local, date) => {
    const [from, to] = [majorUnit(local), majorUnit(base)];
    const scale = new Decimal(to.perMajor).div(from.perMajor);
    if (from.major === to.major) return { rate: scale, quote_date: date };
    const fromQuote = perEuro(from.major, date);
    const toQuote = perEuro(to.major, date);
    if ('reason' in fromQuote) return fromQuote;
    if ('reason' in toQuote) return toQuote;
    return {
      rate: crossRate(fromQuote.rate, toQuote.rate).times(scale).toDecimalPlaces(ratePlaces),
      quote_date: earlier(fromQuote.quote_date, toQuote.quote_date),
    };
  };
  // Many rows are of one day and currency.
  const found = new Map<string, ReturnType<LedgerRates>>();
  return (local, date) => {
    const key = `${local} ${date}`;
    const known = found.get(key) ?? rateOn(local, date);
    found.set(key, known);
    return known;
  };
}
