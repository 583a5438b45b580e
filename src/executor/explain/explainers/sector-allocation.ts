/** Explains `portfolio.sector_allocation`: the positions of a sector, their values, and the whole they are a part of. */
import { Decimal, decimalText, roundMoney, sum } from '../../../services/decimal';
import type { Evidence } from '../evidence';
import type { Explainer, Subject, Told } from '../explainer';
import { valueAt } from '../field-path';
import { ratesOf, pricesOf, valueDay } from '../day-valuation';
import { amountText, listText, percentText } from '../words';

interface Part {
  symbol: string;
  /** `null`: it has none. */
  value: Decimal | null;
}

export const explainSectors: Explainer = async (subject, evidence) => {
  const { path, whole } = subject;
  const [list = '', index = '', member = ''] = path;
  const parts = partsGiven(subject) ?? (subject.isFromLedger ? await partsHeld(evidence) : null);
  if (!parts) return null;
  const inputs = subject.isFromLedger ? await quotesOf(evidence) : {};
  if (list === 'total_value' || list === 'total_of_valued') return { ...explainTotal(parts, list, evidence.base), inputs };
  const symbols = valueAt(whole, ['sectors', index, 'symbols']);
  if (list !== 'sectors' || !Array.isArray(symbols)) return null;
  const own = parts.filter(({ symbol }) => symbols.includes(symbol));
  const sector = valueAt(whole, ['sectors', index, 'sector']);
  const name = typeof sector === 'string' ? sector : valueAt(whole, ['sectors', index, 'kind']) === 'cash' ? 'cash' : 'securities without a sector';
  return { ...explainSector(name, own, parts, { member, base: evidence.base }), inputs };
}; // prettier-ignore

/** The positions of the call, where the trace holds them. */
function partsGiven({ args }: Subject): Part[] | null {
  const { positions } = args;
  if (!Array.isArray(positions)) return null;
  return (positions as { symbol: string; value: string | null }[]).map(({ symbol, value }) => ({
    symbol,
    value: value === null ? null : new Decimal(value),
  }));
}

async function partsHeld(evidence: Evidence): Promise<Part[]> {
  const { lines, missing } = valueDay(await evidence.past(), evidence.pack.date);
  return [
    ...lines.map(({ symbol, value }) => ({ symbol, value: roundMoney(value) })),
    ...missing.map((symbol) => ({ symbol, value: null })),
  ];
}

async function quotesOf(evidence: Evidence): Promise<Told['inputs']> {
  const { lines } = valueDay(await evidence.past(), evidence.pack.date);
  return { prices: pricesOf(lines), fx: ratesOf(lines) };
}

function explainTotal(parts: readonly Part[], member: string, base: string): Told {
  const lacking = parts.filter(({ value }) => value === null).map(({ symbol }) => symbol);
  const total = totalOf(parts);
  const isNull = member === 'total_value' && lacking.length > 0;
  return {
    recomputed: isNull ? null : decimalText(roundMoney(total)),
    calculation: [`${termsOf(parts)} = ${amountText(total)} ${base}`],
    inputs: {},
    text: [
      isNull
        ? `${listText(lacking)} has no value, so there is no total of everything.`
        : 'It is the sum of all positions that have a value.',
    ],
  };
}

function explainSector(
  name: string,
  own: readonly Part[],
  all: readonly Part[],
  { member, base }: { member: string; base: string },
): Told {
  const value = totalOf(own);
  const total = totalOf(all);
  const isValued = own.every((part) => part.value !== null);
  const hasWeight = all.every((part) => part.value !== null) && !total.isZero();
  const sentence = `${termsOf(own)} = ${amountText(value)} ${base}`;
  const symbols = listText(own.map(({ symbol }) => symbol));
  const weight = hasWeight ? value.div(total).toNumber() : null;
  if (member === 'sector') {
    const text = `The security master names no sector for ${symbols}.`;
    return { recomputed: null, calculation: [], inputs: {}, text: [text] };
  }
  if (member === 'weight' && weight !== null) {
    const working = `${amountText(value)} ÷ ${amountText(total)} = ${percentText(weight)}`;
    const text = `It is the part of the portfolio that is in ${name}: ${symbols}.`;
    return { recomputed: weight, calculation: [sentence, working], inputs: {}, text: [text] };
  }
  const text = `In ${name} are ${symbols}, by the security master.`;
  const isNull = member === 'weight' || !isValued;
  return {
    recomputed: isNull ? null : decimalText(roundMoney(value)),
    calculation: isNull ? [] : [sentence],
    inputs: {},
    text: [text],
  };
}

function totalOf(parts: readonly Part[]): Decimal {
  return sum(parts.map(({ value }) => value ?? new Decimal(0)));
}

function termsOf(parts: readonly Part[]): string {
  return parts
    .map(({ symbol, value }) => `${symbol} ${value === null ? 'without a value' : amountText(value)}`)
    .join(' + ');
}
