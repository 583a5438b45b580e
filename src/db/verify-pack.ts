/**
 * Before a process computes on a pack for the first time: does it still say what its hash was taken of, and do all packs
 * before it? The database refuses changes by triggers, which its owner can switch off, as can a restore that went wrong.
 *
 * - What was found whole is remembered for as long as the process lives, so a new day's pack costs one day's reading.
 * - A pack that is not whole is asked for again each time: nothing is computed on it until it is repaired.
 * - It finds damage, and changes that left the hash as it was. Who rewrites content and all later hashes is not found out;
 *   against that stands the hash in the results that were computed before.
 */
import { EngineError } from '../contract/errors';
import { firstCorrupt, type StoredPack } from '../packs/check-packs';
import { packChain, packContents } from './pack-contents';
import type { Tx } from './pool';

/** As many packs are read and hashed before others get their turn. */
const packsAtOnce = 200;

/**
 * Returns the function that verifies a pack within a transaction. Calls for the same pack at the same time share the work.
 * The function throws EngineError PACK_CORRUPT, which names the first pack that is not whole.
 */
export function packVerifier(): (tx: Tx, packId: string) => Promise<void> {
  const whole = new Set<string>();
  const underWay = new Map<string, Promise<void>>();
  return async (tx, packId) => {
    if (whole.has(packId)) return;
    const ahead = underWay.get(packId);
    // Another call's transaction may have been given up; then this one looks for itself.
    if (ahead && (await ahead.then(() => true, isVerdict))) return ahead;
    const work = verify(tx, packId, whole).finally(() => underWay.delete(packId));
    underWay.set(packId, work);
    await work;
  };
}

async function verify(tx: Tx, packId: string, whole: Set<string>): Promise<void> {
  const chain = await packChain(tx, packId);
  requireLinked(chain);
  const unknown = chain.map(({ id }) => id).filter((id) => !whole.has(id));
  for await (const packs of inParts(tx, unknown)) {
    requireWhole(packs, packId);
    for (const { id } of packs) whole.add(id);
  }
}

/**
 * @param asked what they are read for; left out: for their own sake
 * @throws EngineError PACK_CORRUPT, which names the first that is not whole
 */
export function requireWhole(packs: readonly StoredPack[], asked?: string): void {
  const corrupt = firstCorrupt(packs);
  if (!corrupt) return;
  const { pack_id, expected, actual } = corrupt;
  const what = `it should have the hash ${expected}, and has ${actual}`;
  throw corruptPack(asked ?? pack_id, pack_id, what, { expected, actual });
}

/** The next ones are read while these are hashed. */
async function* inParts(tx: Tx, ids: readonly string[]): AsyncGenerator<StoredPack[]> {
  const ask = (at: number): Promise<StoredPack[]> => {
    const part = packContents(tx, ids.slice(at, at + packsAtOnce));
    // Whoever stopped before it came does not ask what became of it.
    part.catch(() => undefined);
    return part;
  };
  let next = ask(0);
  for (let at = 0; at < ids.length; at += packsAtOnce) {
    const packs = await next;
    if (at + packsAtOnce < ids.length) next = ask(at + packsAtOnce);
    yield packs;
  }
}

/** The line that readers follow has to be the one that the hashes name. */
function requireLinked(chain: readonly { id: string; previous_pack_id: string | null }[]): void {
  chain.forEach(({ id, previous_pack_id }, at) => {
    const before = chain[at - 1]?.id ?? null;
    if (previous_pack_id === before) return;
    throw corruptPack(
      chain.at(-1)?.id ?? id,
      id,
      `it was built upon ${previous_pack_id ?? 'none'}, and follows ${before ?? 'none'} in the database`,
      { expected: previous_pack_id, actual: before },
    );
  });
}

function corruptPack(asked: string, found: string, what: string, details: object): EngineError {
  const whose = asked === found ? '' : `, which ${asked} is built upon,`;
  return new EngineError(
    'PACK_CORRUPT',
    `The pricing pack ${found}${whose} was changed in the database: ${what}.`,
    { pack_id: found, asked_for: asked, ...details },
  );
}

function isVerdict(error: unknown): boolean {
  return error instanceof EngineError && error.code === 'PACK_CORRUPT';
}
