/** `/v1/packs`: the frozen prices and exchange rates of each trading day. They belong to everybody. */
import { type Static, Type } from '@sinclair/typebox';
import type { RequestHandler } from 'express';
import type { Pool } from 'pg';
import { EngineError } from '../contract/errors';
import { IsoDate, Nullable, PackId, StringEnum } from '../contract/scalars';
import { type Tx, withUser } from '../db/pool';
import { findPack, listPacks, nearestEarlierPack, type PackRow } from '../db/pricing-packs';
import { compileSchema } from '../validate';
import { listQuery, nextCursor, pageReader, toPage } from './pages';
import { queryReader } from './query';
import { userOf } from './request-scope';

const PackStatus = StringEnum(['warming', 'fresh', 'error']);

export const Pack = Type.Object(
  {
    id: PackId,
    date: IsoDate,
    status: { ...PackStatus, description: 'only a fresh one is computed on' },
    sha256: Type.String({ description: 'of its prices, its exchange rates and the packs before it' }),
    superseded_by: Nullable({ ...PackId, description: 'the correction that takes its place' }),
    built_at: Type.String({ format: 'date-time' }),
  },
  { additionalProperties: false, title: 'Pack' },
);
export type Pack = Static<typeof Pack>;

export const PackList = Type.Object(
  { packs: Type.Array(Pack), ...nextCursor },
  { additionalProperties: false, title: 'PackList' },
);

export const PackQuery = listQuery({
  status: Type.Optional(PackStatus),
  date: Type.Optional(Type.String({ ...IsoDate, description: 'the trading day' })),
});

export interface PacksDeps {
  pool: Pool;
}

const readQuery = queryReader(PackQuery);
const readPage = pageReader(IsoDate, PackId);
const idProblems = compileSchema(PackId);
const dayProblems = compileSchema(IsoDate);

/** The newest date first, superseded ones too. */
export function listAllPacks({ pool }: PacksDeps): RequestHandler {
  return async (req, res) => {
    const { limit, cursor, ...filter } = readQuery(req.query);
    const page = readPage({ limit, cursor });
    const rows = await withUser(pool, userOf(res).id, (tx) =>
      listPacks(tx, { ...filter, limit: page.ask, after: page.after }),
    );
    const { shown, next_cursor } = toPage(rows, page, ({ date, id }) => [date, id]);
    res.json({ packs: shown.map(toPack), next_cursor });
  };
}

export function readPack({ pool }: PacksDeps): RequestHandler {
  return async (req, res) => {
    const id = req.params['id'];
    if (typeof id !== 'string' || idProblems(id).length > 0) {
      throw new EngineError('PACK_NOT_FOUND', 'A pack’s id is PP_ and its date.', { nearest: null });
    }
    res.json(toPack(await withUser(pool, userOf(res).id, (tx) => requirePack(tx, id))));
  };
}

/** @throws EngineError PACK_NOT_FOUND, which names the nearest earlier one */
export async function requirePack(tx: Tx, id: string): Promise<PackRow> {
  const found = await findPack(tx, id);
  if (found) return found;
  // An id may have the form and name a 30th of February.
  const isDay = dayProblems(dayOf(id)).length === 0;
  const nearest = isDay ? await nearestEarlierPack(tx, dayOf(id)) : null;
  const why = isDay ? '' : `: ${dayOf(id)} is no day`;
  throw new EngineError('PACK_NOT_FOUND', `There is no pricing pack ${id}${why}.`, {
    pack_id: id,
    nearest: nearest ? { pack_id: nearest.id, asof_date: nearest.date } : null,
  });
}

function dayOf(id: string): string {
  return id.slice('PP_'.length, 'PP_2000-01-01'.length);
}

function toPack({ id, date, status, sha256, superseded_by, built_at }: PackRow): Pack {
  return { id, date, status, sha256, superseded_by, built_at: built_at.toISOString() };
}
