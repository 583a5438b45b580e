/** Explains `pricing.apply_pack`: quantity × close × exchange rate, and what is made of that value. */
import { Decimal, decimalText, roundMoney, sum } from '../../../services/decimal';
import { daysBetween } from '../../../services/dates';
import {
  lineWords,
  pricesOf,
  ratesOf,
  toPrice,
  type ValuedLine,
  valueCash,
  valueShares,
} from '../day-valuation';
import type { Evidence, PricesAndRates } from '../evidence';
import type { Explainer, Subject, Told } from '../explainer';
import { deriveRate, rateWords } from '../rates';
import { amountText, listText, percentText, priceText } from '../words';
import { explainHoldingMember, type HoldingRow } from './holding';

interface Row extends HoldingRow {
  name: string;
  quantity: string;
  cost_base: string | null;
}

interface Result {
  positions: Row[];
}

interface Case {
  subject: Subject;
  evidence: Evidence;
  pack: PricesAndRates;
  rows: readonly Row[];
}

export const explainValuation: Explainer = async (subject, evidence) => {
  const rows = (subject.whole as Result | undefined)?.positions;
  if (!rows) return null;
  const ids = rows.flatMap(({ security_id }) => (security_id === null ? [] : [security_id]));
  const pack = await evidence.ofDay(ids, rows.map(({ currency }) => currency));
  const one: Case = { subject, evidence, pack, rows };
  const [first, index, member = ''] = subject.path;
  if (first === 'total_value' || first === 'total_of_valued') return explainTotal(one, first);
  const row = first === 'positions' ? rows[Number(index)] : undefined;
  return row ? explainMember(one, row, member) : null;
}; // prettier-ignore

async function explainMember(one: Case, row: Row, member: string): Promise<Told | null> {
  const { evidence, subject } = one;
  const held = subject.isFromLedger ? await explainHoldingMember(row, member, evidence) : null;
  if (held) return held;
  switch (member) {
    case 'value':
    case 'value_local':
      return withLots(one, row, explainValue(one, row, member));
    case 'weight':
      return explainWeight(one, row);
    case 'unrealised_gain':
      return withLots(one, row, explainGain(one, row));
    case 'price':
    case 'price_date':
      return explainPrice(one, row, member);
    case 'rate_base_per_local':
    case 'rate_date':
    case 'rate_age_days':
      return explainRate(one, row, member);
    default:
      return null;
  }
}

/** `null` where the pack lacks the price or the rate. */
function lineOf({ evidence, pack }: Case, { symbol, security_id, currency, quantity }: Row): ValuedLine | null {
  const day = { date: evidence.pack.date, base: evidence.base, quotes: pack.quotes };
  if (security_id === null) return valueCash(currency, new Decimal(quantity), day);
  const price = pack.prices.find((row) => row.security_id === security_id);
  return price ? valueShares(symbol, new Decimal(quantity), price, day) : null;
} // prettier-ignore

function explainValue(one: Case, row: Row, member: 'value' | 'value_local'): Told {
  const { base } = one.evidence;
  const line = lineOf(one, row);
  if (member === 'value_local') return explainLocalValue(one, row);
  if (!line) return { ...missing(one, row), recomputed: null };
  const words = lineWords(line, base);
  const rate = line.rate.evidence;
  const conversion = rate ? `, converted at ${rateWords(rate)}` : '';
  const what =
    line.price === null
      ? `the balance of ${amountText(line.quantity)} ${line.currency}${conversion}`
      : `${line.quantity.toFixed()} shares at the close of ${priceText(line.price.close)} ${line.price.currency} on ${line.price.date} (source: ${line.price.source})${conversion}`;
  return {
    recomputed: decimalText(roundMoney(line.value)),
    calculation: [words],
    inputs: evidenceOf([line]),
    text: [`${row.name} is worth ${amountText(line.value)} ${base}: ${what}.`],
  };
}

function explainLocalValue(one: Case, row: Row): Told {
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
    calculation: [`${new Decimal(row.quantity).toFixed()} shares × ${close} (close of ${price.date}) = ${amountText(value)} ${row.currency}`],
    inputs: { prices: [toPrice(price)] },
    text: [`It is the value in ${row.currency}, before any exchange rate.`],
  };
} // prettier-ignore

