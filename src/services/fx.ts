/**
 * Exchange rates: base currency per 1 unit of local currency, from quotes per one euro.
 * A rate is used on the day of its quote or later, never earlier; its inverse is 1/rate, never a second stored number.
 */
import { daysBetween, earlier } from './dates';
import { Decimal, type Numeric, ratePlaces } from './decimal';

/** Units of `quote_ccy` for one `base_ccy`, as published. */
export interface Quote {
  base_ccy: string;
  quote_ccy: string;
  rate: string;
  quote_date: string;
}

export interface Rate {
  /** Base currency per 1 local, at 20 decimal places. */
  rate: Decimal;
  /** Day of the older of the quotes it is made of. */
  rate_date: string;
  rate_age_days: number;
  derivation: Derivation;
}

/**
 * `same_currency`: nothing is converted, but perhaps pence to pounds; `direct`: as quoted; `inverse`: 1 over the quote;
 * `cross`: of two quotes through the euro.
 */
export type Derivation = 'same_currency' | 'direct' | 'inverse' | 'cross';

/** `NO_QUOTE`: the pack has none; `BEFORE_FIRST_QUOTE`: only later ones. */
export type Missing = { reason: 'NO_QUOTE' | 'BEFORE_FIRST_QUOTE' };

/** Gives the rate of a currency in the base currency of the portfolio. */
export type RateLookup = (local: string) => Rate | Missing;

const pivot = 'EUR';
const minorUnits: Readonly<Record<string, { major: string; perMajor: number }>> = {
  GBX: { major: 'GBP', perMajor: 100 },
  GBp: { major: 'GBP', perMajor: 100 },
  ILA: { major: 'ILS', perMajor: 100 },
  ZAC: { major: 'ZAR', perMajor: 100 },
  ZAc: { major: 'ZAR', perMajor: 100 },
};

/** The currency proper and how many of the given units make one of it: `GBX` is GBP and 100. */
export function majorUnit(currency: string): { major: string; perMajor: number } {
  return minorUnits[currency] ?? { major: currency, perMajor: 1 };
}

/** Rates of one pricing pack on its day. Of two quotes for a currency the later counts, of one day the last given. */
export function packRates(quotes: readonly Quote[], base: string, asofDate: string): RateLookup {
  const perEuro = new Map<string, Quote>();
  const later = new Set<string>();
  for (const quote of quotes) {
    if (quote.base_ccy !== pivot) continue;
    if (quote.quote_date > asofDate) later.add(quote.quote_ccy);
    else if (quote.quote_date >= (perEuro.get(quote.quote_ccy)?.quote_date ?? ''))
      perEuro.set(quote.quote_ccy, quote);
  }
  const missing = (major: string): Missing => ({
    reason: later.has(major) ? 'BEFORE_FIRST_QUOTE' : 'NO_QUOTE',
  });

  return (local) => {
    const from = majorUnit(local);
    const to = majorUnit(base);
    const scale = new Decimal(to.perMajor).div(from.perMajor);
    const euro = { rate: '1', quote_date: asofDate };
    if (from.major === to.major)
      return { rate: scale, rate_date: asofDate, rate_age_days: 0, derivation: 'same_currency' };
    const fromQuote = from.major === pivot ? euro : perEuro.get(from.major);
    const toQuote = to.major === pivot ? euro : perEuro.get(to.major);
    if (!fromQuote) return missing(from.major);
    if (!toQuote) return missing(to.major);
    const date = earlier(fromQuote.quote_date, toQuote.quote_date);
    return {
      rate: crossRate(fromQuote.rate, toQuote.rate).times(scale).toDecimalPlaces(ratePlaces),
      rate_date: date,
      rate_age_days: daysBetween(date, asofDate),
      derivation: from.major === pivot ? 'direct' : to.major === pivot ? 'inverse' : 'cross',
    };
  };
}

/** `to` per 1 `from`, given how many of each one euro buys. */
export function crossRate(fromPerEuro: Numeric, toPerEuro: Numeric): Decimal {
  return new Decimal(toPerEuro).div(fromPerEuro);
}
