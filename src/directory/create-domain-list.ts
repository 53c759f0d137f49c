import type { CustomerId } from '../ids.ts';

/** Which customer a custom domain belongs to, as far as look-ups have told. */
export type DomainList = {
  customerOf(domain: string): CustomerId | undefined;
  domainsOf(customer: CustomerId): readonly string[];
  /** What was learned last counts: a domain may have moved. True where something was new. */
  learn(customer: CustomerId, domains: Iterable<string>): boolean;
};

const mostDomains = 100_000;

export function createDomainList(): DomainList {
  const owners = new Map<string, CustomerId>();
  const domains = new Map<CustomerId, Set<string>>();
  return {
    customerOf: (domain) => owners.get(domain),
    domainsOf: (customer) => [...(domains.get(customer) ?? [])],
    learn(customer, learned) {
      let isNew = false;
      for (const domain of learned) {
        const owner = owners.get(domain);
        if (owner === customer || (owner === undefined && owners.size >= mostDomains)) continue;
        if (owner !== undefined) domains.get(owner)?.delete(domain);
        owners.set(domain, customer);
        domains.set(customer, (domains.get(customer) ?? new Set()).add(domain));
        isNew = true;
      }
      return isNew;
    },
  };
}
