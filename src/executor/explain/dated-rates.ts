/** The rate of any day with the quotes that it was made of: those of the day's pack, or of the last one before it. */
import { ledgerRates } from '../../services/ledger-rates';
import type { Activity } from './activity';
import { byCurrency } from './evidence';
import type { PortfolioPast } from './past';
import { deriveRate, type DerivedRate } from './rates';

/** Without evidence where the quotes that are at hand do not make this rate. */
export type DatedRate = DerivedRate;

/** `null`: there is none. */
export type DatedRates = (currency: string, date: string) => DatedRate | null;

export function datedRates({ base_currency, rates }: PortfolioPast, { quotes }: Activity): DatedRates {
  const lookup = ledgerRates(quotes, base_currency);
  const days = [...rates.keys()];
  const found = new Map<string, DatedRate | null>();
  const find: DatedRates = (currency, date) => {
    const used = lookup(currency, date);
    if ('reason' in used) return null;
    const day = days.findLast((one) => one <= date);
    const derived = deriveRate(
      currency,
      base_currency,
      date,
      byCurrency(day === undefined ? [] : (rates.get(day) ?? [])),
    );
    return derived?.rate.equals(used.rate) ? derived : { rate: used.rate, evidence: null };
  };
  return (currency, date) => {
    const key = `${currency} ${date}`;
    const known = found.get(key);
    if (known !== undefined) return known;
    const rate = find(currency, date);
    found.set(key, rate);
    return rate;
  };
}
