/** Remembered results of this process alone: the least recently used make room. */
import { LRUCache } from 'lru-cache';
import type { MemoStore } from '../contract/memo';

/** @param maximumCharacters of all texts together */
export function localMemoStore(maximumCharacters = 64 * 1024 * 1024): MemoStore {
  const texts = new LRUCache<string, string>({
    maxSize: maximumCharacters,
    sizeCalculation: (text, key) => text.length + key.length,
  });
  return {
    scope: 'local',
    get: async (key) => texts.get(key) ?? null,
    put: async (key, text) => {
      if (!texts.has(key)) texts.set(key, text);
    },
    discard: async (key, text) => {
      if (texts.peek(key) === text) texts.delete(key);
    },
    has: async (keys) => keys.map((key) => texts.has(key)),
  };
}
