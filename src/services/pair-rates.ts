/**
 * Exchange rates of any pair, from quotes of some pairs. Quotes of both directions form one series; a pair without a
 * quote goes through a common currency, or through several; pence and the like are a hundredth of their currency.
 */
import { type DatedQuote, type DatedSeries, datedSeries, type MissingReason } from './dated-series';
import { earlier } from './dates';
import { Decimal, type Numeric } from './decimal';
import { majorUnit } from './fx';

/** Units of `to` for one `from`. */
export interface PairQuote {
  date: string;
  from: string;
  to: string;
  rate: Numeric;
}

/** `date`: the day of the oldest quote the rate is made of. */
export type PairRate = DatedQuote | { reason: MissingReason };

export type BeforeFirst = 'not_available' | 'earliest';

/** Units of `to` for one `from` on a day. */
export type PairLookup = (from: string, to: string, date: string, beforeFirst?: BeforeFirst) => PairRate;

type Neighbours = Map<string, DatedSeries<DatedQuote>>;

export function pairRates(quotes: readonly PairQuote[]): PairLookup {
  const graph = graphOf(quotes);
  return (from, to, date, beforeFirst = 'not_available') => {
    const [local, base] = [majorUnit(from), majorUnit(to)];
    const scale = new Decimal(base.perMajor).div(local.perMajor);
    if (local.major === base.major) return { rate: scale, date };
    const upTo = (series: DatedSeries<DatedQuote>) => series.upTo(date);
    const orFirst = (series: DatedSeries<DatedQuote>) => series.upTo(date) ?? series.first;
    const known = search(graph, local.major, base.major, upTo);
    const later = known ? null : search(graph, local.major, base.major, orFirst);
    const found = known ?? (beforeFirst === 'earliest' ? later : null);
    if (!found) return { reason: later ? 'BEFORE_FIRST_QUOTE' : 'NO_QUOTE' };
    return { rate: found.rate.times(scale), date: found.date };
  };
}

/** Every pair as two series that mirror each other; quotes of minor units count as their currency's. */
function graphOf(quotes: readonly PairQuote[]): Map<string, Neighbours> {
  const rows = new Map<string, Map<string, DatedQuote[]>>();
  const add = (from: string, to: string, quote: DatedQuote): void => {
    const neighbours = rows.get(from) ?? new Map<string, DatedQuote[]>();
    rows.set(from, neighbours);
    const pair = neighbours.get(to);
    if (pair) pair.push(quote);
    else neighbours.set(to, [quote]);
  };
  for (const { date, from, to, rate } of quotes) {
    const [a, b] = [majorUnit(from), majorUnit(to)];
    if (a.major === b.major) continue;
    const direct = new Decimal(rate).times(a.perMajor).div(b.perMajor);
    add(a.major, b.major, { date, rate: direct });
    add(b.major, a.major, { date, rate: new Decimal(1).div(direct) });
  }
  return new Map(
    [...rows].map(([from, pairs]) => [from, new Map([...pairs].map(([to, all]) => [to, datedSeries(all)]))]),
  );
}

/** The fewest quotes that lead from one currency to the other; of equally many, those of which the oldest is youngest. */
function search(
  graph: ReadonlyMap<string, Neighbours>,
  from: string,
  to: string,
  quoteOf: (series: DatedSeries<DatedQuote>) => DatedQuote | null,
): DatedQuote | null {
  const reached = new Set([from]);
  let frontier = new Map<string, DatedQuote>([[from, { rate: new Decimal(1), date: '9999-12-31' }]]);
  while (frontier.size > 0) {
    const next = new Map<string, DatedQuote>();
    for (const [currency, so_far] of frontier) {
      for (const [neighbour, series] of graph.get(currency) ?? []) {
        if (reached.has(neighbour)) continue;
        const quote = quoteOf(series);
        if (!quote) continue;
        const date = earlier(so_far.date, quote.date);
        const best = next.get(neighbour);
        if (!best || date > best.date) next.set(neighbour, { date, rate: so_far.rate.times(quote.rate) });
      }
    }
    const found = next.get(to);
    if (found) return found;
    for (const currency of next.keys()) reached.add(currency);
    frontier = next;
  }
  return null;
}
