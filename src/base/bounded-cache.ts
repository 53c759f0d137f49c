import { LRUCache } from 'lru-cache';

/**
 * A map of at most `max` entries: what was not read or written for the longest goes first, and is handed to `evicted`.
 * It takes memory for what it holds. With `max` of its own, lru-cache makes all places at once: at our limits that is megabytes,
 * and milliseconds of each start.
 */
export function createBoundedCache<Key extends string, Value extends object | string | number | boolean>(
  max: number,
  evicted?: (value: Value) => void,
): LRUCache<Key, Value> {
  return new LRUCache<Key, Value>({
    maxSize: max,
    sizeCalculation: () => 1,
    dispose(value, _key, reason) {
      if (reason === 'evict') evicted?.(value);
    },
  });
}