function explainTotal(one: Case, member: string): Told {
  const lines = one.rows.map((row) => ({ row, line: lineOf(one, row) }));
  const valued = lines.flatMap(({ line }) => (line ? [line] : []));
  const lacking = lines.filter(({ line }) => line === null).map(({ row }) => row.symbol);
  const total = sum(valued.map(({ value }) => value));
  const { base, pack } = one.evidence;
  const isNull = member === 'total_value' && lacking.length > 0;
  const text = isNull
    ? `${listText(lacking)} cannot be valued on ${pack.date}, so there is no total of everything.`
    : `It is the sum of ${String(valued.length)} positions, each at its own close and exchange rate of ${pack.date}.`;
  return {
    recomputed: isNull ? null : decimalText(roundMoney(total)),
    calculation: [
      ...valued.map((line) => lineWords(line, base)),
      `${valued.map(({ value }) => amountText(value)).join(' + ')} = ${amountText(total)} ${base}`,
    ],
    inputs: evidenceOf(valued),
    text: [text],
  };
}

function explainWeight(one: Case, row: Row): Told {
  const lines = one.rows.map((each) => lineOf(one, each));
  const valued = lines.filter((line) => line !== null);
  const own = lineOf(one, row);
  const total = sum(valued.map(({ value }) => value));
  const { base } = one.evidence;
  if (!own || valued.length < lines.length || total.isZero()) {
    const lacking = one.rows.filter((_, index) => lines[index] === null).map(({ symbol }) => symbol);
    const text = lacking.length > 0 ? `${listText(lacking)} has no value, so there is no total to be a fraction of.` : 'The total is zero.';
    return { recomputed: null, calculation: [], inputs: evidenceOf(valued), text: [text] };
  }
  const weight = own.value.div(total).toNumber();
  return {
    recomputed: weight,
    calculation: [
      lineWords(own, base),
      `total of all ${String(valued.length)} positions: ${amountText(total)} ${base}`,
      `${amountText(own.value)} ÷ ${amountText(total)} = ${percentText(weight)}`,
    ],
    inputs: evidenceOf(valued),
    text: [`${row.name} is ${percentText(weight)} of the portfolio’s ${amountText(total)} ${base}.`],
  };
} // prettier-ignore

function explainGain(one: Case, row: Row): Told {
  const line = lineOf(one, row);
  const { base } = one.evidence;
  if (!line) return { ...missing(one, row), recomputed: null };
  if (row.cost_base === null) {
    const text = row.security_id === null ? 'Cash has no cost, so no gain is counted on it.' : 'The cost in the base currency is not known, so the gain is not either.';
    return { recomputed: null, calculation: [lineWords(line, base)], inputs: evidenceOf([line]), text: [text] };
  }
  const gain = line.value.minus(row.cost_base);
  return {
    recomputed: decimalText(roundMoney(gain)),
    calculation: [
      lineWords(line, base),
      `${amountText(line.value)} − ${amountText(row.cost_base)} (cost of the open lots, each at the exchange rate of its purchase) = ${amountText(gain)} ${base}`,
    ],
    inputs: evidenceOf([line]),
    text: [`${row.name} is worth ${amountText(line.value)} ${base} and cost ${amountText(row.cost_base)} ${base}. What exchange rates did since the purchases is part of the gain.`],
  };
} // prettier-ignore

function explainPrice(one: Case, row: Row, member: 'price' | 'price_date'): Told {
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

function explainRate(one: Case, row: Row, member: string): Told {
  const { pack, base } = one.evidence;
  const derived = deriveRate(row.currency, base, pack.date, one.pack.quotes);
  if (!derived) return { ...missing(one, row), recomputed: null };
  const { rate, evidence } = derived;
  const quote_date = evidence?.quote_date ?? pack.date;
  const values: Record<string, unknown> = {
    rate_base_per_local: decimalText(rate),
    rate_date: quote_date,
    rate_age_days: daysBetween(quote_date, pack.date),
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

/** Shares that come from the ledger are told with their lots. */
async function withLots(one: Case, row: Row, told: Told): Promise<Told> {
  if (!one.subject.isFromLedger || row.security_id === null) return told;
  const holding = await explainHoldingMember(row, 'quantity', one.evidence);
  if (holding?.recomputed !== row.quantity) return told;
  const { lots = [], transactions = [] } = holding.inputs;
  return { ...told, inputs: { ...told.inputs, lots, transactions }, text: [...told.text, ...holding.text] };
}

function missing(one: Case, { symbol, security_id, currency }: Row): Omit<Told, 'recomputed'> {
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

function evidenceOf(lines: readonly ValuedLine[]): Told['inputs'] {
  return { prices: pricesOf(lines), fx: ratesOf(lines) };
}
