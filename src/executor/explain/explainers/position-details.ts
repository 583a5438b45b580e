/** Explains `portfolio.position_details`: one position's value, cost and gain, and those of each of its lots. */
import { Decimal, decimalText, ratePlaces, roundMoney } from '../../../services/decimal';
import { gainsOfLots, type LotQuote } from '../../../services/position-lots';
import { valueDay } from '../day-valuation';
import type { Explainer, Subject, Told } from '../explainer';
import { valueAt } from '../field-path';
import { deriveRate, rateWords } from '../rates';
import { amountText, exactText, percentText, priceText, rateText } from '../words';
import { explainMember } from './apply-pack';
import { toLot } from './holding';
import { type Case, evidenceOf, lineOf, type Row } from './position-quotes';

export const explainPositionDetails: Explainer = async (subject, evidence) => {
  const row = subject.whole as (Row & { security_id: string }) | undefined;
  if (!row) return null;
  const [member = '', index = '', ofLot = ''] = subject.path;
  const pack = await evidence.ofDay([row.security_id], [row.currency]);
  const one: Case = { subject: { ...subject, isFromLedger: true }, evidence, pack, rows: [row] };
  if (member === 'lots') return explainLot(one, row, { index: Number(index), member: ofLot });
  if (member === 'weight') return explainWeight(one, row);
  if (member.startsWith('average_cost_')) return explainAverage(one, row, member);
  if (member.endsWith('_gain') && member !== 'unrealised_gain') return explainSplit(one, row, member);
  if (member === 'sector') {
    const text = `The security master names no sector for ${row.symbol}.`;
    return { recomputed: null, calculation: [], inputs: {}, text: [text] };
  }
  const told = await explainMember(one, row, member);
  return told && new Decimal(row.quantity).isZero() ? nothingHeld(told, subject, row) : told;
};

/** What is not held is worth 0 and had no cost; its price is told all the same. */
function nothingHeld(told: Told, { value }: Subject, { symbol }: Row): Told {
  const text = `Nothing of ${symbol} is held on that day.`;
  return { ...told, recomputed: value === '0' ? '0' : told.recomputed, text: [...told.text, text] };
}

async function lotsOf({ evidence }: Case, { security_id }: Row) {
  return (await evidence.lots()).filter((lot) => lot.security_id === security_id);
}

/** In the position's currency, as the pack values it. */
function quoteOf(one: Case, row: Row): LotQuote {
  const { evidence, pack } = one;
  const { security_id, currency, quantity } = row;
  const line = lineOf(one, row);
  const price = pack.prices.find((row) => row.security_id === security_id);
  const rate = deriveRate(currency, evidence.base, evidence.pack.date, pack.quotes);
  const scale = price ? deriveRate(price.currency, currency, '', new Map()) : null;
  const close = price && scale?.evidence === null ? scale.rate.times(price.close) : null;
  return {
    asof_date: evidence.pack.date,
    currency,
    // Of shares that are quoted in quite another currency.
    unit_value: line && line.quantity.isZero() ? null : line && roundMoney(line.value).div(quantity),
    price: close && decimalText(close),
    rate_base_per_local: rate && decimalText(rate.rate),
    reasons: { ...(!close && { price: 'NO_QUOTE' }), ...(!rate && { rate_base_per_local: 'NO_QUOTE' }) },
  };
}

async function explainLot(one: Case, row: Row, { index, member }: { index: number; member: string }): Promise<Told | null> {
  const rows = await lotsOf(one, row);
  const { lots } = gainsOfLots(rows, quoteOf(one, row));
  const [lot, source] = [lots[index], rows[index]];
  const recomputed = valueAt(lot, [member]);
  if (!lot || !source || recomputed === undefined) return null;
  const line = lineOf(one, row);
  return {
    recomputed,
    calculation: [
      `${exactText(lot.quantity)} shares bought on ${lot.acquired_on} at ${priceText(lot.unit_cost_local)} ${lot.currency}: ${amountText(lot.cost_local)} ${lot.currency}${lot.cost_base === null ? '' : `, ${amountText(lot.cost_base)} ${one.evidence.base} at ${rateText(source.fx_base_per_local ?? 1)}`}`,
      ...(lot.value === null || !line ? [] : [`worth ${amountText(lot.value)} ${one.evidence.base} now${line.rate.evidence ? `, at ${rateWords(line.rate.evidence)}` : ''}`]),
    ],
    inputs: { ...(line && evidenceOf([line])), lots: [toLot(source)] },
    text: [`It is of one lot of ${row.symbol}: what is left of the purchase of ${lot.acquired_on}.`],
  };
} // prettier-ignore

async function explainSplit(one: Case, row: Row, member: string): Promise<Told | null> {
  const rows = await lotsOf(one, row);
  const { gain } = gainsOfLots(rows, quoteOf(one, row));
  const recomputed = valueAt(gain, [member]);
  const line = lineOf(one, row);
  if (recomputed === undefined) return null;
  const { unrealised_gain, unrealised_local_gain, unrealised_fx_gain } = gain;
  const text = (value: string | null): string => (value === null ? 'not available' : amountText(value));
  return {
    recomputed,
    calculation: [
      ...(line?.rate.evidence ? [`exchange rate now: ${rateWords(line.rate.evidence)}`] : []),
      ...rows.map((lot) => `${exactText(lot.quantity_open)} × ${priceText(lot.unit_cost_local)} ${lot.currency} bought at ${rateText(lot.fx_base_per_local ?? 1)} ${one.evidence.base} per ${lot.currency}`),
      `${text(unrealised_gain)} = ${text(unrealised_local_gain)} of the share + ${text(unrealised_fx_gain)} of the exchange rate (${one.evidence.base})`,
    ],
    inputs: { ...(line && evidenceOf([line])), lots: rows.map(toLot) },
    text: ['The exchange rate’s part is what the cost would be worth at the rate of now, less what it was worth at the rates of the purchases; the rest is what the share did.'],
  };
} // prettier-ignore

function explainAverage({ subject, evidence }: Case, row: Row, member: string): Told {
  const name = member === 'average_cost_local' ? 'cost_local' : 'cost_base';
  const cost = valueAt(subject.whole, [name]);
  const isHeld = !new Decimal(row.quantity).isZero();
  if (typeof cost !== 'string' || !isHeld) {
    const text = isHeld ? 'Its cost is not known.' : `Nothing of ${row.symbol} is held on that day.`;
    return { recomputed: null, calculation: [], inputs: {}, text: [text] };
  }
  const average = new Decimal(cost).div(row.quantity).toDecimalPlaces(ratePlaces);
  const unit = name === 'cost_local' ? row.currency : evidence.base;
  return {
    recomputed: decimalText(average),
    calculation: [
      `${amountText(cost)} ${unit} ÷ ${exactText(row.quantity)} shares = ${amountText(average)} ${unit}`,
    ],
    inputs: {},
    text: [`It is what one share of ${row.symbol} cost on average, without fees.`],
  };
}

async function explainWeight(one: Case, row: Row): Promise<Told | null> {
  const { evidence } = one;
  const day = valueDay(await evidence.past(), evidence.pack.date);
  const own = lineOf(one, row);
  if (!own || day.missing.length > 0 || day.total.isZero()) return null;
  const weight = own.value.div(day.total).toNumber();
  return {
    recomputed: weight,
    calculation: [`${amountText(own.value)} ÷ ${amountText(day.total)} = ${percentText(weight)}`],
    inputs: evidenceOf(day.lines),
    text: [`It is the part of the portfolio that is in ${row.symbol}.`],
  };
}
