import { asId, type Clock, type CustomerId, isGuid, type Log } from '../base/index.ts';
import {
  type AggregatePartner,
  type Customer as PartnerCenterCustomer,
  PartnerError,
} from '../partner-center/index.ts';
import type { Customer } from '../reset/index.ts';
import { askIndex } from './ask-index.ts';
import { createCustomerIndex } from './create-customer-index.ts';
import type { DirectoryQuestion } from './directory-question.ts';
import { createDomainList, createDomainSearch, readDomain, type TenantOfDomain } from './domains.ts';
import { createIndexCache, timeToLive } from './index-cache.ts';
import { type Judged, judgeTyped } from './judge-typed.ts';
import type { NameIndex } from './names/create-name-index.ts';
import { readCustomer } from './partner-center-mapping.ts';

/** Who was meant; `elsewhere`: what was typed is the domain of a tenant that is no customer. */
export type JudgedCustomer =
  | Exclude<Judged<Customer>, { kind: 'none' }>
  | (Extract<Judged<Customer>, { kind: 'none' }> & { readonly elsewhere: boolean });

/** The partner's customers. */
export type CustomerCache = {
  /** Who is exactly what was typed: a name, a domain or a tenant id. Throws `PartnerError`. */
  find(typed: string, question: DirectoryQuestion): Promise<JudgedCustomer>;
  /** Whose domain this is; `domain` is one that `readDomain` gave. Throws `PartnerError`. */
  byDomain(domain: string, question: DirectoryQuestion): Promise<Exclude<JudgedCustomer, { kind: 'several' }>>;
  /** Customers that one of these is the name or the domain of, however its accents and signs are written. Throws `PartnerError`. */
  calledAny(names: readonly string[], question: DirectoryQuestion): Promise<readonly Customer[]>;
  /** Customers whose name is anything like what was typed. Throws `PartnerError`. */
  nearTo(typed: string, question: DirectoryQuestion): Promise<readonly Customer[]>;
  /** An id needs no index. Throws `PartnerError`. */
  byId(id: CustomerId, question: DirectoryQuestion): Promise<Customer | undefined>;
  readonly learnDomains: (customer: CustomerId, domains: Iterable<string>) => void;
  /** How many customers are kept in memory. */
  size(): number;
};

const all = 'all';
const mostSeen = 10_000;
const mostNear = 50;
const nobodyNear = () => ({ items: [], more: 0 });

export function createCustomerCache({
  partner,
  clock,
  tenantOfDomain,
  log,
}: {
  readonly partner: AggregatePartner;
  readonly clock: Clock;
  readonly tenantOfDomain: TenantOfDomain | undefined;
  readonly log: Log | undefined;
}): CustomerCache {
  const domains = createDomainList();
  /** Customers that were read one by one: that address is throttled. */
  const seenOnes = new Map<CustomerId, { readonly customer: Customer; readonly readAt: number }>();
  const searchDomain = createDomainSearch({ clock, tenantOfDomain });
  const indexes = createIndexCache<NameIndex<Customer>>({
    partner,
    clock,
    budget: Infinity,
    refreshAfter: timeToLive.refresh,
    async read(_all, through) {
      const index = createCustomerIndex(({ id }) => domains.domainsOf(id));
      let skipped = 0;
      for await (const page of through.customers.query().pages({ skipUnreadable: true })) {
        for (const customer of page.items) index.put(readCustomer(customer));
        skipped += page.skipped;
      }
      if (skipped > 0) log?.({ level: 'warn', event: 'customers-unreadable', skipped });
      return index;
    },
  });

  return {
    byDomain,
    byId,
    learnDomains,
    size: () => indexes.size(),
    async find(typed, question) {
      if (isGuid(typed)) {
        const customer = await byId(asId<CustomerId>(typed.toLowerCase()), question);
        return customer === undefined
          ? { kind: 'none', elsewhere: false, near: nobodyNear }
          : { kind: 'one', item: customer };
      }
      const judged = await askIndex(indexes, all, typed, question);
      if (judged.kind !== 'none') return judged;
      const domain = readDomain(typed);
      return domain === undefined ? { ...judged, elsewhere: false } : search(domain, judged, question);
    },
    async calledAny(names, question) {
      const { index } = await indexes.get(all, question.at - timeToLive.name, question);
      return [...new Set(names.flatMap((name) => index.exact(name).map(({ item }) => item)))];
    },
    async nearTo(typed, question) {
      const { index } = await indexes.get(all, question.at - timeToLive.own, question);
      return index.near(typed, mostNear).nearest.map(({ item }) => item);
    },
  };

  async function byDomain(
    domain: string,
    question: DirectoryQuestion,
  ): Promise<Exclude<JudgedCustomer, { kind: 'several' }>> {
    const { index } = await indexes.get(all, question.at - timeToLive.own, question);
    const judged = judgeTyped(index, domain);
    if (judged.kind === 'one' && hasDomain(judged.item, domain)) return judged;
    const again = await askIndex(indexes, all, domain, question);
    if (again.kind === 'one' && hasDomain(again.item, domain)) return again;
    return search(domain, again.kind === 'none' ? again : { kind: 'none', near: nobodyNear }, question);
  }

  async function search(
    domain: string,
    otherwise: Extract<Judged<Customer>, { kind: 'none' }>,
    question: DirectoryQuestion,
  ): Promise<Exclude<JudgedCustomer, { kind: 'several' }>> {
    const owner = domains.customerOf(domain) ?? (await searchDomain(domain));
    const customer = owner === undefined ? undefined : await byId(owner, question);
    if (customer === undefined) return { ...otherwise, elsewhere: owner !== undefined };
    learnDomains(customer.id, [domain]);
    return { kind: 'one', item: customer };
  }

  async function byId(id: CustomerId, question: DirectoryQuestion): Promise<Customer | undefined> {
    const isYoung = (readAt: number) => readAt >= question.at - timeToLive.own;
    const kept = indexes.peek(all);
    const known = kept !== undefined && isYoung(kept.readAt) ? kept.index.get(id) : undefined;
    if (known !== undefined) return known;
    const seen = seenOnes.get(id);
    if (seen !== undefined && isYoung(seen.readAt)) return seen.customer;
    const found = await findCustomerById(question.partner, id);
    if (found === undefined) return undefined;
    const customer = readCustomer(found);
    if (seenOnes.size >= mostSeen) seenOnes.clear();
    seenOnes.set(id, { customer, readAt: clock.now() });
    indexes.correct(all, (index) => {
      index.put(customer);
    });
    learnDomains(
      id,
      found.customDomains.flatMap((domain) => readDomain(domain) ?? []),
    );
    return customer;
  }

  function learnDomains(id: CustomerId, learned: Iterable<string>): void {
    if (!domains.learn(id, learned)) return;
    indexes.correct(all, (index) => {
      const customer = index.get(id);
      if (customer !== undefined) index.put(customer);
    });
  }

  function hasDomain(customer: Customer, domain: string): boolean {
    return [customer.domain.toLowerCase(), ...domains.domainsOf(customer.id)].includes(domain);
  }
}

/** Reads one customer, custom domains too; undefined where the partner has none with this id. Throws `PartnerError`. */
async function findCustomerById(partner: AggregatePartner, id: CustomerId): Promise<PartnerCenterCustomer | undefined> {
  try {
    return await partner.customers.byId(id).get();
  } catch (failure) {
    if (failure instanceof PartnerError && (failure.code === 'customer-not-found' || failure.code === 'not-found')) {
      return undefined;
    }
    throw failure;
  }
}
