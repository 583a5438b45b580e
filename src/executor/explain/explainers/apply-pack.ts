/** Explains `pricing.apply_pack` and `portfolio.get_valued_positions`: quantity × close × exchange rate, and what is made of that value. */
import { decimalText, roundMoney, sum } from '../../../services/decimal';
import { lineWords } from '../day-valuation';
import type { Explainer, Subject, Told } from '../explainer';
import { valueAt } from '../field-path';
import { rateWords } from '../rates';
import { amountText, exactText, listText, percentText, priceText } from '../words';
import { explainCount, explainHoldingMember } from './holding';
import {
  type Case,
  evidenceOf,
  explainLocalValue,
  explainPrice,
  explainRate,
  explainStaleness,
  lineOf,
  missing,
  type Row,
} from './position-quotes';

interface Result {
  positions: Row[];
}

export const explainValuation: Explainer = async (subject, evidence) => {
  const rows = (subject.whole as Result | undefined)?.positions;
  if (!rows) return null;
  const ids = rows.flatMap(({ security_id }) => (security_id === null ? [] : [security_id]));
  const pack = await evidence.ofDay(ids, rows.map(({ currency }) => currency));
  const one: Case = { subject, evidence, pack, rows };
  const [first, index, member = ''] = subject.path;
  if (first === 'stale_after_days') return explainStaleness(subject);
  if (first === 'total_positions') return explainCount(evidence);
  if (first === 'total_value' || first === 'total_of_valued') return explainTotal(one, first);
  const row = first === 'positions' ? rows[Number(index)] : undefined;
  return row ? explainMember(one, row, member) : null;
}; // prettier-ignore

/** @param row one of `one.rows` */
export async function explainMember(one: Case, row: Row, member: string): Promise<Told | null> {
  const { evidence, subject } = one;
  const held = subject.isFromLedger
    ? await explainHoldingMember(row, member, evidence)
    : explainGiven(subject, member);
  if (held) return held;
  switch (member) {
    case 'value':
      return withLots(one, row, explainValue(one, row));
    case 'value_local':
      return withLots(one, row, explainLocalValue(one, row));
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
    case 'rate_derivation':
    case 'stale':
      return explainRate(one, row, member);
    default:
      return null;
  }
}

/** Of positions that do not come from the ledger: what the call was given. */
function explainGiven({ args, path }: Subject, member: string): Told | null {
  const given = valueAt(args, ['positions', path[1] ?? '', member]);
  if (given === undefined || !['quantity', 'cost_local', 'cost_base'].includes(member)) return null;
  const text = 'It was given with the position, in the arguments of the call.';
  return { recomputed: given, calculation: [], inputs: {}, text: [text] };
}

function explainValue(one: Case, row: Row): Told {
  const { base } = one.evidence;
  const line = lineOf(one, row);
  if (!line) return { ...missing(one, row), recomputed: null };
  const words = lineWords(line, base);
  const rate = line.rate.evidence;
  const conversion = rate ? `, converted at ${rateWords(rate)}` : '';
  const what =
    line.price === null
      ? `the balance of ${amountText(line.quantity)} ${line.currency}${conversion}`
      : `${exactText(line.quantity)} shares at the close of ${priceText(line.price.close)} ${line.price.currency} on ${line.price.date} (source: ${line.price.source})${conversion}`;
  return {
    recomputed: decimalText(roundMoney(line.value)),
    calculation: [words],
    inputs: evidenceOf([line]),
    text: [`${row.name} is worth ${amountText(line.value)} ${base}: ${what}.`],
  };
}

function explainTotal(one: Case, member: string): Told {
  const lines = one.rows.map((row) => ({ row, line: lineOf(one, row) }));
  const valued = lines.flatMap(({ line }) => (line ? [line] : []));
  const lacking = lines.filter(({ line }) => line === null).map(({ row }) => row.symbol);
  const total = sum(valued.map(({ value }) => value));
  const { base, pack } = one.evidence;
  const without = lacking.length === 0 ? '' : `, without ${listText(lacking)}: not valued`;
  const isNull = member === 'total_value' && lacking.length > 0;
  const text = isNull
    ? `${listText(lacking)} cannot be valued on ${pack.date}, so there is no total of everything.`
    : `It is the sum of ${String(valued.length)} positions, each at its own close and exchange rate of ${pack.date}${without}.`;
  return {
    recomputed: isNull ? null : decimalText(roundMoney(total)),
    calculation: [
      ...valued.map((line) => lineWords(line, base)),
      `${valued.map(({ value }) => amountText(value)).join(' + ') || '0.00'} = ${amountText(total)} ${base}${without}`,
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

/** Shares that come from the ledger are told with their lots. */
async function withLots(one: Case, row: Row, told: Told): Promise<Told> {
  if (!one.subject.isFromLedger || row.security_id === null) return told;
  const holding = await explainHoldingMember(row, 'quantity', one.evidence);
  if (holding?.recomputed !== row.quantity) return told;
  const { lots = [], transactions = [] } = holding.inputs;
  return { ...told, inputs: { ...told.inputs, lots, transactions }, text: [...told.text, ...holding.text] };
}
