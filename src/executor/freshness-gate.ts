/**
 * The freshness gate: which pricing pack a request is answered on, or why none.
 *
 * - A date means exactly that day's pack; no neighbour is taken silently.
 * - No date means the newest fresh pack up to today.
 * - Only a fresh pack passes: prices that may still change would make the same request give two answers.
 */
import { EngineError } from '../contract/errors';
import type { Tx } from '../db/pool';
import { findPackByDate, latestPack, nearestEarlierPack, newestFreshPack } from '../db/pricing-packs';

export interface FreshPack {
  id: string;
  date: string;
}

interface Pack extends FreshPack {
  status: string;
}

const retryAfterSeconds = 30;

/** @throws EngineError PACK_NOT_FOUND, which names the nearest earlier one, or PACK_WARMING */
export async function requireFreshPack(tx: Tx, asofDate: string | null, today: string): Promise<FreshPack> {
  const pack = asofDate === null ? await newestPack(tx, today) : await packOf(tx, asofDate);
  if (pack.status !== 'fresh') throw warming(pack);
  return { id: pack.id, date: pack.date };
}

async function newestPack(tx: Tx, today: string): Promise<Pack> {
  const fresh = await newestFreshPack(tx, today);
  if (fresh) return fresh;
  const latest = await latestPack(tx);
  // Only packs that are still being built: the first one will come.
  if (latest) throw warming(latest);
  throw new EngineError('PACK_NOT_FOUND', 'There is no pricing pack yet.', {
    asof_date: null,
    nearest: null,
  });
}

async function packOf(tx: Tx, date: string): Promise<Pack> {
  const pack = await findPackByDate(tx, date);
  if (pack) return pack;
  const nearest = await nearestEarlierPack(tx, date);
  const hint = nearest ? `the nearest earlier fresh one is of ${nearest.date}` : 'nor any fresh earlier one';
  throw new EngineError('PACK_NOT_FOUND', `There is no pricing pack of ${date}; ${hint}.`, {
    asof_date: date,
    nearest: nearest ? { pack_id: nearest.id, asof_date: nearest.date } : null,
  });
}

/** `error`, `message` and `pack_id` are the specification's own members; a problem's `status` is the HTTP status. */
function warming(pack: Pack): EngineError {
  const message = `The pricing pack ${pack.id} is ${pack.status}, not fresh. Retry in a few minutes, or name an earlier date.`;
  return new EngineError('PACK_WARMING', message, {
    error: 'PACK_WARMING',
    message,
    pack_id: pack.id,
    pack_status: pack.status,
    retry_after_seconds: retryAfterSeconds,
  });
}
