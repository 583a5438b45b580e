/**
 * A correction of what packs say: new packs in place of a day's pack and of all that were built upon it, since each
 * pack's hash covers the ones before. Nothing is changed; the old packs stay, for the results that were computed on them.
 */
import { Decimal } from 'decimal.js';
import type { StoredPack } from './check-packs';
import { buildPackContent, type Pack, type PackContent, type PackFxRate, packId } from './pack-content';

/** Names a fact of a pack: the price of a security, a rate, a series' value of a period, a security's dividend. */
export type FactName =
  `price ${string}` | `rate ${string}/${string}` | `value ${string}@${string}` | `dividend ${string}`;

export interface Correction {
  /** Of the pack. */
  date: string;
  fact: FactName;
  /** As its author calls the fact. */
  what: string;
  /** A decimal number. */
  value: string;
  /** Of a price: the currency of its security. With it a price that the pack does not have is added. */
  currency?: string;
}

export interface CorrectedPack extends Pack {
  /** The one whose place it takes. */
  supersedes: string;
}

/**
 * A rate is corrected in all packs that carry the quote: a day without a new one has that of the day before.
 * @param present the packs from the first corrected day on, in the order of days; the first names the one before it
 * @param suffix of the new ids: `PP_2013-02-27_C1`
 * @throws RangeError for a day without a pack, for what its pack does not have (a price may be added) or has twice, and for
 *   what changes nothing: it is a mistake, of a date or a name
 */
export function correctPacks(
  present: readonly StoredPack[],
  corrections: readonly Correction[],
  suffix: string,
): CorrectedPack[] {
  const byDate = new Map(present.map(({ content }) => [content.date, content]));
  for (const correction of corrections) requireCorrectable(byDate.get(correction.date), correction);
  let previous = present[0]?.content.previous ?? null;
  const carried = new Map<FactName, CorrectedQuote>();
  return present.map(({ id, content }) => {
    const own = corrections.filter(({ date }) => date === content.date);
    const corrected = applyTo({ ...content, previous }, [...quotesOn(content, carried), ...own]);
    noteQuotes(content, own, carried);
    const pack = { ...buildPackContent(corrected), id: `${packId(content.date)}_${suffix}`, supersedes: id };
    previous = { id: pack.id, sha256: pack.sha256 };
    return pack;
  });
}

interface CorrectedQuote {
  quote_date: string;
  correction: Correction;
}

/** Corrections of rates that this pack carries on. */
function quotesOn({ fx }: PackContent, carried: ReadonlyMap<FactName, CorrectedQuote>): Correction[] {
  return fx.flatMap((rate) => {
    const quote = carried.get(rateName(rate));
    return quote?.quote_date === rate.quote_date ? [quote.correction] : [];
  });
}

function noteQuotes(
  { fx }: PackContent,
  corrections: readonly Correction[],
  carried: Map<FactName, CorrectedQuote>,
): void {
  for (const correction of corrections) {
    const rate = fx.find((one) => rateName(one) === correction.fact);
    if (rate) carried.set(correction.fact, { quote_date: rate.quote_date, correction });
  }
}

function requireCorrectable(
  content: PackContent | undefined,
  { date, fact, what, value, currency }: Correction,
): void {
  if (!content) throw new RangeError(`There is no pricing pack of ${date}.`);
  const [known, ...more] = valuesOf(content, fact);
  if (known === undefined && currency === undefined)
    throw new RangeError(`The pack of ${date} has no ${what} to correct.`);
  if (more.length > 0)
    throw new RangeError(`The pack of ${date} has more than one ${what}, and the file cannot say which.`);
  if (known !== undefined && new Decimal(known).equals(value))
    throw new RangeError(`${what} of ${date} is ${known} already.`);
}

function valuesOf(content: PackContent, wanted: FactName): string[] {
  const values: string[] = [];
  eachFact(content, (fact, value) => {
    if (fact === wanted) values.push(value);
    return value;
  });
  return values;
}

/** Of two corrections of one fact the later counts. */
function applyTo(content: PackContent, corrections: readonly Correction[]): PackContent {
  if (corrections.length === 0) return content;
  const values = new Map(corrections.map(({ fact, value }) => [fact, value]));
  const corrected = eachFact(content, (fact, value) => values.get(fact) ?? value);
  const added = corrections.flatMap(({ fact, value, currency }) =>
    currency === undefined || valuesOf(content, fact).length > 0
      ? []
      : [{ security_id: fact.slice('price '.length), close: value, currency }],
  );
  return { ...corrected, prices: [...corrected.prices, ...added] };
}

/** The content with each fact's value replaced by what `change` gives for it. */
function eachFact(content: PackContent, change: (fact: FactName, value: string) => string): PackContent {
  const { prices, fx, observations = [], actions = [] } = content;
  return {
    ...content,
    prices: prices.map((one) => ({ ...one, close: change(`price ${one.security_id}`, one.close) })),
    fx: fx.map((one) => ({ ...one, rate: change(rateName(one), one.rate) })),
    observations: observations.map((one) => ({
      ...one,
      value: change(`value ${one.series_id}@${one.period_end}`, one.value),
    })),
    actions: actions.map((one) =>
      one.amount === null ? one : { ...one, amount: change(`dividend ${one.security_id}`, one.amount) },
    ),
  };
}

function rateName({ base_ccy, quote_ccy }: PackFxRate): FactName {
  return `rate ${base_ccy}/${quote_ccy}`;
}
