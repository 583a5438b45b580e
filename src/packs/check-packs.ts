/** Whether packs still say what their hashes were taken of. */
import { buildPackContent, type PackContent } from './pack-content';

/** A pack as it is kept. */
export interface StoredPack {
  id: string;
  sha256: string;
  content: PackContent;
}

export interface CorruptPack {
  pack_id: string;
  /** The hash that is stored with it. */
  expected: string;
  /** The hash of what it says now. */
  actual: string;
}

/** The first whose content has another hash than the stored one; `null` when all are as they were built. */
export function firstCorrupt(packs: readonly StoredPack[]): CorruptPack | null {
  for (const { id, sha256, content } of packs) {
    const actual = hashOf(content);
    if (actual !== sha256) return { pack_id: id, expected: sha256, actual };
  }
  return null;
}

/** Content that no pack could be built of has no hash; it is said instead why. */
function hashOf(content: PackContent): string {
  try {
    return buildPackContent(content).sha256;
  } catch (error) {
    return error instanceof Error ? error.message : 'no content of a pack';
  }
}
