/** The ECB's euro reference rates of the last 90 days. https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates */
import { EngineError } from '../contract/errors';
import type { FxQuotes } from '../packs/fx-series';
import { isPositive } from '../services/csv-table';
import { isDay } from '../services/dates';
import type { GetText } from './http-text';

const path = '/stats/eurofxref/eurofxref-hist-90d.xml';
/** The document is flat: days, and in each its rates. */
const element = /<Cube\s+(?:time=["']([^"']*)["']|currency=["']([^"']*)["']\s+rate=["']([^"']*)["'])\s*\/?>/g;
const currencyCode = /^[A-Z]{3}$/;

/**
 * Quotes of days up to this one, units for one euro.
 * @throws EngineError SOURCE_INVALID when the document is not whole, or does not reach back to the day
 */
export async function ecbRates(get: GetText, date: string): Promise<FxQuotes[]> {
  const quotes = quotesOf(await get(path)).filter((quote) => quote.date <= date);
  if (quotes.length > 0) return quotes;
  throw malformed(`no rates of ${date} or before; for older days take files (docs/packs.md)`);
}

function quotesOf(xml: string): FxQuotes[] {
  if (!xml.trimEnd().endsWith('</gesmes:Envelope>'))
    throw malformed('no end: it was cut off, or is another document');
  const quotes: { date: string; rates: Record<string, string> }[] = [];
  for (const [, time, currency, rate] of xml.matchAll(element)) {
    if (time !== undefined) {
      if (!isDay(time)) throw malformed(`a day that is none after ${String(quotes.length)} days`);
      quotes.push({ date: time, rates: {} });
      continue;
    }
    const today = quotes.at(-1);
    if (!today || currency === undefined || !currencyCode.test(currency) || !isPositive(rate ?? '')) {
      throw malformed(`a rate that is none${today ? ` on ${today.date}` : ''}`);
    }
    today.rates[currency] = rate ?? '';
  }
  if (!quotes.some(({ rates }) => Object.keys(rates).length > 0)) throw malformed('no rates');
  return quotes;
}

function malformed(what: string): EngineError {
  return new EngineError('SOURCE_INVALID', `The answer of the ECB has ${what}; nothing of it is used.`, {
    provider: 'ECB',
  });
}
