import { LRUCache } from 'lru-cache';
import { type Clock, type CustomerId, directoryTunables } from '../../base/index.ts';
import type { ProtectingFact } from '../../reset/index.ts';

/** What Microsoft Graph tells at each customer, as far as this process has seen. */
export type GraphSight = {
  /** Whether the customer was without consent less than an hour ago, so that nothing is asked. */
  hasNoConsent(customer: CustomerId): boolean;
  rememberNoConsent(customer: CustomerId): void;
  /** Whether this fact could be read at this customer before. */
  wasRead(customer: CustomerId, fact: ProtectingFact): boolean;
  rememberRead(customer: CustomerId, fact: ProtectingFact): void;
  /** Whether Graph has told something at this customer, and the customer is not without consent since. */
  isAsked(customer: CustomerId): boolean;
};

/** Creates the memory. Beyond `directoryTunables.maxGraphCustomers` the customer that was not asked for the longest goes first. */
export function createGraphSight({ now }: Pick<Clock, 'now'>): GraphSight {
  const max = directoryTunables.maxGraphCustomers;
  const withoutConsentAt = new LRUCache<string, number>({ max });
  const read = new LRUCache<string, Set<ProtectingFact>>({ max });
  const hasNoConsent = (customer: CustomerId): boolean => {
    const at = withoutConsentAt.get(customer);
    return at !== undefined && now() >= at && now() - at < directoryTunables.noConsentMilliseconds;
  };
  return {
    hasNoConsent,
    isAsked: (customer) => read.has(customer) && !hasNoConsent(customer),
    rememberNoConsent(customer) {
      withoutConsentAt.set(customer, now());
    },
    wasRead: (customer, fact) => read.get(customer)?.has(fact) === true,
    rememberRead(customer, fact) {
      read.set(customer, (read.get(customer) ?? new Set()).add(fact));
    },
  };
}
