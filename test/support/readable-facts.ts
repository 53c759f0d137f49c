import { type CustomerId } from '../../src/base/ids.ts';
import type { ReadableFacts } from '../../src/reset/ports/stores.ts';
import type { ReadableFact } from '../../src/reset/refusal.ts';

/** What could be read at each customer, in memory: what outlives a process in a test. */
export function createReadableFactsInMemory(): ReadableFacts & { readonly writes: () => number } {
  const kept = new Map<CustomerId, Set<ReadableFact>>();
  let writes = 0;
  return {
    of: (customer) => Promise.resolve([...(kept.get(customer) ?? [])]),
    keep(customer, facts) {
      writes += 1;
      kept.set(customer, new Set([...(kept.get(customer) ?? []), ...facts]));
      return Promise.resolve();
    },
    forget(customer) {
      const facts = [...(kept.get(customer) ?? [])];
      kept.delete(customer);
      return Promise.resolve(facts);
    },
    writes: () => writes,
  };
}
