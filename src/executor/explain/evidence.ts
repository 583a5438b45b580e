/**
 * The evidence behind a figure, read as its owner: the pack and the ledger commit of the execution, whatever came later.
 * Each part is read once, when the first explainer asks for it.
 */
import { EngineError } from '../../contract/errors';
import {
  externalFlows,
  type FlowRow,
  type LotRow,
  lotsAt,
  sourcedPrices,
  type SourcedFxRow,
  type SourcedPriceRow,
  sourcedRates,
  type TransactionRow,
  transactionsUpTo,
} from '../../db/explain-evidence';
import { type BenchmarkRow, findBenchmark } from '../../db/benchmarks';
import { packSplits } from '../../db/pack-actions';
import type { Tx } from '../../db/pool';
import { type ObservationRow, observationsAt } from '../../db/observations';
import { findPortfolio } from '../../db/portfolios';
import type { DatedPriceRow } from '../../db/prices';
import { pricesOnDays } from '../../db/prices-on-days';
import { findPack, type PackRow } from '../../db/pricing-packs';
import { majorUnit } from '../../services/fx';
import { grouped } from '../../services/grouped';
import type { KnownSplit } from '../../services/split-growth';
import { type Activity, loadActivity } from './activity';
import { loadPast, type PortfolioPast } from './past';
import type { DayQuotes } from './rates';

export interface EvidenceContext {
  portfolio_id: string | null;
  pricing_pack_id: string;
  ledger_commit_hash: string | null;
  asof_date: string;
  /** `null` of an execution without a portfolio. */
  base_currency: string | null;
}

export interface PricesAndRates {
  prices: SourcedPriceRow[];
  quotes: DayQuotes;
}

export interface ActivityPeriod {
  from?: string | null;
  to?: string;
}

/** What a portfolio is measured against. */
export interface Benchmark {
  security: BenchmarkRow;
  /** In the order of dates. */
  prices: SourcedPriceRow[];
  /** Of its own currency. */
  rates: SourcedFxRow[];
  splits: readonly KnownSplit[];
}

export interface Evidence {
  context: EvidenceContext;
  pack: PackRow;
  portfolio_name: string | null;
  base: string;
  /** Prices and quotes of the pack's own day. */
  ofDay(security_ids: readonly string[], currencies: readonly string[]): Promise<PricesAndRates>;
  lots(): Promise<LotRow[]>;
  past(): Promise<PortfolioPast>;
  flows(span: { from: string; to: string }): Promise<FlowRow[]>;
  /** What happened up to a day, from `from` (inclusive) on. */
  activity(period?: ActivityPeriod): Promise<Activity>;
  pricesOn(security_ids: readonly string[], days: readonly string[]): Promise<DatedPriceRow[]>;
  /** `null`: no security has this symbol. */
  benchmark(symbol: string): Promise<Benchmark | null>;
  /** Euro quotes of these currencies by day. */
  rates(currencies: readonly string[]): Promise<ReadonlyMap<string, DayQuotes>>;
  /** Values of series as they were known at the pack. */
  observations(series_ids: readonly string[]): Promise<ObservationRow[]>;
  transactions(of: {
    security_id?: string | null;
    currency?: string | null;
    from?: string | null;
    to?: string;
  }): Promise<TransactionRow[]>;
}

/** @throws EngineError PACK_NOT_FOUND */
export async function openEvidence(tx: Tx, context: EvidenceContext): Promise<Evidence> {
  const pack = await findPack(tx, context.pricing_pack_id);
  if (!pack)
    throw new EngineError('PACK_NOT_FOUND', `There is no pricing pack ${context.pricing_pack_id} any more.`);
  const portfolio = context.portfolio_id === null ? null : await findPortfolio(tx, context.portfolio_id);
  const base = context.base_currency ?? portfolio?.base_currency ?? '';
  const ledger = (): { portfolio_id: string; ledger_commit_hash: string } => ledgerOf(context);
  return {
    context,
    pack,
    portfolio_name: portfolio?.name ?? null,
    base,
    async ofDay(security_ids, currencies) {
      const from = pack.date;
      const prices = await sourcedPrices(tx, { pack_id: pack.id, security_ids, from });
      const majors = [...currencies, ...prices.map(({ currency }) => currency), base].map(
        (currency) => majorUnit(currency).major,
      );
      const rates = await sourcedRates(tx, { pack_id: pack.id, currencies: [...new Set(majors)], from });
      return { prices, quotes: byCurrency(rates) };
    },
    lots: once(() => lotsAt(tx, { ...ledger(), asof_date: context.asof_date })),
    past: once(() => loadPast(tx, { ...ledger(), pack, base_currency: base })),
    activity: onceFor(({ from = null, to = pack.date }: ActivityPeriod = {}) =>
      loadActivity(tx, { ...ledger(), from, to }, { pack_id: pack.id, base_currency: base }),
    ),
    pricesOn: (security_ids, days) => pricesOnDays(tx, { pack_id: pack.id, security_ids, days }),
    benchmark: onceFor(async (symbol: string = '') => {
      const security = await findBenchmark(tx, symbol);
      if (!security) return null;
      const of = { pack_id: pack.id, security_ids: [security.id] };
      const prices = await sourcedPrices(tx, of);
      const splits = await packSplits(tx, of);
      const currencies = [majorUnit(security.currency).major];
      return { security, prices, splits, rates: await sourcedRates(tx, { pack_id: pack.id, currencies }) };
    }),
    flows: ({ from, to }) => externalFlows(tx, { ...ledger(), from, to }),
    async rates(currencies) {
      const rows = await sourcedRates(tx, { pack_id: pack.id, currencies });
      return new Map(
        [...grouped(rows, ({ date }) => date)].map(([date, quotes]) => [date, byCurrency(quotes)]),
      );
    },
    observations: (series_ids) => observationsAt(tx, { pack_id: pack.id, series_ids }),
    transactions: ({ to = pack.date, ...of }) => transactionsUpTo(tx, { ...ledger(), asof_date: to, ...of }),
  };
}

export function byCurrency(rates: readonly SourcedFxRow[]): DayQuotes {
  return new Map(rates.map((row) => [row.quote_ccy, row]));
}

/** @throws EngineError DATA_MISSING where an execution without a ledger is asked for one */
function ledgerOf({ portfolio_id, ledger_commit_hash }: EvidenceContext): {
  portfolio_id: string;
  ledger_commit_hash: string;
} {
  if (portfolio_id === null || ledger_commit_hash === null) {
    throw new EngineError('DATA_MISSING', 'The execution names no portfolio with a ledger.');
  }
  return { portfolio_id, ledger_commit_hash };
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => (loaded ??= load());
}

/** Once for each argument. */
function onceFor<A, T>(load: (argument?: A) => Promise<T>): (argument?: A) => Promise<T> {
  const loaded = new Map<string, Promise<T>>();
  return (argument) => {
    const key = JSON.stringify(argument ?? null);
    const known = loaded.get(key) ?? load(argument);
    loaded.set(key, known);
    return known;
  };
}
