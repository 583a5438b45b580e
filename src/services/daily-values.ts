/**
 * What a portfolio was worth on each trading day, in base and by currency, from its ledger and the pack's history.
 *
 * - A day is valued at its own prices and rates, never at those of another day: where one is missing it has no value.
 * - What the ledger dates on a day without a valuation (a Saturday, a holiday) counts on the next valued day, at its rates.
 * - Amounts are exact and a total is rounded once, as `applyPack` does, so both arrive at the same total.
 */
import { type DatedEuroRate, type DatedPrice, dayQuotes, type DayQuotes } from './day-quotes';
import { moneyPlaces, ratePlaces } from './decimal';
import { amountPlaces, divideFixed, parseFixed, powerOfTen } from './fixed';
import { majorUnit } from './fx';
import type { ReasonCodes } from './holdings';
import { type LedgerChanges, ledgerState, type LedgerState } from './ledger-state';

/** Every list is in the order of dates. */
export interface DailyInputs extends LedgerChanges {
  base_currency: string;
  /** The trading days of the pack. */
  dates: readonly string[];
  prices: readonly DatedPrice[];
  rates: readonly DatedEuroRate[];
}

/** Everything in one currency. */
export interface Bucket {
  /** Shares and cash in the currency itself, at `bucketPlaces`. */
  local: bigint;
  /** What came in since the last valued day from outside, and from other currencies; 18 places. */
  external: bigint;
  converted: bigint;
  /** Base per 1 local; 20 places. */
  rate: bigint;
}

export const bucketPlaces = 2 * amountPlaces;

export interface DailyValue {
  date: string;
  /** Market value in base, after the flows of the day; 10 places, like `external_flow`. */
  value: bigint;
  /** Net of what came from outside since the last valued day (out: negative), at this day's rates. */
  external_flow: bigint;
  /** Every currency that is held, was held on the last valued day, or had money come in. */
  buckets: ReadonlyMap<string, Bucket>;
}

export interface DailyValues {
  values: DailyValue[];
  /** Days that have no value; the reasons name the securities and currencies without a quote. */
  unvalued: { date: string; reasons: ReasonCodes }[];
}

export function dailyValues(inputs: DailyInputs): DailyValues {
  const ledger = ledgerState(inputs);
  const quotes = dayQuotes(inputs.prices, inputs.rates, inputs.base_currency);
  const result: DailyValues = { values: [], unvalued: [] };
  let before: DailyValue['buckets'] = new Map();
  for (const date of inputs.dates) {
    ledger.advance(date);
    quotes.moveTo(date);
    const day: Day = { quotes, buckets: new Map(), reasons: {} };
    fillBuckets(day, ledger);
    if (Object.keys(day.reasons).length > 0) {
      result.unvalued.push({ date, reasons: day.reasons });
      continue;
    }
    keepEmptied(day, before);
    result.values.push({ date, ...totals(day.buckets), buckets: day.buckets });
    before = day.buckets;
    ledger.settle();
  }
  return result;
}

interface Day {
  quotes: DayQuotes;
  buckets: Map<string, Bucket>;
  reasons: ReasonCodes;
}

function fillBuckets(day: Day, ledger: LedgerState): void {
  for (const [securityId, quantity] of ledger.quantities) {
    const price = day.quotes.price(securityId);
    if (!price) {
      day.reasons[securityId] = 'NO_QUOTE';
      continue;
    }
    const { major, perMajor } = majorUnit(price.currency);
    const local = quantity * parseFixed(price.close);
    const bucket = bucketOf(day, major);
    if (bucket) bucket.local += perMajor === 1 ? local : divideFixed(local, BigInt(perMajor));
  }
  for (const [currency, amount] of ledger.cash) {
    const bucket = bucketOf(day, currency);
    if (bucket) bucket.local += amount * powerOfTen(amountPlaces);
  }
  for (const [currency, amount] of ledger.external) {
    const bucket = bucketOf(day, currency);
    if (bucket) bucket.external = amount;
  }
  for (const [currency, amount] of ledger.converted) {
    // What only passed through a currency that is never quoted leaves the value as it is.
    const bucket = day.quotes.rate(currency) === null ? null : bucketOf(day, currency);
    if (bucket) bucket.converted = amount;
  }
}

function bucketOf(day: Day, currency: string): Bucket | null {
  const known = day.buckets.get(currency);
  if (known) return known;
  const rate = day.quotes.rate(currency);
  if (rate === null) {
    day.reasons[currency] = 'NO_QUOTE';
    return null;
  }
  const bucket: Bucket = { local: 0n, external: 0n, converted: 0n, rate };
  day.buckets.set(currency, bucket);
  return bucket;
}

/** A currency that was emptied still moved until now; where it has no rate any more, it keeps the last one. */
function keepEmptied(day: Day, before: DailyValue['buckets']): void {
  for (const [currency, { local, rate }] of before) {
    if (local === 0n || day.buckets.has(currency)) continue;
    day.buckets.set(currency, {
      local: 0n,
      external: 0n,
      converted: 0n,
      rate: day.quotes.rate(currency) ?? rate,
    });
  }
}

function totals(buckets: ReadonlyMap<string, Bucket>): Pick<DailyValue, 'value' | 'external_flow'> {
  let value = 0n;
  let flow = 0n;
  for (const { local, external, rate } of buckets.values()) {
    value += local * rate;
    if (external !== 0n) flow += external * rate;
  }
  return {
    value: divideFixed(value, powerOfTen(bucketPlaces + ratePlaces - moneyPlaces)),
    external_flow: flow === 0n ? 0n : divideFixed(flow, powerOfTen(amountPlaces + ratePlaces - moneyPlaces)),
  };
}
