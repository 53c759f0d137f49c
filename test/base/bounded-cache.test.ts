import { describe, expect, it } from '@jest/globals';
import { createBoundedCache } from '../../src/base/bounded-cache.ts';

describe('a bounded cache', () => {
  it('lets go of what was not used for the longest, says of what, and says nothing of what was deleted or replaced', () => {
    const gone: number[] = [];
    const cache = createBoundedCache<string, number>(3, (value) => gone.push(value));
    for (const [index, key] of ['a', 'b', 'c'].entries()) cache.set(key, index);
    expect([cache.get('a'), cache.peek('b'), gone]).toEqual([0, 1, []]);
    cache.set('d', 3);
    expect([...cache.keys()].toSorted()).toEqual(['a', 'c', 'd']);
    expect(gone).toEqual([1]);
    cache.delete('c');
    cache.set('a', 10);
    cache.set('e', 4);
    expect(gone).toEqual([1]);
    cache.set('f', 5);
    expect(gone).toEqual([1, 3]);
    expect([cache.get('a'), cache.size]).toEqual([10, 3]);
  });

  it('takes no memory for places that nothing stands in', () => {
    const before = process.memoryUsage().arrayBuffers;
    const caches = Array.from({ length: 20 }, () => createBoundedCache<string, number>(1_000_000));
    expect(caches).toHaveLength(20);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });
});
