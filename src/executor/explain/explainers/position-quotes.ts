/** Explains the price and the exchange rate of a valued position, and what the pack lacks of it. */
import { Decimal, decimalText } from '../../../services/decimal';
import { daysBetween } from '../../../services/dates';
import { freshDays } from '../../../services/valuation';
import { pricesOf, ratesOf, toPrice, type ValuedLine, valueCash, valueShares } from '../day-valuation';
import type { Evidence, PricesAndRates } from '../evidence';
import type { Subject, Told } from '../explainer';
import { valueAt } from '../field-path';
import { deriveRate, rateWords } from '../rates';
import { amountText, countText, exactText, priceText } from '../words';
import type { HoldingRow } from './holding';

export interface Row extends HoldingRow {
  name: string;
  quantity: string;
  cost_base: string | null;
}

export interface Case {
  subject: Subject;
  evidence: Evidence;
  pack: PricesAndRates;
  rows: readonly Row[];
}

export function explainPrice(one: Case, row: Row, member: 'price' | 'price_date'): Told {
  const { date } = one.evidence.pack;
  if (row.security_id === null) {
    const text = 'Cash is worth itself: the price of one unit is 1.';
    return { recomputed: member === 'price' ? '1' : date, calculation: [], inputs: {}, text: [text] };
  }
  const price = one.pack.prices.find(({ security_id }) => security_id === row.security_id);
  const scale = price ? localScale(price.currency, row.currency) : null;
  if (!price || !scale) return { ...missing(one, row), recomputed: null };
  const close = scale.times(price.close);
  const pence = scale.equals(1) ? [] : [`${priceText(price.close)} ${price.currency} × ${scale.toFixed()} = ${priceText(close)} ${row.currency}`]; // prettier-ignore
  return {
    recomputed: member === 'price' ? decimalText(close) : date,
    calculation: pence,
    inputs: { prices: [toPrice(price)] },
    text: [
      `It is the close of ${row.symbol} on ${price.date}, as the pack has it from ${price.source}: as traded that day, not adjusted for later splits or dividends.`,
    ],
  };
}

export function explainRate(one: Case, row: Row, member: string): Told {
  const { pack, base } = one.evidence;
  const derived = deriveRate(row.currency, base, pack.date, one.pack.quotes);
  if (!derived) return { ...missing(one, row), recomputed: null };
  const { rate, evidence } = derived;
  const quote_date = evidence?.quote_date ?? pack.date;
  const age = daysBetween(quote_date, pack.date);
  const values: Record<string, unknown> = {
    rate_base_per_local: decimalText(rate),
    rate_date: quote_date,
    rate_age_days: age,
    rate_derivation: evidence?.derivation ?? 'same_currency',
    stale: age > staleAfter(one.subject),
  };
  return {
    recomputed: values[member],
    calculation: evidence ? [rateWords(evidence)] : [`${row.currency} is the base currency: 1`],
    inputs: { fx: evidence ? [evidence] : [] },
    text: evidence
      ? [`${base} per 1 ${row.currency}, from the quotes that were published last on or before ${pack.date}.`]
      : [`${row.currency} is the portfolio’s own currency and needs no exchange rate.`],
  };
}

/** Calendar days after which the call took a rate for old. */
function staleAfter({ args, whole }: Subject): number {
  const days = args['stale_after_days'] ?? valueAt(whole, ['stale_after_days']);
  return typeof days === 'number' ? days : freshDays;
}

export function explainStaleness({ args }: Subject): Told {
  const { stale_after_days } = args;
  const isGiven = typeof stale_after_days === 'number';
  const days = isGiven ? stale_after_days : freshDays;
  const text = `A rate whose quote is more than ${countText(days, 'day')} old is marked stale; ${isGiven ? 'the call asked for that' : 'the call did not say, and over Easter the ECB is silent as long'}.`;
  return { recomputed: days, calculation: [], inputs: {}, text: [text] };
}

export function missing(one: Case, { symbol, security_id, currency }: Row): Omit<Told, 'recomputed'> {
  const { pack } = one.evidence;
  const price = one.pack.prices.find((row) => row.security_id === security_id);
  const text =
    security_id !== null && !price
      ? `The pack ${pack.id} has no price of ${symbol}.`
      : `The pack ${pack.id} has no usable exchange rate or price currency for ${symbol} in ${currency}.`;
  return { calculation: [], inputs: { prices: price ? [toPrice(price)] : [] }, text: [text] };
}

function localScale(quoted: string, held: string): Decimal | null {
  const derived = deriveRate(quoted, held, '', new Map());
  return derived && derived.evidence === null ? derived.rate : null;
}

/** `null` where the pack lacks the price or the rate. */
export function lineOf({ evidence, pack }: Case, { symbol, security_id, currency, quantity }: Row): ValuedLine | null {
  const day = { date: evidence.pack.date, base: evidence.base, quotes: pack.quotes };
  if (security_id === null) return valueCash(currency, new Decimal(quantity), day);
  const price = pack.prices.find((row) => row.security_id === security_id);
  return price ? valueShares(symbol, new Decimal(quantity), price, day) : null;
} // prettier-ignore

export function evidenceOf(lines: readonly ValuedLine[]): Told['inputs'] {
  return { prices: pricesOf(lines), fx: ratesOf(lines) };
}

export function explainLocalValue(one: Case, row: Row): Told {
  const price = one.pack.prices.find(({ security_id }) => security_id === row.security_id);
  if (row.security_id === null) {
    const text = `Cash in its own currency is worth its balance of ${amountText(row.quantity)} ${row.currency}.`;
    return { recomputed: decimalText(new Decimal(row.quantity)), calculation: [], inputs: {}, text: [text] };
  }
  const scale = price ? localScale(price.currency, row.currency) : null;
  if (!price || !scale) return { ...missing(one, row), recomputed: null };
  const value = new Decimal(row.quantity).times(scale.times(price.close));
  const close = `${priceText(scale.times(price.close))} ${row.currency}`;
  return {
    recomputed: decimalText(value),
    calculation: [`${exactText(row.quantity)} shares × ${close} (close of ${price.date}) = ${amountText(value)} ${row.currency}`],
    inputs: { prices: [toPrice(price)] },
    text: [`It is the value in ${row.currency}, before any exchange rate.`],
  };
} // prettier-ignore
