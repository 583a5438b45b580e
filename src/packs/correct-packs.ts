/**
 * A correction of published prices: new packs in place of a day's pack and of all that were built upon it, since each
 * pack's hash covers the ones before. Nothing is changed; the old packs stay, for the results that were computed on them.
 */
import { buildPackContent, type Pack, type PackContent, packId } from './pack-content';

export interface PriceCorrection {
  date: string;
  security_id: string;
  close: string;
}

export interface FxCorrection {
  date: string;
  base_ccy: string;
  quote_ccy: string;
  /** Units of `quote_ccy` for one `base_ccy`. */
  rate: string;
}

export interface Corrections {
  prices: readonly PriceCorrection[];
  fx: readonly FxCorrection[];
}

/** A pack in its present form, which a new one may take the place of. */
export interface PresentPack {
  id: string;
  sha256: string;
  content: PackContent;
}

export interface CorrectedPack extends Pack {
  /** The one whose place it takes. */
  supersedes: string;
}

/**
 * @param present the packs from the first corrected day on, in the order of days; the first names the one before it
 * @param suffix of the new ids: `PP_2013-02-27_C1`
 * @throws RangeError for a correction of what no pack has, or that changes nothing: it is a mistake, of a date or a name
 */
export function correctPacks(
  present: readonly PresentPack[],
  corrections: Corrections,
  suffix: string,
): CorrectedPack[] {
  requireKnown(present, corrections);
  let previous = present[0]?.content.previous ?? null;
  return present.map(({ id, content }) => {
    const corrected = applyTo({ ...content, previous }, corrections);
    const pack = { ...buildPackContent(corrected), id: `${packId(content.date)}_${suffix}`, supersedes: id };
    previous = { id: pack.id, sha256: pack.sha256 };
    return pack;
  });
}

function applyTo(content: PackContent, { prices, fx }: Corrections): PackContent {
  const { date } = content;
  return {
    ...content,
    prices: content.prices.map((price) => {
      const found = prices.find((one) => one.date === date && one.security_id === price.security_id);
      return found ? { ...price, close: found.close } : price;
    }),
    fx: content.fx.map((rate) => {
      const found = fx.find((one) => one.date === date && isPair(one, rate));
      return found ? { ...rate, rate: found.rate } : rate;
    }),
  };
}

function requireKnown(present: readonly PresentPack[], { prices, fx }: Corrections): void {
  const byDate = new Map(present.map((pack) => [pack.content.date, pack.content]));
  for (const { date, security_id, close } of prices) {
    const known = byDate.get(date)?.prices.find((price) => price.security_id === security_id);
    requireChange(known?.close, close, `price of ${security_id}`, date);
  }
  for (const one of fx) {
    const known = byDate.get(one.date)?.fx.find((rate) => isPair(one, rate));
    requireChange(known?.rate, one.rate, `rate of ${one.base_ccy}/${one.quote_ccy}`, one.date);
  }
}

function requireChange(known: string | undefined, now: string, what: string, date: string): void {
  if (known === undefined) throw new RangeError(`The pack of ${date} has no ${what} to correct.`);
  if (Number(known) === Number(now)) throw new RangeError(`The ${what} of ${date} is ${known} already.`);
}

function isPair(
  a: { base_ccy: string; quote_ccy: string },
  b: { base_ccy: string; quote_ccy: string },
): boolean {
  return a.base_ccy === b.base_ccy && a.quote_ccy === b.quote_ccy;
}
