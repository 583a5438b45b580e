/** `/v1/packs`: the frozen prices and exchange rates of each trading day. They belong to everybody. */
import { type Static, Type } from '@sinclair/typebox';
import type { RequestHandler } from 'express';
import type { Pool } from 'pg';
import { EngineError } from '../contract/errors';
import { IsoDate, Nullable, PackId, StringEnum } from '../contract/scalars';
import { type PackStageRow, stagesOf } from '../db/pack-stages';
import { type Tx, withUser } from '../db/pool';
import { findPack, listPacks, nearestEarlierPack, type PackRow } from '../db/pricing-packs';
import { compileSchema } from '../validate';
import { listQuery, nextCursor, pageReader, toPage } from './pages';
import { queryReader } from './query';
import { userOf } from './request-scope';

const PackStatus = StringEnum(['warming', 'fresh', 'error']);

export const PackStage = Type.Object(
  {
    stage: StringEnum(['build', 'reconcile', 'metrics', 'prewarm', 'fresh']),
    status: StringEnum(['running', 'done', 'failed']),
    attempt: Type.Integer({ description: '1 for the first; only the latest is shown' }),
    started_at: Type.String({ format: 'date-time' }),
    ended_at: Nullable(Type.String({ format: 'date-time' })),
    detail: Type.Record(Type.String(), Type.Unknown(), {
      description:
        'what was found: counts, what is missing, code and message of a failure; nothing of any one user',
    }),
  },
  { additionalProperties: false, title: 'PackStage' },
);
export type PackStage = Static<typeof PackStage>;

export const Pack = Type.Object(
  {
    id: PackId,
    date: IsoDate,
    status: { ...PackStatus, description: 'only a fresh one is computed on' },
    status_reason: Nullable(Type.String({ description: 'why it is in the state `error`' })),
    sha256: Type.String({ description: 'of its prices, its exchange rates and the packs before it' }),
    superseded_by: Nullable({ ...PackId, description: 'the correction that takes its place' }),
    built_at: Type.String({ format: 'date-time' }),
    stages: Type.Array(PackStage, {
      description:
        'of the nightly order, as far as it has come; empty for a pack that was loaded or corrected',
    }),
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
    const { shown, next_cursor, stages } = await withUser(pool, userOf(res).id, async (tx) => {
      const rows = await listPacks(tx, { ...filter, limit: page.ask, after: page.after });
      const cut = toPage(rows, page, ({ date, id }) => [date, id]);
      const ids = cut.shown.map(({ id }) => id);
      return { ...cut, stages: await stagesOf(tx, ids) };
    });
    res.json({ packs: shown.map((pack) => toPack(pack, stages)), next_cursor });
  };
}

export function readPack({ pool }: PacksDeps): RequestHandler {
  return async (req, res) => {
    const id = requirePackId(req.params['id']);
    const shown = await withUser(pool, userOf(res).id, async (tx) => {
      const stages = await stagesOf(tx, [id]);
      return toPack(await requirePack(tx, id, stages), stages);
    });
    res.json(shown);
  };
}

/** @throws EngineError PACK_NOT_FOUND for what has not even its form */
export function requirePackId(id: unknown): string {
  if (typeof id === 'string' && idProblems(id).length === 0) return id;
  throw new EngineError('PACK_NOT_FOUND', 'A pack’s id is PP_ and its date.', { nearest: null });
}

/**
 * @param stages of an order that has begun to build it; then the refusal tells how far that came
 * @throws EngineError PACK_NOT_FOUND, which names the nearest earlier one
 */
export async function requirePack(
  tx: Tx,
  id: string,
  stages: readonly PackStageRow[] = [],
): Promise<PackRow> {
  const found = await findPack(tx, id);
  if (found) return found;
  // An id may have the form and name a 30th of February.
  const isDay = dayProblems(dayOf(id)).length === 0;
  const nearest = isDay ? await nearestEarlierPack(tx, dayOf(id)) : null;
  const why = isDay ? '' : `: ${dayOf(id)} is no day`;
  throw new EngineError('PACK_NOT_FOUND', `There is no pricing pack ${id}${why}.`, {
    pack_id: id,
    nearest: nearest ? { pack_id: nearest.id, asof_date: nearest.date } : null,
    ...(stages.length > 0 && { stages: stages.map(toStage) }),
  });
}

function dayOf(id: string): string {
  return id.slice('PP_'.length, 'PP_2000-01-01'.length);
}

function toPack(
  { id, date, status, status_reason, sha256, superseded_by, built_at }: PackRow,
  stages: readonly PackStageRow[],
): Pack {
  return {
    id,
    date,
    status,
    status_reason,
    sha256,
    superseded_by,
    built_at: built_at.toISOString(),
    stages: stages.filter(({ pack_id }) => pack_id === id).map(toStage),
  };
}

function toStage({ stage, status, attempt, started_at, ended_at, detail }: PackStageRow): PackStage {
  return {
    stage,
    status,
    attempt,
    started_at: started_at.toISOString(),
    ended_at: ended_at?.toISOString() ?? null,
    detail,
  };
}
