/** Writes pricing packs, as the owner: thousands of rows in one statement each. */
import type { CorrectedPack } from '../packs/correct-packs';
import type { Pack } from '../packs/pack-content';
import type { Tx } from './pool';

export interface PackImport {
  packs: readonly Pack[];
  statusOf: (pack: Pack) => 'warming' | 'fresh';
  /** Where prices and exchange rates come from, for the reader of a trace. */
  sources: { prices: string; fx: string };
}

/**
 * Writes packs that are not there yet, on one straight line from the first. What is there already stays.
 * @returns how many were written
 * @throws Error when a pack of the same id has other content: packs are immutable
 */
export async function insertPacks(tx: Tx, { packs, statusOf, sources }: PackImport): Promise<number> {
  const { rows } = await tx.query<{ id: string; sha256: string; line_id: string }>(
    'select id, sha256, line_id from pricing_packs where id = any($1)',
    [packs.map(({ id }) => id)],
  );
  const existing = new Map(rows.map((row) => [row.id, row.sha256]));
  const changed = packs.find(({ id, sha256 }) => (existing.get(id) ?? sha256) !== sha256);
  if (changed) {
    throw new Error(
      `The pricing pack ${changed.id} is in the database with other content, and packs are immutable.`,
    );
  }
  const missing = packs.filter(({ id }) => !existing.has(id));
  const line = rows[0]?.line_id ?? packs[0]?.id ?? null;
  await insertPackRows(tx, missing, { statusOf, source: `${sources.prices}; ${sources.fx}`, line });
  await insertPrices(tx, missing, sources.prices);
  await insertFxRates(tx, missing, sources.fx);
  await insertFacts(tx, missing);
  return missing.length;
}

/** Writes the pack of a new day at the end of its predecessor's line, in the state `warming`. */
export async function insertNextPack(tx: Tx, pack: Pack, sources: PackImport['sources']): Promise<void> {
  const { previous } = pack.content;
  // The predecessor may have a successor already that was corrected away; then a new line begins here.
  const { rows } = await tx.query<{ line_id: string }>(
    `select line_id from pricing_packs last where id = $1 and not exists
       (select from pricing_packs next where next.line_id = last.line_id and next.previous_pack_id = last.id)`,
    [previous?.id ?? null],
  );
  const line = rows[0]?.line_id ?? pack.id;
  const source = `${sources.prices}; ${sources.fx}`;
  await insertPackRows(tx, [pack], { statusOf: () => 'warming', source, line });
  await insertPrices(tx, [pack], sources.prices);
  await insertFxRates(tx, [pack], sources.fx);
  await insertFacts(tx, [pack]);
}

/**
 * Writes the packs of a correction on a line of their own: fresh where the one is whose place it takes, which has to be
 * marked as superseded before; warming where that is not, or stands in the state `error`, for no stage of these failed.
 * @returns the ids of the fresh ones, in the order of days
 */
export async function insertCorrectedPacks(
  tx: Tx,
  packs: readonly CorrectedPack[],
  source: string,
): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    "select id from pricing_packs where status = 'fresh' and id = any($1)",
    [packs.map(({ supersedes }) => supersedes)],
  );
  const fresh = new Set(rows.map(({ id }) => id));
  const old = new Map(packs.map(({ id, supersedes }) => [id, supersedes]));
  const isFresh = ({ id }: { id: string }): boolean => fresh.has(old.get(id) ?? '');
  const statusOf: PackImport['statusOf'] = (pack) => (isFresh(pack) ? 'fresh' : 'warming');
  await insertPackRows(tx, packs, { statusOf, source, line: packs[0]?.id ?? null });
  await insertPrices(tx, packs, source);
  await insertFxRates(tx, packs, source);
  await insertFacts(tx, packs);
  return packs.filter(isFresh).map(({ id }) => id);
}

async function insertPackRows(
  tx: Tx,
  packs: readonly Pack[],
  { statusOf, source, line }: { statusOf: PackImport['statusOf']; source: string; line: string | null },
): Promise<void> {
  const rows = packs.map((pack) => [
    pack.id,
    pack.content.date,
    statusOf(pack),
    pack.sha256,
    pack.content.previous?.id ?? null,
  ]);
  await tx.query(
    `insert into pricing_packs (id, date, status, sha256, previous_pack_id, line_id, source)
     select p.*, $6, $7 from unnest($1::text[], $2::date[], $3::text[], $4::text[], $5::text[]) as p`,
    [...columns(rows, 5), line, source],
  );
}

async function insertPrices(tx: Tx, packs: readonly Pack[], source: string): Promise<void> {
  const rows = packs.flatMap(({ id, content }) =>
    content.prices.map(({ security_id, close, currency }) => [id, security_id, close, currency]),
  );
  await tx.query(
    `insert into prices (pack_id, security_id, close, currency, source)
     select p.*, $5 from unnest($1::text[], $2::uuid[], $3::numeric[], $4::text[]) as p`,
    [...columns(rows, 4), source],
  );
}

async function insertFxRates(tx: Tx, packs: readonly Pack[], source: string): Promise<void> {
  const rows = packs.flatMap(({ id, content }) =>
    content.fx.map(({ base_ccy, quote_ccy, rate, quote_date }) => [
      id,
      base_ccy,
      quote_ccy,
      rate,
      quote_date,
    ]),
  );
  await tx.query(
    `insert into fx_rates (pack_id, base_ccy, quote_ccy, rate, quote_date, source)
     select r.*, $6 from unnest($1::text[], $2::text[], $3::text[], $4::numeric[], $5::date[]) as r`,
    [...columns(rows, 5), source],
  );
}

/** Observations and corporate actions. */
async function insertFacts(tx: Tx, packs: readonly Pack[]): Promise<void> {
  const observations = packs.flatMap(({ id, content }) =>
    (content.observations ?? []).map(({ series_id, period_end, value }) => [
      id,
      series_id,
      period_end,
      value,
    ]),
  );
  await tx.query(
    `insert into pack_observations (pack_id, series_id, period_end, value)
     select * from unnest($1::text[], $2::text[], $3::date[], $4::numeric[])`,
    columns(observations, 4),
  );
  const actions = packs.flatMap(({ id, content }) =>
    (content.actions ?? []).map((action) => [
      ...[id, action.security_id, action.type, action.ex_date, action.pay_date],
      ...[action.amount, action.currency, action.ratio],
    ]),
  );
  await tx.query(
    `insert into pack_actions (pack_id, security_id, type, ex_date, pay_date, amount, currency, ratio)
     select * from unnest($1::text[], $2::uuid[], $3::text[], $4::date[], $5::date[], $6::numeric[], $7::text[], $8::numeric[])`,
    columns(actions, 8),
  );
}

/** Rows turned into one array for each column, as `unnest` takes them. */
function columns(rows: readonly (string | null)[][], count: number): (string | null)[][] {
  return Array.from({ length: count }, (_, column) => rows.map((row) => row[column] ?? null));
}
