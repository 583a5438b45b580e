/** How an exchange rate of a pack was made of published euro quotes: as it is, inverted, or one divided by another. */
import type { FxEvidence, QuoteEvidence } from '../../contract/explanation';
import type { SourcedFxRow } from '../../db/explain-evidence';
import { daysBetween, earlier } from '../../services/dates';
import { Decimal, decimalText, ratePlaces } from '../../services/decimal';
import { majorUnit } from '../../services/fx';
import { rateText } from './words';

/** The quotes of one pack by currency. */
export type DayQuotes = ReadonlyMap<string, SourcedFxRow>;

export interface DerivedRate {
  /** Base currency per 1 local, at 20 places. */
  rate: Decimal;
  /** `null`: both are the same currency, so no quote is needed. */
  evidence: FxEvidence | null;
}

/** `null` where a quote is missing. */
export function deriveRate(local: string, base: string, date: string, quotes: DayQuotes): DerivedRate | null {
  const from = majorUnit(local);
  const to = majorUnit(base);
  const scale = new Decimal(to.perMajor).div(from.perMajor);
  if (from.major === to.major) return { rate: scale, evidence: null };
  const sides = [to.major, from.major].filter((currency) => currency !== 'EUR').map((currency) => quotes.get(currency));
  const found = sides.filter((quote) => quote !== undefined);
  const [first, second] = found;
  if (found.length < sides.length || !first) return null;
  const [numerator, denominator] = second ? [first.rate, second.rate] : from.major === 'EUR' ? [first.rate, 1] : [1, first.rate];
  const rate = new Decimal(numerator).div(denominator).times(scale).toDecimalPlaces(ratePlaces);
  const quote_date = second ? earlier(first.quote_date, second.quote_date) : first.quote_date;
  const evidence: FxEvidence = {
    pair: `${local}/${base}`,
    date,
    quote_date,
    age_days: daysBetween(quote_date, date),
    rate: decimalText(rate),
    derivation: second ? 'cross' : from.major === 'EUR' ? 'direct' : 'inverse',
    quotes: found.map(toQuote),
  };
  return { rate, evidence };
} // prettier-ignore

function toQuote({ quote_ccy, rate, quote_date, source }: SourcedFxRow): QuoteEvidence {
  return { pair: `EUR/${quote_ccy}`, rate, quote_date, source };
}

/** `1.02529 CAD per USD (cross of EUR/CAD 1.3461 and EUR/USD 1.3129 of 2013-02-28)`. */
export function rateWords({ pair, rate, derivation, quotes, quote_date, age_days }: FxEvidence): string {
  const [local = '', base = ''] = pair.split('/');
  const [first, second] = quotes.map((quote) => `${quote.pair} ${quote.rate}`);
  const made =
    derivation === 'direct'
      ? first
      : derivation === 'inverse'
        ? `1 ÷ ${first ?? ''}`
        : `cross of ${first ?? ''} and ${second ?? ''}`;
  const age = age_days === 0 ? '' : `, ${String(age_days)} ${age_days === 1 ? 'day' : 'days'} old`;
  return `${rateText(rate)} ${base} per ${local} (${made ?? ''} of ${quote_date}${age})`;
}
