/** Stage `build`: a day's prices and rates from their source become its pricing pack, once. */
import type { Pool } from 'pg';
import { EngineError } from '../src/contract/errors';
import type { BuiltPack, PackSourceSpec } from '../src/contract/nightly';
import { isBadData } from '../src/db/bad-data';
import { type BeforePack, beforePack, writeNextPack } from '../src/db/next-pack';
import { type Tx, withUser } from '../src/db/pool';
import { findPackByDate, movePack, type PackRow } from '../src/db/pricing-packs';
import { buildNextPack, withoutPrice } from '../src/packs/next-pack';
import { buildPackContent, type Pack, packId } from '../src/packs/pack-content';
import { packDifferences } from '../src/packs/pack-differences';
import type { PackSource } from '../src/providers/pack-source';
import { isDay } from '../src/services/dates';
import { nobody, runStage } from './nightly-stage';

interface BuildServices {
  database: Pool;
  sourceOf(spec: PackSourceSpec): PackSource;
}

/** Of the securities that had a price the day before: with fewer the source is not complete yet, or broken. */
const leastPriced = 0.8;
/** As many symbols and differences are named. */
const mostNamed = 50;

/**
 * A pack that is there with the same content is taken as it is; nothing that is there is changed.
 * @throws EngineError ARGS_INVALID (no such day); ApplicationFailure PACK_DIFFERS, PACK_OUT_OF_ORDER, DATA_MISSING (too
 * few prices), SOURCE_INVALID, and what else the source throws
 */
export async function buildPack(
  { database, sourceOf }: BuildServices,
  { date, source: spec }: { date: string; source: PackSourceSpec },
): Promise<BuiltPack> {
  if (!isDay(date))
    throw new EngineError('ARGS_INVALID', `"${date}" is no day; name one such as 2013-03-01.`);
  const asNobody = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withUser(database, nobody, work);
  const present = await asNobody((tx) => findPackByDate(tx, date));
  const id = present?.id ?? packId(date);
  return runStage(database, id, 'build', async () => {
    const source = sourceOf(spec);
    const before = await asNobody((tx) => beforePack(tx, date));
    const pack = await packOf(source, before, date);
    if (pack === null) return { outcome: 'no_trading_day', pack_id: id, date, detail: { prices: 0 } };
    const detail = describe(pack, before, source);
    if (before.present) {
      const { status } = requireSame(before.present, pack, before);
      if (status === 'fresh') return { outcome: 'already_fresh', pack_id: id, date, detail };
      if (status === 'error') await asNobody((tx) => movePack(tx, id, 'warming'));
      return { outcome: 'warming', pack_id: id, date, detail: { ...detail, was_there: true } };
    }
    if (!(await asNobody((tx) => writeNextPack(tx, pack, source.names)).catch(refuseSource))) {
      // Tried again, it finds what the other one has written.
      throw new EngineError('INTERNAL', `Another pack was written while that of ${date} was built.`);
    }
    return { outcome: 'warming', pack_id: id, date, detail };
  });
}

/** A value that was read, but that no database can hold: what the source says is nobody's, so it may be told. */
function refuseSource(error: unknown): never {
  if (!isBadData(error)) throw error;
  const why = error instanceof Error ? error.message : String(error);
  const message = `The source has a value that the database cannot hold (${why}); nothing of it is used.`;
  throw new EngineError('SOURCE_INVALID', message, {}, error);
}

/** `null` on a day without trading. */
async function packOf(source: PackSource, before: BeforePack, date: string): Promise<Pack | null> {
  const { present, previous, later, securities } = before;
  if (!present && later !== null) {
    const message = `The pricing pack ${later} is of a later day than ${date}, and packs are built in the order of days.`;
    throw new EngineError('PACK_OUT_OF_ORDER', message, { pack_id: later, date });
  }
  const prices = await source.prices(date, securities);
  const traded = new Set(securities.filter(isTraded).map(({ id }) => id));
  if (!prices.some(({ security_id }) => traded.has(security_id))) return null;
  const expected = (previous?.content.prices ?? []).filter(({ security_id }) => traded.has(security_id));
  const missing = withoutPrice(previous, prices).filter((security_id) => traded.has(security_id));
  if (expected.length - missing.length < leastPriced * expected.length) {
    const message = `The source has no price of ${date} for ${String(missing.length)} of ${String(expected.length)} securities that had one the day before; that is not a day's prices.`;
    const names = symbolsOf(before, missing);
    throw new EngineError('DATA_MISSING', message, { date, missing: names.slice(0, mostNamed) });
  }
  const days = { after: previous?.content.date ?? null, upTo: date };
  return buildNextPack({
    date,
    previous,
    prices,
    fx: await source.fx(date),
    observations: (await source.observations?.(days, before.series)) ?? [],
    actions: (await source.actions?.(days, securities)) ?? [],
  });
}

function isTraded({ asset_class }: { asset_class: string }): boolean {
  return asset_class !== 'index';
}

/** @throws EngineError PACK_DIFFERS, which says where */
function requireSame(
  { row, stored }: NonNullable<BeforePack['present']>,
  pack: Pack,
  { securities }: BeforePack,
): PackRow {
  if (pack.sha256 === row.sha256) return row;
  const symbols = new Map(securities.map(({ id, symbol }) => [id, symbol]));
  const differences = packDifferences(buildPackContent(stored.content).content, pack.content, symbols);
  const [first] = differences;
  const where = first
    ? `: ${first.what} is ${first.stored ?? 'missing'} in it, and ${first.offered ?? 'missing'} in the source`
    : '';
  throw new EngineError('PACK_DIFFERS', `The pricing pack ${row.id} is there with other content${where}.`, {
    pack_id: row.id,
    expected: row.sha256,
    actual: pack.sha256,
    differences: differences.slice(0, mostNamed),
  });
}

/** Says what is in it, and what is not: nothing is put in its place. */
function describe(
  { content, sha256 }: Pack,
  before: BeforePack,
  { names }: PackSource,
): Record<string, unknown> {
  const { date, prices, fx, observations = [], actions = [] } = content;
  const priced = new Set(prices.map(({ security_id }) => security_id));
  const missing = before.securities.filter(({ id }) => !priced.has(id)).map(({ symbol }) => symbol);
  return {
    prices: prices.length,
    missing_count: missing.length,
    missing: missing.slice(0, mostNamed),
    rates: fx.length,
    carried_rates: fx.filter(({ quote_date }) => quote_date < date).map(({ quote_ccy }) => quote_ccy),
    observations: observations.length,
    actions: actions.length,
    sources: names,
    sha256,
  };
}

function symbolsOf({ securities }: BeforePack, ids: readonly string[]): string[] {
  const wanted = new Set(ids);
  return securities.filter(({ id }) => wanted.has(id)).map(({ symbol }) => symbol);
}
